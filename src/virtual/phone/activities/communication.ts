import { type Activity, addressee, queryOf } from './activity.js';
import { extraText } from './intent.js';

const MESSAGES = 'com.google.android.apps.messaging';
const DIALER = 'com.google.android.dialer';
const MAIL = 'com.google.android.gm';
const CONTACTS = 'com.google.android.contacts';

/** Messages, calls, mail and contacts. */
export const communicationActivities: readonly Activity[] = [
  {
    packageName: MESSAGES,
    name: '.ui.conversation.LaunchConversationActivity',
    accepts: ({ action, data }) => /\.(?:SENDTO|VIEW)$/.test(action) && /^(?:sms|smsto|mms|mmsto):/.test(data ?? ''),
    open: (state, intent) => {
      const to = addressee(intent.data ?? '');
      const body = extraText(intent, 'sms_body') || (queryOf(intent.data ?? '').get('body') ?? '');
      state.show({
        packageName: MESSAGES,
        activity: '.ui.conversation.ConversationActivity',
        kind: 'composer',
        fields: { to, body },
      });
    },
  },
  {
    packageName: MESSAGES,
    name: '.ui.conversationlist.ShareIntentActivity',
    accepts: ({ action, type }) => action === 'android.intent.action.SEND' && /^(?:text|image)\//.test(type ?? ''),
    open: (state, intent) => {
      const id = /\/(\d+)$/.exec(extraText(intent, 'android.intent.extra.STREAM'))?.[1];
      const picture = state.pictures.find((known) => String(known.id) === id);
      state.show({
        packageName: MESSAGES,
        activity: '.ui.conversation.ConversationActivity',
        kind: 'composer',
        fields: {
          to: extraText(intent, 'address'),
          body: extraText(intent, 'android.intent.extra.TEXT') || extraText(intent, 'sms_body'),
          attachment: picture?.path ?? '',
        },
      });
    },
  },
  {
    packageName: MAIL,
    name: '.ComposeActivityGmailExternal',
    accepts: ({ action, data, type }) =>
      (/\.(?:SENDTO|VIEW)$/.test(action) && /^mailto:/.test(data ?? '')) ||
      (action === 'android.intent.action.SEND' && type !== null),
    open: (state, intent) => {
      const query = queryOf(intent.data ?? '');
      state.show({
        packageName: MAIL,
        activity: '.ComposeActivityGmailExternal',
        kind: 'mail-draft',
        fields: {
          to: addressee(intent.data ?? ''),
          subject: query.get('subject') ?? '',
          body: query.get('body') ?? '',
        },
      });
    },
  },
  {
    packageName: DIALER,
    name: 'com.android.server.telecom.UserCallActivity',
    accepts: ({ action, data }) => action === 'android.intent.action.CALL' && /^tel:/.test(data ?? ''),
    open: (state, intent) => {
      const number = addressee(intent.data ?? '');
      state.callState = 2;
      state.callNumber = number;
      state.callLog.push({ id: state.newId(), number, date: state.now() });
      state.record('call', number);
      state.show({
        packageName: DIALER,
        activity: 'com.android.incallui.InCallActivity',
        kind: 'call',
        fields: { number },
      });
    },
  },
  {
    packageName: DIALER,
    name: '.main.impl.MainActivity',
    accepts: ({ action, data }) => /\.(?:DIAL|VIEW)$/.test(action) && /^tel:/.test(data ?? ''),
    open: (state, intent) =>
      state.show({
        packageName: DIALER,
        activity: '.main.impl.MainActivity',
        kind: 'dialer',
        fields: { number: addressee(intent.data ?? '') },
      }),
  },
  {
    packageName: CONTACTS,
    name: 'com.android.contacts.activities.ContactEditorActivity',
    accepts: ({ action, type }) => action === 'android.intent.action.INSERT' && /contact$/.test(type ?? ''),
    open: (state, intent) =>
      state.show({
        packageName: CONTACTS,
        activity: 'com.android.contacts.activities.ContactEditorActivity',
        kind: 'contact-editor',
        fields: { name: extraText(intent, 'name'), phone: extraText(intent, 'phone') },
      }),
  },
];
