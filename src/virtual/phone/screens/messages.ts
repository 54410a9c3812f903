import type { PhoneState, Screen } from '../state/phone-state.js';
import type { Control } from './control.js';

const PACKAGE = 'com.google.android.apps.messaging';

/** The conversation with a draft: the recipient, the text field and, when there is something to send, the Send button. */
export function messageComposer(screen: Screen): readonly Control[] {
  const { to = '', body = '', attachment = '', last = '', status = '' } = screen.fields;
  const controls: Control[] = [
    { className: 'android.widget.TextView', packageName: PACKAGE, text: to, bounds: [200, 120, 880, 240] },
    {
      className: 'android.widget.EditText',
      packageName: PACKAGE,
      resourceId: `${PACKAGE}:id/compose_message_text`,
      text: body === '' ? 'Text message' : body,
      bounds: [140, 2200, 880, 2360],
    },
  ];
  if (last !== '') {
    const bubble = { className: 'android.widget.TextView', packageName: PACKAGE };
    controls.push(
      { ...bubble, resourceId: `${PACKAGE}:id/message_text`, text: last, bounds: [300, 1600, 1040, 1760] },
      { ...bubble, resourceId: `${PACKAGE}:id/message_status`, text: status, bounds: [700, 1770, 1040, 1830] },
    );
  }
  if (attachment !== '') {
    controls.push({
      className: 'android.widget.ImageView',
      packageName: PACKAGE,
      resourceId: `${PACKAGE}:id/attachment_preview`,
      description: 'Image attachment',
      bounds: [140, 1900, 440, 2180],
    });
  }
  if (body !== '' || attachment !== '') {
    controls.push({
      className: 'android.widget.ImageView',
      packageName: PACKAGE,
      resourceId: `${PACKAGE}:id/send_message_button_icon`,
      description: attachment === '' ? 'Send SMS' : 'Send MMS',
      bounds: [920, 2220, 1060, 2360],
      onTap: (state) => send(state, to, body, attachment),
    });
  }
  return controls;
}

/** What the conversation shows under a message. An SMS that went out shows its time. */
const statusWords = {
  sent: 'Now',
  outbox: 'Sending…',
  failed: 'Not sent. Tap to try again.',
  chat: 'Delivered',
} as const;

function send(state: PhoneState, to: string, body: string, attachment: string): void {
  state.addMessage({ box: state.network, address: to, body, attachment: attachment === '' ? null : attachment });
  state.back();
  state.show({
    packageName: PACKAGE,
    activity: '.ui.conversation.ConversationActivity',
    kind: 'composer',
    fields: { to, last: body, status: statusWords[state.network] },
  });
}
