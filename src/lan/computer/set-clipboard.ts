import { z } from 'zod';
import { pause } from '../../core/deadline.js';
import { failed, readBack } from '../../core/outcomes.js';
import { peerWords } from '../../core/peer-words.js';
import { type Clipboard, clipboardsOf } from './clipboard.js';
import { type ComputerCall, computerFunction } from './computer-function.js';
import { NO_DISPLAY } from './reasons.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Longest text that is put on the clipboard, in UTF-16 code units. */
const MAX_CLIPBOARD = 1024 * 1024;

/** How often, and with which pauses, the clipboard is read before it counts as not set. */
const LOOKS_MS = [0, 100, 400];

/**
 * Puts text on the clipboard and reads it back. What was there before is left alone: it is a password too often to go into a
 * journal, so there is no `prior`.
 */
export const setClipboard = computerFunction({
  name: 'set_clipboard',
  args: z.object({
    text: z
      .string()
      .min(1)
      .max(MAX_CLIPBOARD)
      .refine((text) => !text.includes('\0'), 'it contains a NUL character'),
  }),
  thing: 'clipboard',
  async whyNot(surroundings) {
    if (clipboardsOf(surroundings).length > 0) return null;
    if (!surroundings.hasDisplay) return NO_DISPLAY;
    const program = surroundings.env['WAYLAND_DISPLAY'] ? 'wl-clipboard' : 'xclip';
    return `No program that sets the clipboard is there: install ${program}.`;
  },
  async run({ text }, surroundings, call) {
    let detail = 'No program that sets the clipboard is there.';
    for (const clipboard of clipboardsOf(surroundings)) {
      call.markSent();
      const written = await surroundings.run(clipboard.write(text), call.signal);
      if (written.code === 0 && (await holds(clipboard, text, surroundings, call))) {
        const receipt = `the clipboard holds "${excerpt(text)}" (${text.length} characters)`;
        return readBack(receipt);
      }
      detail = `${clipboard.name}: ${written.code === 0 ? 'the clipboard holds something else' : written.stderr || written.code}`;
    }
    return failed('CLIPBOARD_NOT_SET', 'The clipboard could not be set.', 'Try again, or copy it by hand.', detail);
  },
});

async function holds(
  clipboard: Clipboard,
  text: string,
  surroundings: ComputerSurroundings,
  call: ComputerCall,
): Promise<boolean> {
  for (const wait of LOOKS_MS) {
    await pause(wait, call.signal);
    const { code, stdout } = await surroundings.run(clipboard.read, call.signal);
    // Windows may give its own line ends back.
    if (code === 0 && (stdout === text || stdout.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')))
      return true;
  }
  return false;
}

function excerpt(text: string): string {
  return peerWords(text.replace(/\s+/g, ' '), 60);
}
