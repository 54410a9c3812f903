import type { Outcome } from '../../core/outcome.js';
import { failed, handedOver, readBack, untrusted } from '../../core/outcomes.js';
import { queryContent } from '../android/content.js';
import { wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import { dumpScreen, tap, waitForNode } from '../android/ui.js';
import type { UiNode, UiQuery } from '../android/ui-tree.js';
import type { PhoneFunction } from '../carry-out.js';
import { sqlText, uriComponent } from '../escapes.js';
import type { PhoneCall } from '../phone-call.js';
import { plainNumber, searchContacts, settledContact } from './contacts.js';

/** How the Send control is known, surest first: Google Messages, AOSP Messaging, Samsung, then by its words. */
export const SEND_BUTTON: UiQuery = {
  resourceIds: [
    /:id\/(?:send_message_button_icon|send_message_button|send_button|send_button1|send)$/,
    /Compose:Draft:Send/,
  ],
  descriptions: [/^(?:send(?: (?:sms|mms|message|encrypted message))?|发送(?:短信|消息)?)$/i],
  texts: [/^(?:send|发送)$/i],
};

/** How long an app may take to draw its screen, in milliseconds. */
export const SCREEN_PATIENCE_MS = 4_000;
/** How long the phone may take to hand a message to the network, in milliseconds. */
const SENT_PATIENCE_MS = 5_000;
/** How long the conversation may take to say what became of it, in milliseconds. */
const SHOWN_PATIENCE_MS = 5_000;

const SMS = 'content://sms';

/** The messaging app of the phone's owner, by package name, or null when none is set. */
export async function smsApp(call: PhoneCall): Promise<string | null> {
  const { stdout } = await call.read('settings', 'get', 'secure', 'sms_default_application');
  return /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)+$/.test(stdout.trim()) ? stdout.trim() : null;
}

/** Messages are looked for among those that are not older, in milliseconds of the phone's own clock. */
const LOOK_BACK_MS = 3_600_000;

/** What was sent lately with exactly this text: ids and addresses. */
type SentMessages = () => Promise<readonly { readonly id: number; readonly address: string }[]>;

/**
 * Reads the sent box. From the shell Android shows received and sent messages only (none that failed or wait), and answers a
 * condition with a subquery or a function by an empty list: so the condition is plain, and the clock is the phone's.
 */
async function sentMessages(call: PhoneCall, message: string): Promise<SentMessages> {
  const seconds = Number((await call.read('date', '+%s')).stdout.trim());
  const since = Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1_000 - LOOK_BACK_MS : 0;
  const where = `date>=${since} AND body=${sqlText(message)}`;
  return async () => {
    const rows = await queryContent(call, { uri: `${SMS}/sent`, numbers: ['_id'], text: 'address', where });
    return rows.map(({ numbers, text }) => ({ id: numbers[0] ?? 0, address: text ?? '' }));
  };
}

/**
 * Opens the composer filled in, checks that the draft on the screen is ours, taps Send, and looks for the row among the sent
 * messages. What cannot be found or seen is handed over with the composer open.
 */
export const sendTextMessage: PhoneFunction = async (call) => {
  const contact = await settledContact(call, 'contact_name', 'phoneNumber');
  const number = plainNumber(contact.phoneNumber ?? '');
  const message = call.text('message');
  const who = contact.name === contact.phoneNumber ? number : `${contact.name} (${number})`;
  const sent = await sentMessages(call, message);
  const before = new Set((await sent()).map(({ id }) => id));
  const isAwake = await wakeScreen(call);
  const app = await smsApp(call);
  const started = await startActivity(
    call,
    {
      action: 'android.intent.action.SENDTO',
      data: `sms:${uriComponent(number)}`,
      ...(app === null ? {} : { packageName: app }),
      extras: [{ type: 'string', name: 'sms_body', value: message }],
    },
    'prepare',
  );
  if (!started.ok) return started.outcome;
  const left = (what: string) =>
    handedOver(`${what} The message to ${who} is written: tap Send.`, 'The message is not sent yet.');
  if (!isAwake) return left('Unlock the phone.');
  const button = await composed(call, message);
  if (!button) return left('The Send button was not found on the screen.');
  const inSentBox = async (): Promise<Outcome | null> => {
    const isNew = (await sent()).some(({ id, address }) => !before.has(id) && sameNumber(plainNumber(address), number));
    return isNew ? readBack(`sent to ${who}: in the phone’s sent messages`) : null;
  };
  const outcome =
    (await call.effect(
      async () => {
        await tap(call, button, 'send');
      },
      inSentBox,
      { patienceMs: SENT_PATIENCE_MS },
    )) ?? (await call.look(() => shownAs(call, message, who), SHOWN_PATIENCE_MS));
  return (
    outcome ??
    (await inSentBox()) ?? {
      status: 'unknown',
      since: call.sentAt ?? call.surroundings.clock.now(),
      why: 'Send was tapped, and the phone shows neither that the message was sent nor that it was not.',
    }
  );
};

const NOT_SENT = /\b(?:not sent|couldn.t send|failed to send|message not delivered)\b|未发送|发送失败/i;
const WAS_SENT = /^(?:sent|delivered|read|seen|received)\b|已发送|已送达|已读/i;

/**
 * What the conversation says under the message: chat messages (RCS) never reach the sent box, and a failed one shows nowhere
 * else. Null while it says neither.
 */
async function shownAs(call: PhoneCall, message: string, who: string): Promise<Outcome | null> {
  const nodes = (await dumpScreen(call)) ?? [];
  const bubble = nodes.findLastIndex((node) => !node.className.endsWith('EditText') && sameText(node.text, message));
  if (bubble < 0) return null;
  const words = nodes.slice(bubble + 1).flatMap(({ text, description }) => [text, description]);
  if (words.some((text) => NOT_SENT.test(text))) {
    return failed(
      'MESSAGE_NOT_SENT',
      'The phone could not send the message.',
      'Check its network and credit, then send it from the phone.',
    );
  }
  const status = words.find((text) => WAS_SENT.test(text));
  return status === undefined ? null : readBack(`sent to ${who}: the messaging app shows it as "${status}"`);
}

/** The Send control of a composer that holds exactly our text, or null: never of another draft. */
async function composed(call: PhoneCall, message: string): Promise<UiNode | null> {
  const button = await waitForNode(call, SEND_BUTTON, SCREEN_PATIENCE_MS);
  if (!button) return null;
  const nodes = (await dumpScreen(call)) ?? [];
  const isOurs = nodes.some((node) => node.className.endsWith('EditText') && sameText(node.text, message));
  return isOurs ? button : null;
}

/** A dump writes line breaks and runs of spaces its own way. */
export const sameText = (a: string, b: string): boolean =>
  a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();

/** Providers rewrite numbers ("0170..." and "+49170..."): the last digits are what stays. */
export function sameNumber(a: string, b: string): boolean {
  const [one, two] = [a.replace(/\D/g, ''), b.replace(/\D/g, '')];
  const length = Math.min(one.length, two.length, 7);
  return length >= 3 && one.slice(-length) === two.slice(-length);
}

const MOST_READ = 5;
const READ_WITHIN_MS = 30 * 24 * 3_600_000;

/** The newest received messages, or those of one person. What they say is data and stays data. */
export const readMessages: PhoneFunction = async (call) => {
  const said = call.optionalText('contact_name');
  const numbers = said === null ? null : await numbersOf(call, said);
  if (numbers?.length === 0) {
    return failed(
      'CONTACT_UNKNOWN',
      `Nobody called "${said}" is in the phone’s contacts.`,
      'Say another name, or the number itself.',
    );
  }
  const since = call.surroundings.clock.now() - READ_WITHIN_MS;
  const rows = await queryContent(call, {
    uri: `${SMS}/inbox`,
    numbers: ['_id', 'date'],
    text: 'address',
    where: `date>=${since}`,
    sort: 'date DESC',
  });
  const wanted = rows.filter(
    ({ text }) => numbers === null || numbers.some((number) => sameNumber(plainNumber(text ?? ''), number)),
  );
  const lines: string[] = [];
  for (const row of wanted.slice(0, MOST_READ)) {
    const [body] = await queryContent(call, {
      uri: `${SMS}/inbox`,
      numbers: ['_id'],
      text: 'body',
      where: `_id=${row.numbers[0]}`,
    });
    lines.push(`${row.text ?? 'unknown'}: ${body?.text ?? ''}`);
  }
  const from = said === null ? '' : ` from ${said}`;
  if (lines.length === 0)
    return readBack(`no messages${from} in the last 30 days`, {
      data: untrusted(`No messages${from}.`, `No messages${from}.`, 'device'),
    });
  const text = lines.join('\n');
  return readBack(`${lines.length} newest messages${from}`, { data: untrusted(text, text, 'device') });
};

async function numbersOf(call: PhoneCall, said: string): Promise<readonly string[]> {
  if (/^\+?[\d\s().-]{3,25}$/.test(said)) return [plainNumber(said)];
  const found = await searchContacts(call, said);
  const exact = found.filter((contact) => contact.name.toLowerCase() === said.toLowerCase());
  return (exact.length > 0 ? exact : found).flatMap(({ phoneNumber }) =>
    phoneNumber === null ? [] : [plainNumber(phoneNumber)],
  );
}
