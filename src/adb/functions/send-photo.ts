import { failed, handedOver, readBack } from '../../core/outcomes.js';
import { queryContent } from '../android/content.js';
import { wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import { tap, waitForNode } from '../android/ui.js';
import type { PhoneFunction } from '../carry-out.js';
import { sqlText } from '../escapes.js';
import { phoneFailure } from '../failures.js';
import type { PhoneCall } from '../phone-call.js';
import { plainNumber, settledContact } from './contacts.js';
import { SCREEN_PATIENCE_MS, SEND_BUTTON, sameNumber, smsApp } from './messages.js';
import { IMAGES, newestPicture } from './pictures.js';

/** A picture travels slower than a text. */
const SENT_PATIENCE_MS = 20_000;

interface SharedPicture {
  readonly id: number;
  readonly mimeType: 'image/png' | 'image/jpeg';
}

/** Words that mean the newest picture. Nobody's "photo of the dog" is guessed at and sent to a person. */
const NEWEST =
  /\b(?:last|latest|newest|recent|just took|just made|took last)\b|^(?:the|that|this|my) (?:photo|picture|pic|image|shot|screenshot|selfie)$|最新|刚才|刚拍|最近|上一张|这张/i;

/** The picture that is meant: the file an earlier call made, or the newest one; null when it is not on the phone. */
async function pictureOf(call: PhoneCall): Promise<SharedPicture | null> {
  const said = call.text('photo');
  const isPath = said.startsWith('/');
  if (!isPath && !NEWEST.test(said.trim())) {
    throw phoneFailure(
      'PHOTO_UNCLEAR',
      `Which photo "${said}" is, the phone cannot tell.`,
      'Say "the last photo", or take one first.',
    );
  }
  // The media store knows shared storage by its long name.
  const long = said.replace(/^\/sdcard\//, '/storage/emulated/0/');
  const id = isPath
    ? ((await queryContent(call, { uri: IMAGES, numbers: ['_id'], where: `_data=${sqlText(long)}` }))[0]?.numbers[0] ??
      0)
    : await newestPicture(call);
  if (id === 0) return null;
  const [row] = await queryContent(call, { uri: IMAGES, numbers: ['_id'], text: 'mime_type', where: `_id=${id}` });
  return { id, mimeType: row?.text === 'image/png' ? 'image/png' : 'image/jpeg' };
}

async function newestSent(call: PhoneCall): Promise<number> {
  const rows = await queryContent(call, { uri: 'content://mms/sent', numbers: ['_id'] });
  return Math.max(0, ...rows.map(({ numbers }) => numbers[0] ?? 0));
}

/** Opens the composer with the picture attached, taps Send and looks for it among the sent pictures. */
export const sendPhoto: PhoneFunction = async (call) => {
  const contact = await settledContact(call, 'contact_name', 'phoneNumber');
  const number = plainNumber(contact.phoneNumber ?? '');
  const who = contact.name === contact.phoneNumber ? number : `${contact.name} (${number})`;
  const picture = await pictureOf(call);
  if (!picture) return failed('PHOTO_NOT_FOUND', 'The picture is not on the phone.', 'Take a photo first.');
  const newest = await newestSent(call);
  const isAwake = await wakeScreen(call);
  const app = await smsApp(call);
  const started = await startActivity(
    call,
    {
      action: 'android.intent.action.SEND',
      mimeType: picture.mimeType,
      ...(app === null ? {} : { packageName: app }),
      grantRead: true,
      extras: [
        { type: 'uri', name: 'android.intent.extra.STREAM', value: `${IMAGES}/${picture.id}` },
        { type: 'string', name: 'address', value: number },
      ],
    },
    'prepare',
  );
  if (!started.ok) return started.outcome;
  const left = (what: string) =>
    handedOver(`${what}Check that it goes to ${who} and tap Send.`, 'The photo is attached and not sent yet.');
  if (started.isChooser) return left('Choose the messaging app. ');
  if (!isAwake) return left('Unlock the phone. ');
  const button = await waitForNode(call, SEND_BUTTON, SCREEN_PATIENCE_MS);
  // Apps may drop the address of a shared picture: nothing is tapped before the screen shows who gets it.
  if (!button || !(await showsRecipient(call, number, contact.name))) return left('');
  const outcome = await call.effect(
    async () => {
      await tap(call, button, 'send');
    },
    () => sentPicture(call, newest, number, who),
    { patienceMs: SENT_PATIENCE_MS },
  );
  return (
    outcome ?? {
      status: 'unknown',
      since: call.sentAt ?? call.surroundings.clock.now(),
      why: 'Send was tapped, and the photo is not among the sent ones yet.',
    }
  );
};

async function showsRecipient(call: PhoneCall, number: string, name: string): Promise<boolean> {
  const fits = (text: string): boolean =>
    text === name || (plainNumber(text).length > 2 && sameNumber(plainNumber(text), number));
  return (await waitForNode(call, { texts: [{ test: fits }] }, 0)) !== null;
}

async function sentPicture(call: PhoneCall, after: number, number: string, who: string) {
  const rows = await queryContent(call, { uri: 'content://mms/sent', numbers: ['_id'], where: `_id>${after}` });
  for (const row of rows) {
    // 151 is the recipient's address (PduHeaders.TO).
    const to = await queryContent(call, {
      uri: `content://mms/${row.numbers[0]}/addr`,
      numbers: ['type'],
      text: 'address',
    });
    const isTheirs = to.some(({ numbers, text }) => numbers[0] === 151 && sameNumber(plainNumber(text ?? ''), number));
    if (isTheirs) return readBack(`photo sent to ${who}: in the phone’s sent messages`);
  }
  return null;
}
