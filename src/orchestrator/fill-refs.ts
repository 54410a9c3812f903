import { argumentsSchema } from '../catalog/arguments-schema.js';
import { findFunction } from '../catalog/catalog.js';
import type { UntrustedData } from '../core/outcome.js';
import { type Call, type CallArguments, isRef } from '../core/plan.js';
import { err, ok, type Result } from '../core/result.js';

/**
 * The call's arguments with its Refs replaced by the results they stand for, checked against the schema once more: what
 * a device said may fill a slot, and only a value of the slot's form. A text slot gets the result's sentence, any other
 * its bare value.
 */
export function fillRefs(
  call: Call,
  results: ReadonlyMap<string, UntrustedData | null>,
): Result<CallArguments, string> {
  const descriptor = findFunction(call.function);
  if (!descriptor) return err(`there is no function ${call.function}`);
  const filled: CallArguments = {};
  for (const [name, value] of Object.entries(call.args)) {
    if (!isRef(value)) {
      filled[name] = value;
      continue;
    }
    const data = results.get(value.$ref);
    if (!data) return err(`${value.$ref} gave no result to fill in`);
    const parameter = descriptor.parameters.find((entry) => entry.name === name);
    const takesSentence = parameter?.accepts.includes('text') && parameter.accepts.includes('number');
    filled[name] = takesSentence ? data.text : String(data.value);
  }
  const checked = argumentsSchema(descriptor, { refs: false }).safeParse(filled);
  return checked.success
    ? ok(checked.data)
    : err(`the result does not fit: ${checked.error.issues[0]?.message ?? 'wrong form'}`);
}
