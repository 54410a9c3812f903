import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { argumentsSchema } from '../../src/catalog/arguments-schema.js';
import { readCalls } from '../../src/catalog/call-notation.js';
import { findFunction } from '../../src/catalog/catalog.js';
import { ok } from '../../src/core/result.js';
import { draftOf } from '../../src/model/taught/noted-draft.js';
import { buildPlan } from '../../src/orchestrator/build-plan.js';

const training = fileURLToPath(new URL('../../training/', import.meta.url));
const goldSchema = z.object({
  utterance: z.string(),
  shape: z.enum(['single', 'parallel', 'sequence', 'nested', 'targeted', 'irrelevant']),
  decision: z.enum(['plan', 'irrelevant']),
  calls: z.array(z.object({ id: z.string(), function: z.string(), args: z.record(z.string(), z.unknown()) })),
});
const now = { year: 2026, month: 11, day: 21, hour: 10, minute: 0 };

/** A line of a `.txt` file as the plan that it means. */
function fromNotation(line: string): z.infer<typeof goldSchema> {
  const [, shape, utterance = '', means = ''] = /^(\w+) \| (.+?) => ?(.*)$/.exec(line) ?? [];
  const calls = means === '' ? ok([]) : readCalls(means);
  if (!calls.ok) throw new Error(`${line}: ${calls.error.reason}`);
  const meant = { ...draftOf(calls.value), recalled: { sentence: utterance, match: 'exact' as const } };
  const plan = buildPlan(meant, utterance, now, 0);
  return goldSchema.parse({ ...plan, shape });
}

const gold = readdirSync(`${training}heldout`).flatMap((name) => {
  const lines = readFileSync(`${training}heldout/${name}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  if (name.endsWith('.jsonl')) return lines.map((line) => goldSchema.parse(JSON.parse(line)));
  return name.endsWith('.txt') ? lines.map(fromNotation) : [];
});
const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

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
          .map((line) => plain((line.split('=>')[0] ?? '').split('|').at(-1) ?? '')),
      ),
    );
    expect(gold.length).toBeGreaterThan(700);
    expect(phrasings.size).toBeGreaterThan(25_000);
    expect(gold.map(({ utterance }) => plain(utterance)).filter((text) => phrasings.has(text))).toEqual([]);
  });
});
