import { failed, handedOver, readBack, refusedByDevice } from '../../core/outcomes.js';
import { readScreen, wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { uriComponent } from '../escapes.js';
import type { PhoneCall } from '../phone-call.js';
import { plainNumber, settledContact } from './contacts.js';

/** TelephonyManager.CALL_STATE_*: 0 idle, 1 ringing, 2 off the hook; the highest of all SIM cards, or null if not said. */
export function parseCallState(stdout: string): number | null {
  const states = [...stdout.matchAll(/\bmCallState=([0-2])\b/g)].map((match) => Number(match[1]));
  return states.length === 0 ? null : Math.max(...states);
}

async function callState(call: PhoneCall): Promise<number | null> {
  return parseCallState((await call.read('dumpsys', 'telephony.registry')).stdout);
}

/** How long the phone may take to start dialling, in milliseconds. */
const DIAL_PATIENCE_MS = 6_000;

/** Dials at once: Android asks nothing more, so the user's approval came before. */
export const makePhoneCall: PhoneFunction = async (call) => {
  const contact = await settledContact(call, 'recipient', 'phoneNumber');
  const number = plainNumber(contact.phoneNumber ?? '');
  // Codes with * and # would reach the network's own settings (call forwarding): plainNumber leaves digits and a plus only.
  if (!/^\+?\d{3,20}$/.test(number)) {
    return failed(
      'NUMBER_UNREADABLE',
      `"${contact.phoneNumber}" is not a number that can be called.`,
      'Say the number in digits.',
    );
  }
  const before = await callState(call);
  if (before !== null && before !== 0) return refusedByDevice('The phone is already in a call.');
  await wakeScreen(call);
  const who = contact.name === contact.phoneNumber ? number : `${contact.name} (${number})`;
  const outcome = await call.effect(
    async () => {
      const started = await startActivity(call, {
        action: 'android.intent.action.CALL',
        data: `tel:${uriComponent(number)}`,
      });
      return started.ok ? undefined : started.outcome;
    },
    async () => ((await callState(call)) === 2 ? readBack(`calling ${who}`) : null),
    { patienceMs: DIAL_PATIENCE_MS },
  );
  if (outcome) return outcome;
  const { foreground, isLocked } = await readScreen(call);
  const isAsking = foreground !== null && /telecom|dialer|incallui|phone/i.test(foreground);
  if (isAsking && !isLocked)
    return handedOver(`Look at the phone: it asks something before it calls ${who}.`, 'The call has not started.');
  return {
    status: 'unknown',
    since: call.sentAt ?? call.surroundings.clock.now(),
    why: 'The phone took the call and does not show one.',
  };
};
