import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, loadIdentity } from '../../../src/lan/native/identity.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('loadIdentity', () => {
  it('makes one key, however many ask at once, in a file that only the user reads', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'new');
    const all = await Promise.all(Array.from({ length: 8 }, () => loadIdentity(path)));
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(readdirSync(path)).toEqual(['identity.key']);
    expect(statSync(join(path, 'identity.key')).mode & 0o777).toBe(0o600);
    expect((await loadIdentity(path)).key).toBe(all[0]?.key);
  });

  it('wraps it into a certificate that verifies with itself', async () => {
    using folder = temporaryFolder();
    const { key, certificate, fingerprint } = await loadIdentity(folder.path);
    const parsed = new X509Certificate(certificate);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(parsed.subject).toBe('CN=tentacle');
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.parse('9000-01-01'));
    expect(fingerprintOf(parsed.publicKey)).toBe(fingerprint);
    expect(fingerprintOf(createPublicKey(key))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not make a new key where a damaged one lies: that would undo every pairing', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'identity.key'), 'no key');
    await expect(loadIdentity(folder.path)).rejects.toMatchObject({ failure: { code: 'IDENTITY_UNREADABLE' } });
  });
});
