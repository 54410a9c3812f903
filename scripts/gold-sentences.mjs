import { readFileSync } from 'node:fs';
import { readCalls } from '../dist/catalog/call-notation.js';
import { draftOf } from '../dist/model/taught/noted-draft.js';
import { buildPlan } from '../dist/orchestrator/build-plan.js';
import { parseMoment } from '../dist/orchestrator/resolve/local-datetime.js';

/**
 * Sentences with the plans that are meant, from a file of `{utterance, shape, decision, calls}` lines (.jsonl) or of
 * `shape | sentence => calls` lines in call notation (.txt). Throws an Error that names file and line.
 */
export function goldSentences(path, now) {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    try {
      return [path.endsWith('.jsonl') ? JSON.parse(line) : fromNotation(line, parseMoment(now))];
    } catch (error) {
      throw new Error(`${path}:${index + 1}: ${error.message}`);
    }
  });
}

function fromNotation(line, now) {
  const [, shape, utterance, means] = /^\s*(\w+)\s*\|\s*(.+?)\s*=>\s*(.*)$/.exec(line) ?? [];
  if (!shape) throw new Error('is not "shape | sentence => calls"');
  if (means === '') return { utterance, shape, decision: 'irrelevant', calls: [] };
  const calls = readCalls(means);
  if (!calls.ok) throw new Error(`${calls.error.reason} (at ${calls.error.at} of the calls)`);
  // What a person wrote down is meant: nothing is asked about it.
  const meant = { ...draftOf(calls.value), recalled: { sentence: utterance, match: 'exact' } };
  const plan = buildPlan(meant, utterance, now, 0);
  if (plan.decision !== 'plan') throw new Error(plan.clarification.question);
  return { utterance, shape, decision: 'plan', calls: plan.calls };
}
