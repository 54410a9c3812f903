import { handedOver } from '../../core/outcomes.js';
import { readScreen, wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { uriComponent } from '../escapes.js';
import { settledContact } from './contacts.js';

/** Opens a filled-in draft: no mail app sends without its user's tap. */
export const sendEmail: PhoneFunction = async (call) => {
  const contact = await settledContact(call, 'recipient', 'email');
  const address = contact.email ?? '';
  const fields = [`body=${uriComponent(call.text('content'))}`];
  const title = call.optionalText('title');
  if (title !== null) fields.unshift(`subject=${uriComponent(title)}`);
  const isAwake = await wakeScreen(call);
  const started = await startActivity(
    call,
    {
      action: 'android.intent.action.SENDTO',
      // The address's own @ stays readable; everything else in it is escaped.
      data: `mailto:${uriComponent(address).replaceAll('%40', '@')}?${fields.join('&')}`,
    },
    'prepare',
  );
  if (!started.ok) return started.outcome;
  if (started.isChooser)
    return handedOver('Choose the mail app on the phone, then press Send.', `e-mail to ${address}, not sent yet`);
  const { foreground, isLocked } = await readScreen(call);
  const first = !isAwake || isLocked ? 'Unlock the phone, then press' : 'Press';
  return handedOver(
    `${first} Send in the mail app.`,
    `draft to ${address} open in ${foreground ?? 'the mail app'}, not sent yet`,
  );
};
