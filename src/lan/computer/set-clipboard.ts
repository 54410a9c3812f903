import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../catalog/arguments-schema.js';
import { pause } from '../../core/deadline.js';
import { failed, readBack } from '../../core/outcomes.js';
import { peerWords } from '../../core/peer-words.js';
import { type Clipboard, clipboardsOf } from './clipboard.js';
import { type ComputerCall, computerFunction } from './computer-function.js';
import { NO_DISPLAY } from './reasons.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Longest text that is put on the clipboard, in UTF-16 code units. */
const MAX_CLIPBOARD = 1024 * 1024;

/** By this, password managers ask that nobody keeps what they put on the clipboard. */
const SECRET = 'x-kde-passwordManagerHint';

/** How often, and with which pauses, the clipboard is read before it counts as not set. */
const LOOKS_MS = [0, 100, 400];

/** Puts text on the clipboard and reads it back. `prior` is the text before, where it was short and no secret. */
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
      const before = await textBefore(clipboard, surroundings, call);
      call.markSent();
      const written = await surroundings.run(clipboard.write(text), call.signal);
      if (written.code === 0 && (await holds(clipboard, text, surroundings, call))) {
        const receipt = `the clipboard holds "${excerpt(text)}" (${text.length} characters)`;
        return readBack(receipt, before === null ? {} : { prior: { text: before } });
      }
      detail = `${clipboard.name}: ${written.code === 0 ? 'the clipboard holds something else' : written.stderr || written.code}`;
    }
    return failed('CLIPBOARD_NOT_SET', 'The clipboard could not be set.', 'Try again, or copy it by hand.', detail);
  },
});

/** The text that can be put back: short, plain, and not marked as a secret. It goes into the journal. */
async function textBefore(
  clipboard: Clipboard,
  surroundings: ComputerSurroundings,
  call: ComputerCall,
): Promise<string | null> {
  if (clipboard.forms) {
    const forms = await surroundings.run(clipboard.forms, call.signal);
    if (forms.code !== 0 || forms.stdout.includes(SECRET)) return null;
  }
  const { code, stdout } = await surroundings.run(clipboard.read, call.signal);
  const isPlain = code === 0 && stdout.trim() !== '' && stdout.length <= MAX_TEXT_LENGTH && !stdout.includes('\0');
  return isPlain ? stdout : null;
}

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
