import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { TentacleError } from '../../core/failure.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

/** The key by which a computer or a device is known: P-256, with a certificate around it for TLS. */
export interface Identity {
  /** PKCS #8, PEM. Never leaves this process or its file. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hex digits. */
  readonly fingerprint: string;
}

/**
 * The identity that is kept in this folder, made there at the first call (`identity.key`, mode 0600).
 *
 * @throws TentacleError IDENTITY_UNREADABLE when a key file is there and is none: a new key would silently undo every
 * pairing.
 */
export async function loadIdentity(folder: string): Promise<Identity> {
  const file = join(folder, 'identity.key');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = (await readKey(file)) ?? (await makeKey(file));
  const key = kept.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = pem(selfSignedCertificate(kept));
  return { key, certificate, fingerprint: fingerprintOf(createPublicKey(kept)) };
}

/** SHA-256 over the SubjectPublicKeyInfo, in hex. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Whose key the other end of this connection has proved to hold; null without a certificate or with another kind of key. */
export function peerFingerprint(socket: TLSSocket): string | null {
  const publicKey = socket.getPeerX509Certificate()?.publicKey;
  if (publicKey?.asymmetricKeyType !== 'ec') return null;
  return publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? fingerprintOf(publicKey) : null;
}

async function readKey(file: string): Promise<KeyObject | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(file, error);
  }
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw unreadable(file);
}

/** Two processes that start at once must end with the same key, and a crash must not leave half of one: hence the link. */
async function makeKey(file: string): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'prime256v1' });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
    await chmod(temporary, 0o600);
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw unreadable(file, error);
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readKey(file)) ?? privateKey;
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function unreadable(file: string, cause?: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'IDENTITY_UNREADABLE',
      fault: 'user',
      message: `${file} is not a key that can be used.`,
      next: 'Bring it back from a backup, or delete it and pair every device again.',
    },
    { cause },
  );
}
