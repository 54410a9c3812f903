import { join } from 'node:path';
import type { Failure } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import { systemClock } from '../../core/ports/clock.js';
import { err, ok, type Result } from '../../core/result.js';
import { SqliteJournal } from '../../journal/sqlite-journal.js';
import type { McpTransport } from '../../lan/mcp/mcp-transport.js';
import type { McpTool } from '../../lan/mcp/tool-box.js';
import { callTool } from '../connections/call-tool.js';
import { ConnectionStore } from '../connections/connection-store.js';
import { openConnection } from '../connections/open-connection.js';
import { dataFolder } from '../data-folder.js';
import { Consent } from './consent.js';
import { type ExitCode, exitCode } from './exit-code.js';
import type { ModelsConsole } from './models.js';
import { Notice } from './notice.js';
import { colorOutcome, renderOutcome } from './render-report.js';
import type { Terminal } from './terminal.js';
import { oneLine, wrap } from './terminal.js';
import type { ToolArguments, ToolCommands } from './tools-program.js';

/** What a tools command that did not end well exits with. */
export const toolExitCodes: Readonly<Record<string, ExitCode>> = {
  NOT_A_TOOL_SERVER: exitCode.usage,
  SERVER_NOT_READY: exitCode.notDone,
  TOOL_UNKNOWN: exitCode.usage,
  TOOL_UNUSABLE: exitCode.usage,
  TOOL_CHANGED: exitCode.notDone,
};

const SEARCH_MS = 20_000;

export interface ToolsConsole extends ModelsConsole {
  readonly exit: (code: ExitCode) => void;
}

/** `tentacle tools ...`. */
export class ToolsCli implements ToolCommands {
  readonly #console: ToolsConsole;

  constructor(console: ToolsConsole) {
    this.#console = console;
  }

  list(connection: string, options: { json: boolean }): Promise<void> {
    return this.#with(connection, async (server) => {
      const { out } = this.#console;
      const tools = server.tools();
      out.write(
        options.json ? `${JSON.stringify(tools, null, 2)}\n` : tools.map((tool) => renderTool(tool, out)).join(''),
      );
      return null;
    });
  }

  allow(connection: string, names: readonly string[], { yes }: { yes: boolean }): Promise<void> {
    return this.#with(connection, async (server) => {
      const { out, reader, signal, err: say } = this.#console;
      const chosen = server
        .tools()
        .filter(({ name, unusable }) => (names.length === 0 ? unusable === null : names.includes(name)));
      out.write(chosen.map((tool) => renderTool(tool, out)).join(''));
      const given = await new Consent({ out, reader, signal, yes }).given(
        `Use ${chosen.length === 1 ? 'this tool' : 'these tools'}?`,
      );
      if (!given.ok) return given.error;
      const allowed = await server.allow(names.length === 0 ? 'all' : names);
      if (!allowed.ok) return allowed.error;
      say.write('Allowed. A tool that changes is taken out of use until you have seen it again.\n');
      return null;
    });
  }

  disallow(connection: string, names: readonly string[]): Promise<void> {
    return this.#with(connection, async (server) => {
      server.tools();
      const decided = await server.disallow(names.length === 0 ? 'all' : names);
      return decided.ok ? null : decided.error;
    });
  }

  call(connection: string, tool: string, options: { args: ToolArguments; yes: boolean; json: boolean }): Promise<void> {
    return this.#with(connection, async (server) => {
      const { out, reader, signal, exit } = this.#console;
      const [device] = server.devices();
      if (!device) return notReady(connection, null);
      const asked = `Call ${oneLine(tool, 80)} of ${oneLine(device.name, 60)} with ${oneLine(JSON.stringify(options.args), 400)}?`;
      const given = await new Consent({ out, reader, signal, yes: options.yes }).given(asked);
      if (!given.ok) return given.error;
      await using journal = new SqliteJournal(join(dataFolder(), 'journal.db'));
      const call = { tool, args: options.args, device: { id: device.id, name: device.name } };
      const called = await callTool(server, call, { journal, clock: systemClock, signal });
      if (!called.ok) return called.error;
      out.write(options.json ? `${JSON.stringify(called.value, null, 2)}\n` : outcomeLine(called.value, out));
      if (called.value.status !== 'done') exit(exitCode.notDone);
      return null;
    });
  }

  async #with(name: string, use: (server: McpTransport) => Promise<Failure | null>): Promise<void> {
    const opened = await this.#open(name);
    try {
      if (!opened.ok) return this.#console.fail(opened.error);
      await using server = opened.value;
      const failure = await use(server);
      if (failure) this.#console.fail(failure);
    } finally {
      this.#console.reader[Symbol.dispose]();
    }
  }

  async #open(name: string): Promise<Result<McpTransport, Failure>> {
    const store = new ConnectionStore(dataFolder());
    const found = await store.find(name);
    if (!found.ok) return found;
    if (found.value.type !== 'mcp') return err(noServer(name));
    const secrets = await store.secretsOf(found.value);
    if (!secrets.ok) return secrets;
    const opened = await openConnection(found.value, secrets.value, dataFolder());
    if (!opened.ok) return opened;
    const server = opened.value;
    // Loaded by now, and by nobody who has no such server.
    const { McpTransport } = await import('../../lan/mcp/mcp-transport.js');
    if (!(server instanceof McpTransport)) return err(noServer(name));
    using _notice = new Notice(this.#console.err, `Asking ${name} what it offers`);
    await server.start({ signal: this.#console.signal, timeoutMs: SEARCH_MS });
    const [device] = server.devices();
    if (device?.state === 'ready') return ok(server);
    await server[Symbol.asyncDispose]();
    return err(notReady(name, device?.stateReason ?? null));
  }
}

function outcomeLine(outcome: Outcome, terminal: Terminal): string {
  const { word, detail } = renderOutcome(outcome);
  const data =
    outcome.status === 'done' && outcome.data ? `${wrap(oneLine(outcome.data.text, 2_000), terminal.width)}\n` : '';
  return `${colorOutcome(outcome.status, word, terminal)}  ${wrap(detail, terminal.width)}\n${data}`;
}

function renderTool(tool: McpTool, terminal: Terminal): string {
  const { colors, width } = terminal;
  const state = tool.unusable !== null ? colors.red('unusable') : tool.allowed ? colors.green('allowed') : 'not in use';
  const facts = [
    tool.description,
    ...(tool.unusable === null ? [] : [tool.unusable]),
    ...tool.changed.map((change) => `changed: ${change}`),
  ];
  const lines = facts.filter((fact) => fact !== '').map((fact) => wrap(`  ${oneLine(fact, 600)}`, width, '  '));
  const schema = colors.dim(wrap(`  ${oneLine(JSON.stringify(tool.inputSchema), 800)}`, width, '  '));
  return `${[`${colors.bold(oneLine(tool.name, 80))}  ${state}`, ...lines, schema].join('\n')}\n`;
}

function noServer(name: string): Failure {
  return {
    code: 'NOT_A_TOOL_SERVER',
    fault: 'user',
    message: `${name} is no MCP server.`,
    next: '"tentacle connections" shows which ones are.',
  };
}

function notReady(name: string, why: string | null): Failure {
  return {
    code: 'SERVER_NOT_READY',
    fault: 'link',
    message: `${name} cannot be asked now.`,
    next: why ?? 'Look whether it runs, and try again.',
  };
}
