import { deviceSaid } from '../../core/outcomes.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { parseVolume } from './settings.js';

const ALARM_STREAM = '4';
const LABEL = 'Find my phone';

/**
 * Makes the phone ring: the shell cannot play a sound, but the clock app rings at full alarm volume, through silence and "do
 * not disturb", until somebody stops it. The timer ends after one second.
 */
export const findMyPhone: PhoneFunction = async (call) => {
  const volume = async () =>
    parseVolume((await call.read('cmd', 'media_session', 'volume', '--stream', ALARM_STREAM, '--get')).stdout);
  const before = await volume();
  if (before) await call.send('cmd', 'media_session', 'volume', '--stream', ALARM_STREAM, '--set', String(before.max));
  const started = await startActivity(call, {
    action: 'android.intent.action.SET_TIMER',
    extras: [
      { type: 'int', name: 'android.intent.extra.alarm.LENGTH', value: 1 },
      { type: 'string', name: 'android.intent.extra.alarm.MESSAGE', value: LABEL },
      { type: 'boolean', name: 'android.intent.extra.alarm.SKIP_UI', value: true },
    ],
  });
  if (!started.ok) return started.outcome;
  const now = await volume();
  const loudness = now ? `, alarm volume ${Math.round((now.index * 100) / now.max)} %` : '';
  const was =
    before && now && before.index !== now.index ? ` (it was ${Math.round((before.index * 100) / before.max)} %)` : '';
  return deviceSaid(`the clock app took a timer that rings in one second${loudness}${was}`);
};
