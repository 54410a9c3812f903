import { deviceSaid, handedOver, readBack } from '../../core/outcomes.js';
import { type Extra, startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import type { PhoneCall } from '../phone-call.js';

/**
 * When the phone's next alarm rings, "2026-11-21 07:30" in its own time, or null. `dumpsys alarm` shows only the next one:
 * " Next alarm clock information: / user:0 pendingSend:false time:1795... = 2026-11-21 07:30:00 = +8h".
 */
export function parseNextAlarm(stdout: string, user: number): string | null {
  const section = /Next alarm clock information:([\s\S]{0,2000})/.exec(stdout)?.[1] ?? '';
  for (const line of section.split('\n').slice(0, 20)) {
    const match = /user:(\d+)\b.*\btime:\d+\s*=\s*(\d{4}-\d{2}-\d{2} \d{2}:\d{2})/.exec(line);
    if (match && Number(match[1]) === user) return match[2] ?? null;
  }
  return null;
}

async function nextAlarm(call: PhoneCall): Promise<string | null> {
  return parseNextAlarm((await call.read('dumpsys', 'alarm')).stdout, call.facts.user);
}

const chooser = handedOver('Choose the clock app on the phone and set it there.', 'The phone asks which app to use.');

function labelled(call: PhoneCall): readonly Extra[] {
  const label = call.optionalText('label');
  const message: readonly Extra[] =
    label === null ? [] : [{ type: 'string', name: 'android.intent.extra.alarm.MESSAGE', value: label }];
  return [...message, { type: 'boolean', name: 'android.intent.extra.alarm.SKIP_UI', value: true }];
}

/** Read back when it is the next alarm and was not before; a later one the phone only accepts. */
export const setTimerAlarm: PhoneFunction = async (call) => {
  const time = call.text('time');
  const [hour, minute] = time.split(':').map(Number);
  const before = await nextAlarm(call);
  const rings = async () => {
    const next = await nextAlarm(call);
    return next !== null && next !== before && next.endsWith(` ${time}`) ? readBack(`next alarm ${next}`) : null;
  };
  const outcome = await call.effect(
    async () => {
      const started = await startActivity(call, {
        action: 'android.intent.action.SET_ALARM',
        extras: [
          { type: 'int', name: 'android.intent.extra.alarm.HOUR', value: hour ?? 0 },
          { type: 'int', name: 'android.intent.extra.alarm.MINUTES', value: minute ?? 0 },
          ...labelled(call),
        ],
      });
      if (!started.ok) return started.outcome;
      return started.isChooser ? chooser : undefined;
    },
    rings,
    { patienceMs: 2_000 },
  );
  const next = before === null ? '' : `; the next alarm to ring is ${before}`;
  return outcome ?? deviceSaid(`the clock app took the alarm for ${time}${next}`);
};

/** No release shows running timers to the shell: the clock app's acceptance is all there is. */
export const startTimer: PhoneFunction = async (call) => {
  const seconds = call.number('duration');
  const started = await startActivity(call, {
    action: 'android.intent.action.SET_TIMER',
    extras: [{ type: 'int', name: 'android.intent.extra.alarm.LENGTH', value: seconds }, ...labelled(call)],
  });
  if (!started.ok) return started.outcome;
  return started.isChooser ? chooser : deviceSaid(`the clock app took a timer of ${spoken(seconds)}`);
};

function spoken(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([amount, unit]) => (amount > 0 ? [`${amount} ${unit}`] : [])).join(' ');
}
