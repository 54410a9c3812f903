import type { Activity } from './activity.js';
import { extraText, type Intent } from './intent.js';

const CLOCK = 'com.google.android.deskclock';
const CALENDAR = 'com.google.android.calendar';
const HANDLE = 'com.android.deskclock.HandleApiCalls';
const DAY_SECONDS = 24 * 3_600;

const whole = (intent: Intent, name: string): number | null => {
  const value = intent.extras.get(`android.intent.extra.alarm.${name}`);
  return typeof value === 'number' ? value : null;
};

const skipsUi = (intent: Intent): boolean => intent.extras.get('android.intent.extra.alarm.SKIP_UI') === true;
const label = (intent: Intent): string => extraText(intent, 'android.intent.extra.alarm.MESSAGE');

/** The clock and the calendar. A clock app asked for an impossible time opens its list and sets nothing. */
export const clockActivities: readonly Activity[] = [
  {
    packageName: CLOCK,
    name: HANDLE,
    accepts: ({ action }) => action === 'android.intent.action.SET_ALARM',
    open: (state, intent) => {
      const [hour, minute] = [whole(intent, 'HOUR'), whole(intent, 'MINUTES') ?? 0];
      const isSet = hour !== null && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
      if (isSet) {
        const same = state.alarms.find(
          (alarm) => alarm.hour === hour && alarm.minute === minute && alarm.label === label(intent),
        );
        // The clock app has one alarm of a kind: asked again, it switches that one on.
        if (same) same.enabled = true;
        else state.alarms.push({ hour, minute, label: label(intent), enabled: true });
        state.record(
          'alarm',
          `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} ${label(intent)}`.trim(),
        );
      }
      if (!isSet || !skipsUi(intent)) {
        state.show({ packageName: CLOCK, activity: 'com.android.deskclock.DeskClock', kind: 'alarms', fields: {} });
      }
    },
  },
  {
    packageName: CLOCK,
    name: HANDLE,
    accepts: ({ action }) => action === 'android.intent.action.SET_TIMER',
    open: (state, intent) => {
      const seconds = whole(intent, 'LENGTH');
      const isSet = seconds !== null && seconds >= 1 && seconds <= DAY_SECONDS;
      if (isSet) {
        state.timers.push({ seconds, label: label(intent), endsAt: state.now() + seconds * 1_000 });
        state.record('timer', `${seconds} s ${label(intent)}`.trim());
      }
      if (!isSet || !skipsUi(intent)) {
        state.show({ packageName: CLOCK, activity: 'com.android.deskclock.DeskClock', kind: 'timers', fields: {} });
      }
    },
  },
  {
    packageName: CLOCK,
    name: HANDLE,
    accepts: ({ action }) => action === 'android.intent.action.SHOW_ALARMS',
    open: (state) =>
      state.show({ packageName: CLOCK, activity: 'com.android.deskclock.DeskClock', kind: 'alarms', fields: {} }),
  },
  {
    packageName: CALENDAR,
    name: 'com.android.calendar.event.LaunchInfoActivity',
    accepts: ({ action, type, data }) =>
      action === 'android.intent.action.INSERT' &&
      (/event$/.test(type ?? '') || (data ?? '').startsWith('content://com.android.calendar/events')),
    open: (state, intent) =>
      state.show({
        packageName: CALENDAR,
        activity: 'com.android.calendar.event.EditEventActivity',
        kind: 'event-editor',
        fields: {
          title: extraText(intent, 'title'),
          begin: extraText(intent, 'beginTime'),
          end: extraText(intent, 'endTime'),
        },
      }),
  },
];
