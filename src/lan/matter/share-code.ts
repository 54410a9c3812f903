import { TentacleError } from '../../core/failure.js';
import { causeWords } from '../../core/peer-words.js';
import type { MatterLibrary } from './matter-library.js';

/** What a share code says of the device that it opens. */
export interface ShareCode {
  readonly passcode: number;
  /** What the device announces while it can be added: all 12 bits from a QR code, the upper 4 from a number. */
  readonly announced: { readonly longDiscriminator: number } | { readonly shortDiscriminator: number };
}

/** The longest text that is looked at: a QR code of one device has 22 characters, with additions about a hundred. */
const MAX_LENGTH = 300;

/**
 * Reads a code of 11 or 21 digits, with or without its hyphens and spaces, or the text of a QR code ("MT:...").
 *
 * @throws TentacleError BAD_SHARE_CODE.
 */
export function parseShareCode(matter: MatterLibrary, text: string): ShareCode {
  const code = text.trim();
  try {
    if (code.length > MAX_LENGTH) throw new RangeError(`It has ${code.length} characters.`);
    if (/^MT:/i.test(code)) return fromQr(matter, code.toUpperCase());
    const { passcode, shortDiscriminator } = matter.ManualPairingCodeCodec.decode(code.replace(/[\s-]/g, ''));
    if (shortDiscriminator === undefined) throw new RangeError('It names no device.');
    return { passcode, announced: { shortDiscriminator } };
  } catch (cause) {
    throw new TentacleError(
      {
        code: 'BAD_SHARE_CODE',
        fault: 'user',
        message: 'This is no share code of a Matter device.',
        next: 'Type all 11 digits that the other app shows, or the text of its QR code, which begins with MT:.',
        detail: causeWords(cause),
      },
      { cause },
    );
  }
}

function fromQr(matter: MatterLibrary, code: string): ShareCode {
  const [first, second] = matter.QrPairingCodeCodec.decode(code);
  if (first === undefined || second !== undefined) throw new RangeError('It is not the code of one device.');
  return { passcode: first.passcode, announced: { longDiscriminator: first.discriminator } };
}
