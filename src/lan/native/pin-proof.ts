import { timingSafeEqual } from 'node:crypto';
import type { Spake2p } from '@matter/general';

/** How the PIN is stretched: PBKDF2-HMAC-SHA256. */
export interface PinParameters {
  /** 32 random bytes, new for every PIN. */
  readonly salt: Uint8Array;
  readonly iterations: number;
}

export const PIN_DIGITS = 8;
export const PIN_PATTERN = /^\d{8}$/;
export const PBKDF2_ITERATIONS = 10_000;
/** Uncompressed P-256 points, and HMAC-SHA256 values. */
export const SHARE_BYTES = 65;
export const CONFIRM_BYTES = 32;

/**
 * What both ends must agree on besides the PIN: the keys of this very TLS connection, the computer's first. Whoever sits
 * between them has two connections with other keys, and so another context.
 */
export function pairingContext(computer: string, device: string): Uint8Array {
  return Buffer.concat([Buffer.from('tentacle-pair-v1'), Buffer.from(computer, 'hex'), Buffer.from(device, 'hex')]);
}

/** What the device keeps of a PIN: enough to check a proof, not to make one. */
export interface PinVerifier {
  readonly w0: bigint;
  readonly L: Uint8Array;
}

/** One end's half of an exchange. `confirm` is sent, `expected` must come back. All as bytes. */
export interface PinProof {
  readonly share: Uint8Array;
  readonly confirm: Uint8Array;
  readonly expected: Uint8Array;
}

export async function pinVerifier(pin: string, parameters: PinParameters): Promise<PinVerifier> {
  const { Bytes, Spake2p, crypto } = await spake2();
  const { w0, L } = await Spake2p.computeW0L(crypto, { ...parameters, salt: copy(parameters.salt) }, Number(pin));
  return { w0, L: Bytes.of(L) };
}

/** The device's half (SPAKE2+ verifier). Rejects when `computerShare` is no point of the curve. `random` is for test vectors. */
export async function verifyPin(
  verifier: PinVerifier,
  context: Uint8Array,
  computerShare: Uint8Array,
  random?: bigint,
): Promise<PinProof> {
  const library = await spake2();
  const { Bytes } = library;
  const side = begin(library, context, verifier.w0, random);
  const share = Bytes.of(side.computeY());
  const { hAY, hBX } = await side.computeSecretAndVerifiersFromX(copy(verifier.L), copy(computerShare), copy(share));
  return { share, confirm: Bytes.of(hBX), expected: Bytes.of(hAY) };
}

/** The computer's half (SPAKE2+ prover): first its share, then, with the device's, both confirmations. */
export class PinProver {
  readonly share: Uint8Array;
  readonly #side: Spake2p;
  readonly #w1: bigint;

  private constructor(side: Spake2p, w1: bigint, share: Uint8Array) {
    this.#side = side;
    this.#w1 = w1;
    this.share = share;
  }

  static async create(
    pin: string,
    parameters: PinParameters,
    context: Uint8Array,
    random?: bigint,
  ): Promise<PinProver> {
    const library = await spake2();
    const stretching = { ...parameters, salt: copy(parameters.salt) };
    const { w0, w1 } = await library.Spake2p.computeW0W1(library.crypto, stretching, Number(pin));
    const side = begin(library, context, w0, random);
    return new PinProver(side, w1, library.Bytes.of(side.computeX()));
  }

  /** Rejects when the device's share is no point of the curve. */
  async finish(deviceShare: Uint8Array): Promise<PinProof> {
    const { Bytes } = await spake2();
    const { hAY, hBX } = await this.#side.computeSecretAndVerifiersFromY(this.#w1, copy(this.share), copy(deviceShare));
    return { share: this.share, confirm: Bytes.of(hAY), expected: Bytes.of(hBX) };
  }
}

/** In time that does not tell how much of it was right. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Loaded when somebody pairs: it takes a fifth of a second, and is needed a few times in a device's life. */
async function spake2() {
  const { Bytes, NodeJsStyleCrypto, Spake2p } = await import('@matter/general');
  return { Bytes, Spake2p, crypto: new NodeJsStyleCrypto() };
}

type Library = Awaited<ReturnType<typeof spake2>>;

function begin(library: Library, context: Uint8Array, w0: bigint, random: bigint | undefined): Spake2p {
  const bytes = copy(context);
  return random === undefined
    ? library.Spake2p.create(library.crypto, bytes, w0)
    : new library.Spake2p(library.crypto, bytes, random, w0);
}

/** Bytes of their own, as the library wants them: a Buffer is a window into a larger one. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}
