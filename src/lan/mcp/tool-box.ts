import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { fittingFunction } from './catalogue-fit.js';
import type { OfferedTool } from './offered-tool.js';
import type { PlainSchema } from './plain-schema.js';
import { ToolDecisions } from './tool-decisions.js';
import { toolDifferences } from './tool-differences.js';

/** A tool as it is shown to the user. All words are the server's, cleaned. */
export interface McpTool {
  readonly name: string;
  readonly title: string | null;
  readonly description: string;
  /** JSON Schema of its arguments, without references. */
  readonly inputSchema: PlainSchema;
  /** Whether it may be called now. */
  readonly allowed: boolean;
  /** What is other than when the user decided on it, in sentences. Not empty: it is not called until it is allowed again. */
  readonly changed: readonly string[];
  /** The user has not decided on it yet. */
  readonly isNew: boolean;
  /** The function of the catalogue that it is, so that sentences reach it once it is allowed; or null. */
  readonly isFunction: string | null;
  /** Why it cannot be used, in a few words; null where it can. */
  readonly unusable: string | null;
}

/** What is listed by the server now. */
interface Listed {
  readonly tools: readonly OfferedTool[];
  readonly leftOut: number;
  readonly state: string;
}

/** The tools of one server between what it lists and what the user has allowed. */
export class ToolBox {
  readonly #name: string;
  readonly #listed: () => Listed;
  readonly #decisions: ToolDecisions;
  /** What was shown last, by name: nothing is allowed that was not shown as it is. */
  #shown: ReadonlyMap<string, OfferedTool> | null = null;
  #unreadable: Failure | null = null;

  constructor({ folder, id, name }: { folder: string; id: string; name: string }, listed: () => Listed) {
    this.#name = name;
    this.#listed = listed;
    this.#decisions = new ToolDecisions(folder, id);
  }

  /** Reads what was decided earlier. Where that cannot be read nothing is allowed, and {@link problems} say so. */
  async load(): Promise<void> {
    const loaded = await this.#decisions.load();
    this.#unreadable = loaded.ok ? null : loaded.error;
  }

  look(): readonly McpTool[] {
    const { tools } = this.#listed();
    this.#shown = new Map(tools.map((tool) => [tool.name, tool]));
    return tools.map((tool) => this.#shownAs(tool));
  }

  allowed(): readonly OfferedTool[] {
    return this.#listed().tools.filter((tool) => this.#decisions.isAllowed(tool));
  }

  async allow(names: readonly string[] | 'all'): Promise<Result<void, Failure>> {
    const shown = this.#shown;
    if (!shown) return err(notSeen(this.#name));
    const chosen = names === 'all' ? ok([...shown.values()].filter(isUsable)) : this.#find(names);
    if (!chosen.ok) return chosen;
    const present = new Map(this.#listed().tools.map((tool) => [tool.name, tool.fingerprint]));
    for (const { name, unusable, fingerprint } of chosen.value) {
      if (unusable !== null) return err(isUnusable(name, unusable));
      const isSame = shown.get(name)?.fingerprint === fingerprint && present.get(name) === fingerprint;
      if (!isSame) return err(changedMeanwhile(name));
    }
    return this.#decisions.decide(chosen.value, true);
  }

  async disallow(names: readonly string[] | 'all'): Promise<Result<void, Failure>> {
    const chosen = names === 'all' ? ok(this.#listed().tools.filter(isUsable)) : this.#find(names);
    return chosen.ok ? this.#decisions.decide(chosen.value, false) : chosen;
  }

  /** Why a tool that is listed may not be called, or null. */
  objectionTo(name: string): Failure | null {
    const tool = this.#listed().tools.find((each) => each.name === name);
    if (!tool || this.#decisions.isAllowed(tool)) return null;
    if (tool.unusable !== null) return isUnusable(name, tool.unusable);
    const { isNew, changed } = this.#shownAs(tool);
    if (!isNew && changed.length > 0) return changedSince(this.#name, name, changed);
    return notAllowed(this.#name, name);
  }

  problems(): readonly Failure[] {
    const { tools, leftOut, state } = this.#listed();
    if (this.#unreadable) return [this.#unreadable];
    if (state !== 'ready') return [];
    const shown = tools.map((tool) => this.#shownAs(tool));
    const listed = new Set(tools.map(({ name }) => name));
    const fresh = shown.filter(({ isNew, unusable }) => isNew && unusable === null);
    const gone = this.#decisions.all().filter(({ name, isAllowed }) => isAllowed && !listed.has(name));
    return [
      ...(fresh.length > 0
        ? [
            waiting(
              this.#name,
              fresh.map(({ name }) => name),
            ),
          ]
        : []),
      ...tools.flatMap((tool) => {
        const differences = this.#decisions.of(tool)?.isAllowed === true ? this.#differences(tool) : [];
        return differences.length > 0 ? [changedSince(this.#name, tool.name, differences)] : [];
      }),
      ...(gone.length > 0
        ? [
            notOffered(
              this.#name,
              gone.map(({ name }) => name),
            ),
          ]
        : []),
      ...(leftOut > 0 ? [tooManyTools(this.#name, tools.length)] : []),
    ];
  }

  /** "3 allowed, 2 new, 1 changed, 1 unusable". */
  summary(): string {
    const shown = this.#listed().tools.map((tool) => this.#shownAs(tool));
    const counts = {
      allowed: shown.filter(({ allowed }) => allowed).length,
      new: shown.filter(({ isNew, unusable }) => isNew && unusable === null).length,
      changed: shown.filter(({ changed }) => changed.length > 0).length,
      unusable: shown.filter(({ unusable }) => unusable !== null).length,
    };
    const told = Object.entries(counts).filter(([word, count]) => count > 0 || word === 'allowed');
    return told.map(([word, count]) => `${count} ${word}`).join(', ');
  }

  #shownAs(tool: OfferedTool): McpTool {
    const { name, title, description, schema, unusable } = tool;
    return {
      name,
      title,
      description,
      inputSchema: schema,
      allowed: this.#decisions.isAllowed(tool),
      changed: this.#differences(tool),
      isNew: this.#decisions.of(tool) === null,
      isFunction: unusable === null ? (fittingFunction(name, schema)?.name ?? null) : null,
      unusable,
    };
  }

  #differences(tool: OfferedTool): readonly string[] {
    const decision = this.#decisions.of(tool);
    if (!decision) return [];
    if (tool.unusable !== null) return [`It cannot be used any more: ${tool.unusable}.`];
    return toolDifferences(decision, tool);
  }

  #find(names: readonly string[]): Result<readonly OfferedTool[], Failure> {
    const { tools } = this.#listed();
    const found: OfferedTool[] = [];
    for (const name of names) {
      const tool = tools.find((each) => each.name === name);
      if (!tool) return err(unknownTool(this.#name, name));
      found.push(tool);
    }
    return ok(found);
  }
}

const isUsable = ({ unusable }: OfferedTool): boolean => unusable === null;

function list(names: readonly string[]): string {
  const some = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${some} and ${names.length - 5} more` : some;
}

const failure = (code: string, message: string, next: string): Failure => ({ code, fault: 'user', message, next });

const notSeen = (server: string): Failure =>
  failure('TOOLS_NOT_SEEN', `The tools of ${server} have not been looked at yet.`, 'Look at them first.');

const unknownTool = (server: string, name: string): Failure =>
  failure('TOOL_UNKNOWN', `${server} has no tool ${JSON.stringify(name)}.`, 'Look at its list of tools.');

const isUnusable = (name: string, why: string): Failure =>
  failure('TOOL_UNUSABLE', `The tool ${name} cannot be used: ${why}.`, 'Whoever makes the server can change that.');

const changedMeanwhile = (name: string): Failure =>
  failure('TOOL_CHANGED', `The tool ${name} has changed since it was shown.`, 'Look at it again.');

const changedSince = (server: string, name: string, differences: readonly string[]): Failure =>
  failure(
    'TOOL_CHANGED',
    `The tool ${name} of ${server} is not the one that was allowed. ${differences.join(' ')}`,
    'Look at it, and allow it again if you want it so.',
  );

const notAllowed = (server: string, name: string): Failure =>
  failure(
    'TOOL_NOT_ALLOWED',
    `The tool ${name} of ${server} is not allowed.`,
    'Look at it, and allow it if you want it.',
  );

const waiting = (server: string, names: readonly string[]): Failure =>
  failure(
    'TOOLS_NEW',
    `${server} offers tools that you have not seen: ${list(names)}.`,
    'Look at them and allow what you want.',
  );

const notOffered = (server: string, names: readonly string[]): Failure =>
  failure(
    'TOOLS_GONE',
    `${server} does not offer any more: ${list(names)}.`,
    'Nothing to do, if that is as it should be.',
  );

const tooManyTools = (server: string, count: number): Failure =>
  failure('TOOLS_TOO_MANY', `${server} offers more tools than are looked at.`, `The first ${count} can be used.`);
