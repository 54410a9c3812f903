import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AdbCredentialStore, AdbPrivateKey } from '@yume-chan/adb';

/** The key that adb itself uses, which phones of this user most likely trust already. */
export const USER_KEY_FILE = join(homedir(), '.android', 'adbkey');

export interface AdbKeysOptions {
  /** Where our own key is kept when the user has none. */
  readonly dataFolder: string;
  readonly userKeyFile?: string;
}

/** The RSA keys (2048 bit) with which this computer proves itself to phones. Only ever read or made, never sent. */
export class AdbKeys implements AdbCredentialStore {
  readonly #ownKeyFile: string;
  readonly #userKeyFile: string;
  #keys: Promise<readonly AdbPrivateKey[]> | null = null;

  constructor(options: AdbKeysOptions) {
    this.#ownKeyFile = join(options.dataFolder, 'adbkey');
    this.#userKeyFile = options.userKeyFile ?? USER_KEY_FILE;
  }

  async *iterateKeys(): AsyncGenerator<AdbPrivateKey> {
    this.#keys ??= this.#load();
    yield* await this.#keys;
  }

  async generateKey(): Promise<AdbPrivateKey> {
    this.#keys ??= this.#load();
    const [key] = await this.#keys;
    return key ?? (await this.#make());
  }

  async #load(): Promise<readonly AdbPrivateKey[]> {
    const found: AdbPrivateKey[] = [];
    for (const file of [this.#userKeyFile, this.#ownKeyFile]) {
      const key = await readKey(file);
      if (key) found.push(key);
    }
    return found.length > 0 ? found : [await this.#make()];
  }

  async #make(): Promise<AdbPrivateKey> {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicExponent: 65_537 });
    await mkdir(join(this.#ownKeyFile, '..'), { recursive: true });
    // "wx": two instances that start at once must not each tear the other's key.
    await writeFile(this.#ownKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await chmod(this.#ownKeyFile, 0o600);
    return (await readKey(this.#ownKeyFile)) ?? { buffer: derOf(privateKey), name: keyName() };
  }
}

function derOf(key: ReturnType<typeof createPrivateKey>): Uint8Array {
  return new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
}

/** What the phone's prompt shows as the computer's name. */
const keyName = (): string => `${userInfo().username}@${hostname()}`;

/** A missing, unreadable or foreign key file is none: a phone then asks its user, which is safe. */
async function readKey(file: string): Promise<AdbPrivateKey | null> {
  try {
    const key = createPrivateKey(await readFile(file));
    const bits = key.asymmetricKeyDetails?.modulusLength;
    return key.asymmetricKeyType === 'rsa' && bits === 2048 ? { buffer: derOf(key), name: keyName() } : null;
  } catch {
    return null;
  }
}
