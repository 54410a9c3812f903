import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../core/canonical-json.js';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { JsonFile } from '../../platform/json-file.js';
import { MAX_TOOLS, type OfferedTool } from './offered-tool.js';

/** What the user decided of a tool, and what it was then. */
const decisionSchema = z.object({
  name: z.string(),
  isAllowed: z.boolean(),
  fingerprint: z.string(),
  title: z.string().nullable(),
  description: z.string(),
  /** Canonical JSON text of its parameters. */
  schema: z.string(),
});
export type ToolDecision = z.infer<typeof decisionSchema>;

const fileSchema = z.object({ version: z.literal(1), tools: z.array(decisionSchema).max(MAX_TOOLS * 4) });

/** What the user allowed and disallowed of one server's tools. */
export class ToolDecisions {
  readonly #file: JsonFile<z.infer<typeof fileSchema>>;
  #known = new Map<string, ToolDecision>();

  constructor(folder: string, id: string) {
    this.#file = new JsonFile(join(folder, `mcp-${id}-tools.json`), {
      schema: fileSchema,
      empty: { version: 1, tools: [] },
      title: 'The list of allowed tools',
      code: 'MCP_TOOLS',
    });
  }

  /** Failure: MCP_TOOLS_UNREADABLE; then nothing is allowed. */
  async load(): Promise<Result<void, Failure>> {
    const read = await this.#file.read();
    this.#known = new Map(read.ok ? read.value.tools.map((decision) => [decision.name, decision]) : []);
    return read.ok ? ok(undefined) : read;
  }

  all(): readonly ToolDecision[] {
    return [...this.#known.values()];
  }

  of(tool: OfferedTool): ToolDecision | null {
    return this.#known.get(tool.name) ?? null;
  }

  /** Whether the user has allowed this very tool: as it was when they saw it. */
  isAllowed(tool: OfferedTool): boolean {
    const decision = this.of(tool);
    return tool.unusable === null && decision?.isAllowed === true && decision.fingerprint === tool.fingerprint;
  }

  /** Keeps one decision for all these tools as they are now. Failures: MCP_TOOLS_UNREADABLE, MCP_TOOLS_NOT_SAVED. */
  async decide(tools: readonly OfferedTool[], isAllowed: boolean): Promise<Result<void, Failure>> {
    const decided = new Map(tools.map((tool) => [tool.name, decisionOn(tool, isAllowed)]));
    let after: readonly ToolDecision[] = [];
    const changed = await this.#file.change(({ version, tools: before }) => {
      const tools = [...before.filter(({ name }) => !decided.has(name)), ...decided.values()];
      if (tools.length > MAX_TOOLS * 4) return err(tooMany());
      after = tools;
      return ok({ version, tools });
    });
    if (changed.ok) this.#known = new Map(after.map((decision) => [decision.name, decision]));
    return changed;
  }
}

function decisionOn(tool: OfferedTool, isAllowed: boolean): ToolDecision {
  const { name, title, description, schema, fingerprint } = tool;
  return { name, isAllowed, fingerprint, title, description, schema: canonicalJson(schema) };
}

function tooMany(): Failure {
  return {
    code: 'MCP_TOOLS_TOO_MANY',
    fault: 'device',
    message: 'This server has renamed its tools so often that no more of them can be remembered.',
    next: 'Remove the server and add it again, if you still trust it.',
  };
}
