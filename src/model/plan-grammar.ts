import type { FunctionDescriptor, ParameterDescriptor } from '../catalog/function-descriptor.js';
import { MAX_CALLS } from '../core/plan.js';
import type { PlanSymbol } from './plan-symbol.js';

/** A call of a call of a call: deeper nesting is no sentence a person says. */
const MAX_DEPTH = 2;

interface Frame {
  readonly descriptor: FunctionDescriptor;
  readonly given: Set<string>;
  /** Arguments come in the catalogue's order: the next one's index is at least this. */
  next: number;
  targeted: boolean;
}

type Expectation =
  | { readonly at: 'start' }
  | { readonly at: 'call' }
  | { readonly at: 'value'; readonly parameter: ParameterDescriptor }
  | { readonly at: 'span'; readonly parameter: ParameterDescriptor | null }
  | { readonly at: 'span-end'; readonly first: number }
  | { readonly at: 'joint' }
  | { readonly at: 'end' }
  | { readonly at: 'done' };

/**
 * Decides which plan symbols may come next for one sentence: known functions, their own arguments in order, values of
 * the argument's type, words of this sentence, nested calls whose result fits. A model held by it can neither call what
 * does not exist nor say what the user did not.
 */
export class PlanGrammar {
  readonly #wordCount: number;
  readonly #offered: ReadonlySet<string> | null;
  readonly #frames: Frame[] = [];
  #expectation: Expectation = { at: 'start' };
  #calls = 0;

  /** `offered` are the catalogue names to choose from; empty for all. */
  constructor(wordCount: number, offered: readonly string[]) {
    this.#wordCount = wordCount;
    this.#offered = offered.length === 0 ? null : new Set(offered);
  }

  get isDone(): boolean {
    return this.#expectation.at === 'done';
  }

  allows(symbol: PlanSymbol): boolean {
    const expectation = this.#expectation;
    switch (expectation.at) {
      case 'start':
        return this.#startsCall(symbol) || (symbol.kind === 'irrelevant' && this.#calls === 0);
      case 'call':
        return this.#continuesCall(symbol);
      case 'value':
        return this.#isValue(symbol, expectation.parameter);
      case 'span':
        return this.#isWord(symbol, 0);
      case 'span-end':
        return this.#isWord(symbol, expectation.first);
      case 'joint':
        return (
          symbol.kind === 'plan-end' ||
          ((symbol.kind === 'also' || symbol.kind === 'sequel') && this.#calls < MAX_CALLS)
        );
      case 'end':
        return symbol.kind === 'plan-end';
      case 'done':
        return false;
    }
  }

  /** Takes a symbol that {@link allows} permits. */
  take(symbol: PlanSymbol): void {
    const expectation = this.#expectation;
    switch (symbol.kind) {
      case 'function':
        this.#frames.push({ descriptor: symbol.descriptor, given: new Set(), next: 0, targeted: false });
        this.#calls += 1;
        this.#expectation = { at: 'call' };
        return;
      case 'irrelevant':
        this.#expectation = { at: 'end' };
        return;
      case 'target':
        this.#top().targeted = true;
        this.#expectation = { at: 'span', parameter: null };
        return;
      case 'argument':
        this.#takeArgument(symbol.name);
        return;
      case 'word':
        this.#expectation = expectation.at === 'span-end' ? { at: 'call' } : { at: 'span-end', first: symbol.index };
        return;
      case 'value':
      case 'boolean':
      case 'level':
        this.#expectation = { at: 'call' };
        return;
      case 'call-end':
        this.#frames.pop();
        this.#expectation = this.#frames.length > 0 ? { at: 'call' } : { at: 'joint' };
        return;
      case 'also':
      case 'sequel':
        this.#expectation = { at: 'start' };
        return;
      case 'plan-end':
        this.#expectation = { at: 'done' };
        return;
    }
  }

  #top(): Frame {
    const frame = this.#frames.at(-1);
    if (!frame) throw new RangeError('no call is open');
    return frame;
  }

  #takeArgument(name: string): void {
    const frame = this.#top();
    const index = frame.descriptor.parameters.findIndex((parameter) => parameter.name === name);
    const parameter = frame.descriptor.parameters[index];
    if (!parameter) throw new RangeError(`${frame.descriptor.name} has no argument ${name}`);
    frame.given.add(name);
    frame.next = index + 1;
    this.#expectation = { at: 'value', parameter };
  }

  #startsCall(symbol: PlanSymbol): boolean {
    return symbol.kind === 'function' && this.#isOffered(symbol.descriptor) && this.#calls + 1 <= MAX_CALLS;
  }

  #isOffered(descriptor: FunctionDescriptor): boolean {
    return this.#offered === null || this.#offered.has(descriptor.name);
  }

  #continuesCall(symbol: PlanSymbol): boolean {
    const frame = this.#top();
    const rest = frame.descriptor.parameters.slice(frame.next);
    if (symbol.kind === 'target') return !frame.targeted && frame.given.size === 0;
    const { needsOneOf } = frame.descriptor;
    const satisfied = needsOneOf.length === 0 || needsOneOf.some((name) => frame.given.has(name));
    if (symbol.kind === 'call-end') return satisfied && rest.every((parameter) => parameter.optional);
    if (symbol.kind !== 'argument') return false;
    const wanted = rest.findIndex((parameter) => parameter.name === symbol.name);
    if (wanted < 0 || !rest.slice(0, wanted).every((parameter) => parameter.optional)) return false;
    // The last chance to give one of those that are needed must not be passed over.
    return satisfied || rest.slice(wanted).some((parameter) => needsOneOf.includes(parameter.name));
  }

  #isValue(symbol: PlanSymbol, parameter: ParameterDescriptor): boolean {
    switch (symbol.kind) {
      case 'function':
        return (
          this.#frames.length < MAX_DEPTH &&
          symbol.descriptor.result !== null &&
          parameter.accepts.includes(symbol.descriptor.result) &&
          this.#startsCall(symbol)
        );
      case 'word':
        return !['boolean', 'enum'].includes(parameter.type) && this.#isWord(symbol, 0);
      case 'boolean':
        return parameter.type === 'boolean';
      case 'level':
        return parameter.type === 'percent';
      case 'value':
        return parameter.type === 'enum' && (parameter.values ?? []).includes(symbol.value);
      default:
        return false;
    }
  }

  #isWord(symbol: PlanSymbol, from: number): boolean {
    return symbol.kind === 'word' && symbol.index >= from && symbol.index < this.#wordCount;
  }
}
