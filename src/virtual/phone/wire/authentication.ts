import { constants, createPublicKey, type KeyObject, publicDecrypt, randomBytes } from 'node:crypto';

/** What the phone does with a key it has not seen: shows its prompt, which the user answers one way. */
export type Authorize = 'always' | 'never';

const MODULUS_BYTES = 256;

/** DigestInfo of SHA-1 in PKCS #1 v1.5: adb signs its 20-byte token as if it were a digest. */
const SHA1_PREFIX = Buffer.from('3021300906052b0e03021a05000414', 'hex');

export const newToken = (): Buffer => randomBytes(20);

/**
 * Reads the public key that adb sends: base64 of Android's own RSA structure (modulus length in words, n0inv, modulus and
 * R^2 little-endian, exponent), then a space and a name. Null for anything else.
 */
export function parseAdbPublicKey(payload: Buffer): { readonly key: KeyObject; readonly id: string } | null {
  const text = payload.toString('latin1').replace(/\0+$/, '').split(' ')[0] ?? '';
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 8 + 2 * MODULUS_BYTES + 4 || bytes.readUInt32LE(0) !== MODULUS_BYTES / 4) return null;
  const modulus = Buffer.from(bytes.subarray(8, 8 + MODULUS_BYTES)).reverse();
  const exponent = Buffer.alloc(4);
  exponent.writeUInt32BE(bytes.readUInt32LE(8 + 2 * MODULUS_BYTES), 0);
  try {
    const key = createPublicKey({
      format: 'jwk',
      key: { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.subarray(1).toString('base64url') },
    });
    return { key, id: text };
  } catch {
    return null;
  }
}

export function isSignatureOf(signature: Buffer, token: Buffer, key: KeyObject): boolean {
  try {
    const opened = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return opened.equals(Buffer.concat([SHA1_PREFIX, token]));
  } catch {
    return false;
  }
}
