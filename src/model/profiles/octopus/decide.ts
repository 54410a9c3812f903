import type { PlanDraft } from '../../../core/plan-draft.js';
import { maxArguments, octopusFunctions } from './octopus-functions.js';
import type { OutputPart } from './octopus-output.js';
import { parseOutput } from './parse-output.js';
import { toDraftCalls } from './to-draft-calls.js';

/** Below this probability of its first function a sentence is none of ours: such ones were given 0.25, clear requests 0.999. */
export const IRRELEVANT_BELOW = 0.3;

/** Below this one it is asked about. */
export const CLARIFY_BELOW = 0.8;

/**
 * What the model's output for a sentence comes to. An output that cannot be read, that calls what is not among `offered`
 * (all when empty), or that says what the sentence does not, becomes a question without calls. `confidence` is the
 * probability of the first function; 0 when the output begins with none.
 */
export function decide(parts: readonly OutputPart[], sentence: string, offered: readonly string[]): PlanDraft {
  const first = parts.find((part) => part.kind !== 'text' || part.text.trim() !== '');
  if (first?.kind !== 'function') return unclear(0);
  const confidence = first.probability;
  if (octopusFunctions[first.index]?.name === null || confidence < IRRELEVANT_BELOW) {
    return { decision: 'irrelevant', calls: [], confidence, readings: [] };
  }
  const output = parseOutput(parts, maxArguments);
  const mapped = output.ok ? toDraftCalls(output.value, sentence) : output;
  if (!mapped.ok) return unclear(confidence);
  const calls = [...mapped.value];
  if (offered.length > 0 && calls.some((call) => !offered.includes(call.function))) return unclear(confidence);
  if (confidence < CLARIFY_BELOW) {
    return { decision: 'clarify', calls: [], confidence, readings: [{ calls, confidence }] };
  }
  return { decision: 'plan', calls, confidence, readings: [] };
}

function unclear(confidence: number): PlanDraft {
  return { decision: 'clarify', calls: [], confidence, readings: [] };
}
