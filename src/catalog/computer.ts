import { asText, type FunctionDescriptor, functionsOf, percent, text } from './function-descriptor.js';

const computer = functionsOf('computer');

/** This PC, or another one over the native protocol. */
export const computerFunctions: readonly FunctionDescriptor[] = [
  computer('open_url', [text('url')], { title: 'Open web page', risk: 'safe', repeat: 'safe' }),
  computer('open_application', [text('name')], { title: 'Open application', risk: 'safe', repeat: 'safe' }),
  computer('set_clipboard', [text('text', { accepts: asText })], {
    title: 'Copy to clipboard',
    risk: 'safe',
    repeat: 'safe',
  }),
  computer('show_notification', [text('text', { accepts: asText })], {
    title: 'Show notification',
    risk: 'safe',
    repeat: 'once',
  }),
  computer('lock_screen', [], { title: 'Lock screen', risk: 'safe', repeat: 'safe' }),
  computer('set_system_volume', [percent('level')], { title: 'Computer volume', risk: 'safe', repeat: 'safe' }),
];
