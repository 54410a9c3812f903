import type { PhoneState, TextMessage } from '../state/phone-state.js';
import { type Provider, type Row, unknownUri } from './provider.js';

/** Telephony.Sms.MESSAGE_TYPE_* of what the shell may see: to others than the messaging app Android shows these two boxes. */
const types: Readonly<Partial<Record<TextMessage['box'], number>>> = { inbox: 1, sent: 2 };

/** Boxes that have a URI; those that the shell may not see are empty. */
const BOXES: ReadonlySet<string> = new Set(['inbox', 'sent', 'draft', 'outbox', 'failed', 'queued']);

const isShown = ({ box }: TextMessage): boolean => types[box] !== undefined;

/** Newest first, as the provider keeps them. */
const newestFirst = (messages: readonly TextMessage[]): readonly TextMessage[] =>
  [...messages].sort((a, b) => b.date - a.date || b.id - a.id);

/** Only the messaging app that the owner chose may write: from any other, Android takes an insert and stores nothing. */
const notTheMessagingApp = (): void => {};

export const sms: Provider = {
  authority: 'sms',
  rows(state, path) {
    const [box] = path;
    if (path.length > 1 || (box !== undefined && !BOXES.has(box))) throw unknownUri(['sms', ...path]);
    return newestFirst(
      state.messages.filter((message) => message.attachment === null && (box === undefined || message.box === box)),
    ).map(smsRow);
  },
  insert: notTheMessagingApp,
  remove: notTheMessagingApp,
};

function smsRow(message: TextMessage): Row {
  const digits = message.address.replace(/\D/g, '');
  return {
    _id: message.id,
    thread_id: Number(digits.slice(-6)) || 1,
    address: message.address,
    date: message.date,
    date_sent: message.box === 'inbox' ? message.date : 0,
    read: message.box === 'inbox' ? 0 : 1,
    type: types[message.box] ?? 0,
    body: message.body,
  };
}

export const mms: Provider = {
  authority: 'mms',
  rows(state, path) {
    const [first, second] = path;
    const pictures = newestFirst(state.messages.filter((message) => isShown(message) && message.attachment !== null));
    if (path.length === 2 && second === 'addr') {
      // 151 is the recipient's address (PduHeaders.TO).
      return pictures
        .filter(({ id }) => String(id) === first)
        .map(({ id, address }): Row => ({ _id: id, address, type: 151 }));
    }
    if (path.length > 1 || (first !== undefined && !BOXES.has(first))) throw unknownUri(['mms', ...path]);
    return pictures.filter(({ box }) => first === undefined || box === first).map(mmsRow);
  },
  insert: notTheMessagingApp,
  remove: notTheMessagingApp,
};

function mmsRow(message: TextMessage): Row {
  // MMS rows count seconds where SMS rows count milliseconds.
  return {
    _id: message.id,
    date: Math.floor(message.date / 1_000),
    msg_box: types[message.box] ?? 0,
    sub: message.body === '' ? null : message.body,
  };
}

export const callLog: Provider = {
  authority: 'call_log',
  rows(state, path) {
    if (path.join('/') !== 'calls') throw unknownUri(['call_log', ...path]);
    // Type 2 is an outgoing call.
    return state.callLog
      .map(({ id, number, date }): Row => ({ _id: id, number, date, type: 2, duration: 0 }))
      .reverse();
  },
  insert: refuseWriting,
  remove: refuseWriting,
};

function refuseWriting(_state: PhoneState): never {
  throw unknownUri(['call_log']);
}
