import { failed, handedOver, readBack } from '../../core/outcomes.js';
import { insertContent, queryContent } from '../android/content.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { sqlText } from '../escapes.js';
import type { PhoneCall } from '../phone-call.js';

const EVENTS = 'content://com.android.calendar/events';
const CALENDARS = 'content://com.android.calendar/calendars';
/** CalendarContract.Calendars.CAL_ACCESS_CONTRIBUTOR: from here on events may be added. */
const CONTRIBUTOR = 500;
const HOUR_MS = 3_600_000;

/**
 * The moment (milliseconds since the epoch) that a wall clock in the zone shows "YYYY-MM-DDTHH:MM". In the hour that a
 * change of the clock skips, the moment after the change; in the one it repeats, the first.
 */
export function momentOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}:00Z`);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (moment: number): number => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const part = (name: string): number => parts.get(name as Intl.DateTimeFormatPartTypes) ?? 0;
    return (
      Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - moment
    );
  };
  const before = asUtc - offsetAt(asUtc - 24 * HOUR_MS);
  const after = asUtc - offsetAt(asUtc + 24 * HOUR_MS);
  const fits = [before, after].find((moment) => moment + offsetAt(moment) === asUtc);
  return fits ?? before;
}

async function timeZoneOf(call: PhoneCall): Promise<string> {
  const zone = (await call.read('getprop', 'persist.sys.timezone')).stdout.trim();
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone || 'UTC' }).resolvedOptions().timeZone;
  } catch {
    // A zone that this computer's tables do not know: the user's own is the likeliest.
    return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}

/** The calendar that the phone's owner writes to: a primary one if any. */
async function writableCalendar(call: PhoneCall): Promise<number | null> {
  const rows = await queryContent(call, {
    uri: CALENDARS,
    numbers: ['_id', 'isPrimary'],
    where: `calendar_access_level>=${CONTRIBUTOR} AND visible=1`,
  });
  const primary = rows.find((row) => row.numbers[1] === 1);
  return (primary ?? rows[0])?.numbers[0] ?? null;
}

export const createCalendarEvent: PhoneFunction = async (call) => {
  const [title, from] = [call.text('title'), call.text('start_time')];
  const zone = await timeZoneOf(call);
  const start = momentOf(from, zone);
  const to = call.optionalText('end_time');
  const end = to === null ? start + HOUR_MS : momentOf(to, zone);
  if (end <= start) return failed('TIME_REVERSED', 'The event would end before it starts.', 'Say another end time.');
  const calendar = await writableCalendar(call);
  if (calendar === null) return openEditor(call, title, start, end);
  const same = (): Promise<readonly number[]> =>
    queryContent(call, {
      uri: EVENTS,
      numbers: ['_id'],
      where: `calendar_id=${calendar} AND dtstart=${start} AND dtend=${end} AND title=${sqlText(title)}`,
    }).then((rows) => rows.flatMap((row) => row.numbers));
  const before = new Set(await same());
  const outcome = await call.effect(
    async () => {
      await insertContent(call, EVENTS, [
        { column: 'calendar_id', type: 'i', value: calendar },
        { column: 'title', type: 's', value: title },
        { column: 'dtstart', type: 'l', value: start },
        { column: 'dtend', type: 'l', value: end },
        { column: 'eventTimezone', type: 's', value: zone },
      ]);
    },
    async () => {
      const isNew = (await same()).some((id) => !before.has(id));
      return isNew ? readBack(`event "${title}" ${from.replace('T', ' ')} (${zone})`) : null;
    },
  );
  return outcome ?? failed('EVENT_NOT_TAKEN', 'The phone did not take the event.', 'Look at its calendar app.');
};

async function openEditor(call: PhoneCall, title: string, start: number, end: number) {
  const started = await startActivity(
    call,
    {
      action: 'android.intent.action.INSERT',
      mimeType: 'vnd.android.cursor.dir/event',
      extras: [
        { type: 'string', name: 'title', value: title },
        { type: 'long', name: 'beginTime', value: start },
        { type: 'long', name: 'endTime', value: end },
      ],
    },
    'prepare',
  );
  if (!started.ok) return started.outcome;
  return handedOver(
    'Check the event on the phone and tap Save.',
    'The phone has no calendar to write to; the form is open.',
  );
}
