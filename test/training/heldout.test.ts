import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { argumentsSchema } from '../../src/catalog/arguments-schema.js';
import { findFunction } from '../../src/catalog/catalog.js';

const training = fileURLToPath(new URL('../../training/', import.meta.url));
const goldSchema = z.object({
  utterance: z.string(),
  shape: z.enum(['single', 'parallel', 'sequence', 'nested', 'targeted', 'irrelevant']),
  decision: z.enum(['plan', 'irrelevant']),
  calls: z.array(z.object({ id: z.string(), function: z.string(), args: z.record(z.string(), z.unknown()) })),
});
const gold = readFileSync(`${training}heldout/en.jsonl`, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => goldSchema.parse(JSON.parse(line)));
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim();

describe('held-out sentences', () => {
  it('mean calls that the catalogue has', () => {
    for (const { utterance, calls } of gold) {
      for (const call of calls) {
        const descriptor = findFunction(call.function);
        if (!descriptor) throw new Error(`${utterance}: ${call.function}`);
        const checked = argumentsSchema(descriptor, { refs: true }).safeParse(call.args);
        expect(checked.success, `${utterance}: ${checked.error?.message}`).toBe(true);
      }
    }
  });

  it('are not among the phrasings that are trained on', () => {
    const files = readdirSync(`${training}phrases`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.txt'))
      .map((name) => `${training}phrases/${name}`);
    const phrasings = new Set(
      files.flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line) => plain(line.split('=>')[0] ?? '')),
      ),
    );
    expect(phrasings.size).toBeGreaterThan(5_000);
    expect(gold.map(({ utterance }) => plain(utterance)).filter((text) => phrasings.has(text))).toEqual([]);
  });
});
