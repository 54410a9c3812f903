import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileModel } from '../../../src/model/store/model-entry.js';
import { ModelRegistry } from '../../../src/model/store/model-registry.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const entry = (name: string): FileModel => ({
  kind: 'file',
  name,
  profile: 'tentacle',
  path: `/models/${name}.gguf`,
  size: 10,
  sha256: 'a'.repeat(64),
  licence: null,
  source: 'file',
  addedAt: 1,
});

describe('ModelRegistry', () => {
  it('begins empty, and keeps what it is told', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'models');
    expect(await new ModelRegistry(path).read()).toEqual({ ok: true, value: { current: null, models: [] } });
    for (const name of ['one', 'two'])
      expect(await new ModelRegistry(path).add(entry(name))).toMatchObject({ ok: true });
    expect(await new ModelRegistry(path).use('TWO')).toMatchObject({ ok: true });
    expect(await new ModelRegistry(path).read()).toMatchObject({
      value: { current: 'two', models: [entry('one'), entry('two')] },
    });
    expect(await new ModelRegistry(path).remove('two')).toMatchObject({ ok: true });
    expect(await new ModelRegistry(path).read()).toMatchObject({ value: { current: null, models: [entry('one')] } });
  });

  it('refuses names that are taken, in any case, and names that are not there', async () => {
    using folder = temporaryFolder();
    const registry = new ModelRegistry(folder.path);
    await registry.add(entry('one'));
    expect(await registry.add(entry('ONE'))).toMatchObject({ ok: false, error: { code: 'MODEL_NAME_TAKEN' } });
    expect(await registry.use('none')).toMatchObject({ ok: false, error: { code: 'MODEL_UNKNOWN' } });
    expect(await registry.remove('none')).toMatchObject({ ok: false, error: { code: 'MODEL_UNKNOWN' } });
  });

  it('loses no change of many at once', async () => {
    using folder = temporaryFolder();
    const registry = new ModelRegistry(folder.path);
    await Promise.all(Array.from({ length: 20 }, (_, index) => registry.add(entry(`m${index}`))));
    const read = await registry.read();
    expect(read.ok && read.value.models).toHaveLength(20);
    expect(readdirSync(folder.path)).toEqual(['models.json']);
  });

  it.each([
    ['no JSON', '{"version": 1, "curr'],
    ['nothing', ''],
    ['another version', JSON.stringify({ version: 2, current: null, models: [] })],
    [
      'an entry without a hash',
      JSON.stringify({ version: 1, current: null, models: [{ ...entry('a'), sha256: 'x' }] }),
    ],
    ['a chosen model that is not there', JSON.stringify({ version: 1, current: 'a', models: [] })],
    ['two of one name', JSON.stringify({ version: 1, current: null, models: [entry('a'), entry('A')] })],
  ])('never overwrites a list that it cannot read: %s', async (_name, text) => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'models.json');
    writeFileSync(path, text);
    const registry = new ModelRegistry(folder.path);
    for (const changed of [registry.read(), registry.add(entry('b')), registry.use(null), registry.remove('a')]) {
      expect(await changed).toMatchObject({ ok: false, error: { code: 'MODELS_UNREADABLE' } });
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('says when it cannot write', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'models');
    symlinkSync(join(folder.path, 'nowhere', 'else'), path);
    expect(await new ModelRegistry(path).add(entry('a'))).toMatchObject({
      ok: false,
      error: { code: 'MODELS_NOT_SAVED' },
    });
  });

  it('clears what a killed process left before its rename, and nobody else’s', async () => {
    using folder = temporaryFolder();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const left = join(folder.path, `models.json.${dead}.0a-0b.tmp`);
    const inUse = join(folder.path, `models.json.${process.pid}.0a-0b.tmp`);
    const registry = new ModelRegistry(folder.path);
    await registry.add(entry('one'));
    for (const path of [left, inUse]) writeFileSync(path, '{"version": 1, "cur');
    expect(await registry.read()).toMatchObject({ value: { models: [entry('one')] } });
    expect(await registry.add(entry('two'))).toMatchObject({ ok: true });
    expect([existsSync(left), existsSync(inUse)]).toEqual([false, true]);
    expect(await registry.read()).toMatchObject({ value: { models: [entry('one'), entry('two')] } });
  });
});
