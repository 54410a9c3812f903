import { type Call, isRef, MAX_CALLS } from '../core/plan.js';
import { err, ok, type Result } from '../core/result.js';

/** The ids of the calls that must be done before this one: those it names in `after`, and those its Refs stand for. */
export function dependenciesOf(call: Call): ReadonlySet<string> {
  const refs = Object.values(call.args).filter(isRef);
  return new Set([...call.after, ...refs.map((ref) => ref.$ref)]);
}

/**
 * Checks that calls form a graph that can be carried out: ids are unique, every dependency exists, nothing waits for
 * itself. Returns the dependencies by call id, or what is wrong with the plan.
 */
export function planGraph(calls: readonly Call[]): Result<ReadonlyMap<string, ReadonlySet<string>>, string> {
  if (calls.length > MAX_CALLS) return err(`it holds ${calls.length} calls; ${MAX_CALLS} are allowed`);
  const graph = new Map(calls.map((call) => [call.id, dependenciesOf(call)]));
  if (graph.size !== calls.length) return err('two calls have the same id');
  for (const [id, dependencies] of graph) {
    for (const dependency of dependencies) {
      if (!graph.has(dependency)) return err(`${id} waits for ${dependency}, which is not part of it`);
    }
  }
  // Whatever can be taken away in rounds has an order; what is left waits for itself.
  const left = new Map(graph);
  for (let round = left.size; round > 0 && left.size > 0; round -= 1) {
    for (const [id, dependencies] of left) {
      if (![...dependencies].some((dependency) => left.has(dependency))) left.delete(id);
    }
  }
  return left.size === 0 ? ok(graph) : err(`${[...left.keys()].join(', ')} wait for each other`);
}
