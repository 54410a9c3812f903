import { findFunction } from '../../../catalog/catalog.js';
import type { FunctionDescriptor } from '../../../catalog/function-descriptor.js';
import type { DraftArgument, DraftCall } from '../../../core/plan-draft.js';
import { err, ok, type Result } from '../../../core/result.js';
import { type OctopusFunction, octopusFunctions } from './octopus-functions.js';
import type { OctopusCall, OctopusValue } from './octopus-output.js';

/** Why a well-formed output makes no plan: an expected value. */
export interface MappingFailure {
  readonly reason: string;
}

/**
 * The model's calls as draft calls of the catalogue, numbered `c1`, `c2`... in order of execution: a nested call comes
 * before the one it fills. Fails where a value is not one that its parameter takes, or is not borne out by the sentence.
 */
export function toDraftCalls(
  calls: readonly OctopusCall[],
  sentence: string,
): Result<readonly DraftCall[], MappingFailure> {
  const mapping = new Mapping(sentence);
  for (const call of calls) {
    const mapped = mapping.add(call);
    if (!mapped.ok) return mapped;
  }
  return ok(mapping.calls);
}

class Mapping {
  readonly calls: DraftCall[] = [];
  readonly #sentence: string;

  constructor(sentence: string) {
    this.#sentence = sentence;
  }

  /** Adds a call after those it holds, and returns its descriptor and id. */
  add({
    index,
    probability,
    args: values,
  }: OctopusCall): Result<{ descriptor: FunctionDescriptor; id: string }, MappingFailure> {
    const theirs = octopusFunctions[index];
    const descriptor = theirs?.name ? findFunction(theirs.name) : undefined;
    if (!theirs || !descriptor) return err({ reason: 'a call of nothing' });
    const args = this.#arguments(theirs, descriptor, values);
    if (!args.ok) return args;
    const missing = descriptor.parameters.find(({ name, optional }) => !optional && !args.value[name]);
    if (missing) return err({ reason: `${descriptor.name} without ${missing.name}` });
    const id = `c${this.calls.length + 1}`;
    this.calls.push({
      id,
      function: descriptor.name,
      args: args.value,
      target: null,
      after: [],
      confidence: probability,
    });
    return ok({ descriptor, id });
  }

  #arguments(
    theirs: OctopusFunction,
    descriptor: FunctionDescriptor,
    values: readonly OctopusValue[],
  ): Result<Record<string, DraftArgument>, MappingFailure> {
    if (theirs.together) {
      const args = theirs.together(values, this.#sentence);
      return args ? ok(args) : err({ reason: `${descriptor.name} with values that the sentence does not say` });
    }
    const args: Record<string, DraftArgument> = {};
    for (const [at, value] of values.entries()) {
      const parameter = theirs.parameters[at];
      if (!parameter || isNothing(value)) continue;
      const read =
        value.kind === 'call'
          ? this.#result(descriptor, parameter.name, value.call)
          : parameter.read(value, this.#sentence);
      if (!read) return err({ reason: `${descriptor.name} with a ${parameter.name} that cannot be meant` });
      args[parameter.name] = read;
    }
    return ok(args);
  }

  /** The result of a nested call, where the parameter takes results of its type. */
  #result(descriptor: FunctionDescriptor, parameter: string, call: OctopusCall): DraftArgument | null {
    const nested = this.add(call);
    if (!nested.ok) return null;
    const { result } = nested.value.descriptor;
    const accepts = descriptor.parameters.find(({ name }) => name === parameter)?.accepts ?? [];
    return result && accepts.includes(result) ? { kind: 'result', call: nested.value.id } : null;
  }
}

/** What the model writes for an argument that it leaves open. */
function isNothing(value: OctopusValue): boolean {
  return value.kind === 'none' || (value.kind === 'text' && value.value.trim() === '');
}
