import { type Provider, ProviderError, type Row, unknownUri } from './provider.js';

/** One calendar that belongs to the owner, one of holidays that only its maker writes to. */
const CALENDARS: readonly Row[] = [
  { _id: 1, name: 'Holidays', calendar_displayName: 'Holidays', calendar_access_level: 200, visible: 1, isPrimary: 0 },
  { _id: 2, name: 'Personal', calendar_displayName: 'Personal', calendar_access_level: 700, visible: 1, isPrimary: 1 },
];

export const calendar: Provider = {
  authority: 'com.android.calendar',
  rows(state, path) {
    if (path.join('/') === 'calendars') return CALENDARS;
    if (path.join('/') !== 'events') throw unknownUri([calendar.authority, ...path]);
    return state.events.map(
      (event): Row => ({
        _id: event.id,
        calendar_id: event.calendarId,
        title: event.title,
        dtstart: event.start,
        dtend: event.end,
        eventTimezone: event.timeZone,
        deleted: 0,
      }),
    );
  },
  insert(state, path, values) {
    if (path.join('/') !== 'events') throw unknownUri([calendar.authority, ...path]);
    for (const column of ['calendar_id', 'dtstart', 'eventTimezone']) {
      if (values[column] == null)
        throw new ProviderError(`java.lang.IllegalArgumentException: Event values must include ${column}`);
    }
    const calendarId = Number(values.calendar_id);
    if (!CALENDARS.some(({ _id }) => _id === calendarId))
      throw new ProviderError(`java.lang.IllegalArgumentException: No calendar ${calendarId}`);
    const start = Number(values.dtstart);
    const title = String(values.title ?? '');
    state.events.push({
      id: state.newId(),
      calendarId,
      title,
      start,
      end: Number(values.dtend ?? start),
      timeZone: String(values.eventTimezone),
    });
    state.record('event', title);
  },
  remove(state, path, ids) {
    if (path.join('/') !== 'events') throw unknownUri([calendar.authority, ...path]);
    for (const id of ids) {
      const at = state.events.findIndex((event) => event.id === id);
      if (at >= 0) state.events.splice(at, 1);
    }
  },
};
