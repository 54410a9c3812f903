import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { inspectModelFile } from '../../../src/model/store/inspect-model-file.js';
import { embeddedModel } from '../../support/embedded-model.js';
import { smallGguf } from '../../support/small-gguf.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

// Loading the library takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const embedded = embeddedModel.path;
const signal = new AbortController().signal;
const inspect = (path: string) => inspectModelFile(path, signal);

/** What the published Octopus v2 has in its vocabulary, at its ids. */
const octopusTokens = (first: number): readonly string[] => [
  ...Array.from({ length: first }, (_, id) => `t${id}`),
  ...Array.from({ length: 21 }, (_, index) => `<nexa_${index}>`),
  '<nexa_end>',
];

async function inspectBytes(bytes: Buffer) {
  using folder = temporaryFolder();
  const path = join(folder.path, 'model.gguf');
  writeFileSync(path, bytes);
  // Awaited here: the folder is gone with this block.
  return await inspect(path);
}

describe('inspectModelFile', () => {
  it('reads what the embedded model says of itself', async () => {
    expect(await inspect(embedded)).toEqual({
      ok: true,
      value: {
        size: readFileSync(embedded).length,
        architecture: 'llama',
        name: embeddedModel.name,
        licence: 'Apache-2.0',
        profile: 'tentacle',
      },
    });
  });

  it.each([
    ['octopus-v2', { 'general.architecture': 'gemma', 'tokenizer.ggml.tokens': octopusTokens(256_000) }],
    ['tool-prompt', { 'general.architecture': 'qwen3', 'tokenizer.chat_template': '{{ messages }}' }],
    [
      'tool-prompt',
      {
        'general.architecture': 'gemma',
        'tokenizer.ggml.tokens': octopusTokens(255_999),
        'tokenizer.chat_template': '{{ messages }}',
      },
    ],
  ])('knows %s by its metadata', async (profile, metadata) => {
    expect(await inspectBytes(smallGguf(metadata))).toMatchObject({ ok: true, value: { profile, licence: null } });
  });

  it.each([
    ['no template and no tokens', { 'general.architecture': 'llama' }],
    ['Octopus tokens elsewhere', { 'general.architecture': 'gemma', 'tokenizer.ggml.tokens': octopusTokens(255_999) }],
    [
      'Octopus tokens in another architecture',
      { 'general.architecture': 'llama', 'tokenizer.ggml.tokens': octopusTokens(256_000) },
    ],
  ])('refuses a model that nobody knows how to ask: %s', async (_name, metadata) => {
    expect(await inspectBytes(smallGguf(metadata))).toMatchObject({
      ok: false,
      error: { code: 'MODEL_PROFILE_UNKNOWN', detail: expect.stringContaining(metadata['general.architecture']) },
    });
  });

  it('refuses one part of several', async () => {
    const part = smallGguf({ 'general.architecture': 'qwen3', 'tokenizer.chat_template': 'x', 'split.count': 3 });
    expect(await inspectBytes(part)).toMatchObject({ ok: false, error: { code: 'MODEL_TRUNCATED' } });
  });

  it.each([20, 3_000, 150_000, 210_000, 4_000_000, -1])('refuses a file cut at byte %i', async (end) => {
    expect(await inspectBytes(readFileSync(embedded).subarray(0, end))).toMatchObject({
      ok: false,
      error: { code: 'MODEL_TRUNCATED' },
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a web page', Buffer.from('<!doctype html><title>Sign in</title>'.repeat(100))],
    ['another version', Buffer.concat([Buffer.from('GGUF'), Buffer.from([9, 0, 0, 0]), Buffer.alloc(100)])],
    ['zeros', Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0]), Buffer.alloc(200)])],
  ])('refuses %s', async (_name, bytes) => {
    expect(await inspectBytes(bytes)).toMatchObject({ ok: false, error: { code: 'MODEL_NOT_GGUF' } });
  });

  it('opens plain files alone: a pipe would never end', async () => {
    using folder = temporaryFolder();
    const pipe = join(folder.path, 'pipe.gguf');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, folder.path, join(folder.path, 'nothing.gguf')]) {
      expect(await inspect(path)).toMatchObject({ ok: false, error: { code: 'MODEL_FILE_MISSING' } });
    }
  });

  it('answers whatever the header holds, and soon', async () => {
    const whole = smallGguf({
      'general.architecture': 'qwen3',
      'tokenizer.chat_template': '{{ messages }}',
      'tokenizer.ggml.tokens': ['a', 'b', 'c'],
    });
    using folder = temporaryFolder();
    const path = join(folder.path, 'model.gguf');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 33), fc.uint8Array({ minLength: 1, maxLength: 12 }), async (at, noise) => {
        const bytes = Buffer.from(whole);
        bytes.set(noise.subarray(0, whole.length - at), at);
        writeFileSync(path, bytes);
        const before = performance.now();
        const inspected = await inspect(path);
        expect(performance.now() - before).toBeLessThan(5_000);
        if (!inspected.ok) expect(inspected.error.code).toMatch(/^MODEL_/);
      }),
      { numRuns: 200 },
    );
  });

  it('a count of 2^60 costs nothing', async () => {
    const bytes = smallGguf({ 'general.architecture': 'llama', 'tokenizer.ggml.tokens': ['a'] });
    // The list's length stands behind its key, its type and the type of its elements.
    const at = bytes.indexOf('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 8;
    expect(bytes.readBigUInt64LE(at)).toBe(1n);
    bytes.writeBigUInt64LE(1n << 60n, at);
    expect(await inspectBytes(bytes)).toMatchObject({ ok: false, error: { code: 'MODEL_TRUNCATED' } });
  });

  it('ends when it is told to', async () => {
    const stopped = AbortSignal.abort(new RangeError('stopped'));
    await expect(inspectModelFile(embedded, stopped)).rejects.toThrow('stopped');
  });
});
