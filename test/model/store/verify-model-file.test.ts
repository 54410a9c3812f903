import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256OfFile } from '../../../src/model/sha256-file.js';
import type { FileModel } from '../../../src/model/store/model-entry.js';
import { fileState, verifyModelFile } from '../../../src/model/store/verify-model-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

async function added(folder: string): Promise<FileModel> {
  const path = join(folder, 'mine.gguf');
  writeFileSync(path, 'x'.repeat(5_000_000));
  return {
    kind: 'file',
    name: 'mine',
    profile: 'tentacle',
    path,
    size: 5_000_000,
    sha256: await sha256OfFile(path),
    licence: null,
    source: 'file',
    addedAt: 1,
  };
}

describe('verifyModelFile', () => {
  it('takes the file that was added, and no other', async () => {
    using folder = temporaryFolder();
    const model = await added(folder.path);
    expect(await verifyModelFile(model)).toEqual({ ok: true, value: model });
    expect(await fileState(model)).toBe('ready');

    writeFileSync(model.path, `${'x'.repeat(4_999_999)}y`);
    expect(await verifyModelFile(model)).toMatchObject({ ok: false, error: { code: 'MODEL_CORRUPT', fault: 'user' } });

    writeFileSync(model.path, 'x'.repeat(4_999_999));
    expect(await verifyModelFile(model)).toMatchObject({
      ok: false,
      error: { code: 'MODEL_CORRUPT', detail: expect.stringContaining('4999999 bytes') },
    });
    expect(await fileState(model)).toBe('changed');

    rmSync(model.path);
    expect(await verifyModelFile(model)).toMatchObject({ ok: false, error: { code: 'MODEL_MISSING' } });
    expect(await fileState(model)).toBe('missing');
  });

  it('stops hashing when it is told to', async () => {
    using folder = temporaryFolder();
    const model = await added(folder.path);
    await expect(verifyModelFile(model, AbortSignal.abort(new RangeError('stopped')))).rejects.toThrow();
  });
});
