import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { Deadline, orAbort, pause } from '../../core/deadline.js';
import type { TentacleError } from '../../core/failure.js';
import { shownWords } from '../shown-words.js';
import { guardedFetch } from './guarded-fetch.js';
import { libraryFailure } from './library-failure.js';
import { linkLost, noTools } from './mcp-failures.js';
import { MAX_TOOLS, type OfferedTool } from './offered-tool.js';
import { ProgramTransport } from './program-transport.js';
import { isProgram, type McpServer } from './server-facts.js';

export interface McpLinkOptions {
  readonly server: McpServer;
  /** What the server is called, for sentences. */
  readonly name: string;
  /** Begin as the revisions of 2025 do, without asking for a later one. */
  readonly isOld: boolean;
  /** The server says that its tools are others now. */
  readonly onToolsChanged: () => void;
}

/** Pages of a list of tools that are read. */
const MAX_PAGES = 50;
/** How long a server may take to say which revision it speaks; a program that stays silent speaks an old one. */
const PROBE_MS = 8_000;
const GOODBYE_MS = 1_000;
/** How long calls may go on after another request found the server gone, and how often that is looked at, in milliseconds. */
const QUIET_MS = 2_000;
const QUIET_STEP_MS = 20;
/** Time is up when our signals say so: the library's own limit must not come before them. */
const LIBRARY_TIMEOUT_MS = 3_600_000;

const pageSchema = z.object({ tools: z.array(z.unknown()).max(5_000), nextCursor: z.string().max(4_096).optional() });

/** One connection with one server, of whatever revision of MCP. */
export class McpLink implements AsyncDisposable {
  readonly #options: McpLinkOptions;
  readonly #client: Client;
  readonly #transport: Transport;
  readonly #lost = new AbortController();
  readonly #cut = new AbortController();
  readonly #closing = new AbortController();
  #underWay = 0;

  private constructor(options: McpLinkOptions) {
    this.#options = options;
    this.#client = new Client(
      { name: 'tentacle', version: '1' },
      {
        versionNegotiation: { mode: 'auto', probe: { timeoutMs: PROBE_MS } },
        // Tentacle answers no questions of a server: it has no model to lend and no forms to show.
        inputRequired: { autoFulfill: false },
        // Schemas of a stranger are not compiled into code.
        jsonSchemaValidator: {
          getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'not checked' }),
        },
      },
    );
    this.#transport = this.#way();
  }

  /** Rejects with a TentacleError: what kept the connection from coming about, or the signal's reason. */
  static async open(options: McpLinkOptions, signal: AbortSignal): Promise<McpLink> {
    const link = new McpLink(options);
    try {
      await link.#connect(signal);
      return link;
    } catch (error) {
      await link[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Aborts when the link is of no use any more; its reason says why. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Calls that are not answered yet. */
  get underWay(): number {
    return this.#underWay;
  }

  /** The server's own name and version, as it says. */
  get software(): string {
    const { name = '', version = '' } = this.#client.getServerVersion() ?? {};
    return shownWords(`${name} ${version}`, 80);
  }

  /** The revision of MCP that is spoken, such as "2026-07-28". */
  get revision(): string {
    return shownWords(this.#client.getNegotiatedProtocolVersion() ?? '', 20);
  }

  /** The list of tools as it came, page by page, up to one more than are looked at. Rejects with NO_TOOLS as well. */
  async tools(signal: AbortSignal): Promise<readonly unknown[]> {
    if (!this.#client.getServerCapabilities()?.tools) throw noTools(this.#options.name);
    const tools: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES && tools.length <= MAX_TOOLS; page += 1) {
      const params = cursor === undefined ? {} : { cursor };
      const answer = await this.#ask(signal, (options) =>
        this.#client.request({ method: 'tools/list', params }, pageSchema, options),
      );
      tools.push(...answer.tools);
      cursor = answer.nextCursor;
      if (cursor === undefined) break;
    }
    return tools;
  }

  /** Resolves with the tool's result as it came. When the signal aborts, the server is told that nobody waits any more. */
  async call(tool: OfferedTool, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<unknown> {
    this.#underWay += 1;
    try {
      const params = { name: tool.name, arguments: { ...args } };
      const toolDefinition = { name: tool.name, inputSchema: { ...tool.wireSchema } };
      return await this.#ask(signal, (options) => this.#client.callTool(params, { ...options, toolDefinition }));
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Resolves when no call is under way, or soon: each of them finds out by itself what became of it. */
  async quiet(signal: AbortSignal): Promise<void> {
    const endsAt = performance.now() + QUIET_MS;
    while (this.#underWay > 0 && performance.now() < endsAt && !signal.aborted) {
      await pause(QUIET_STEP_MS, signal).catch(() => {});
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(linkLost(this.#options.name));
    this.#cut.abort(linkLost(this.#options.name));
    this.#lose(linkLost(this.#options.name));
    const transport = this.#transport;
    if (transport instanceof StreamableHTTPClientTransport && transport.sessionId !== undefined) {
      // A server of the 2025 revisions keeps the session until it is told.
      using deadline = new Deadline(new AbortController().signal, GOODBYE_MS, () => linkLost(this.#options.name));
      await orAbort(transport.terminateSession(), deadline.signal).catch(() => {});
    }
    await this.#client.close().catch(() => {});
    await transport.close().catch(() => {});
  }

  async #connect(signal: AbortSignal): Promise<void> {
    const { isOld, onToolsChanged } = this.#options;
    this.#client.setNotificationHandler('notifications/tools/list_changed', onToolsChanged);
    this.#client.onclose = () => this.#lose(this.#ending());
    const options = { timeout: LIBRARY_TIMEOUT_MS, ...(isOld ? { prior: { kind: 'legacy' as const } } : {}) };
    try {
      await this.#translated(() => orAbort(this.#client.connect(this.#transport, options), signal));
    } catch (error) {
      const transport = this.#transport;
      // A program that has ended says more by how it ended than the library knows.
      if (transport instanceof ProgramTransport && transport.hasEnded) throw transport.ending;
      throw error;
    }
    this.#hear();
  }

  #way(): Transport {
    const { server, name } = this.#options;
    if (isProgram(server)) return new ProgramTransport(server, name);
    const { url, token } = server;
    const onLost = (why: TentacleError): void => this.#lose(why);
    const onCut = (why: TentacleError): void => {
      this.#cut.abort(why);
      onLost(why);
    };
    const fetch = guardedFetch({ name, hasToken: token !== undefined, onLost, onCut });
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return new StreamableHTTPClientTransport(new URL(url), { fetch, requestInit: { headers } });
  }

  /** Hears of changes from a server of today, which tells them to whom asks; the stream is opened anew when it ends. */
  #hear(): void {
    const isToday = this.#client.getProtocolEra() === 'modern';
    if (!isToday || !this.#client.getServerCapabilities()?.tools?.listChanged) return;
    const listen = async (): Promise<void> => {
      while (!this.#lost.signal.aborted) {
        const stream = await this.#client.listen({ toolsListChanged: true }, { signal: this.#closing.signal });
        await stream.closed;
        // What changed while nobody heard.
        if (!this.#closing.signal.aborted) this.#options.onToolsChanged();
      }
    };
    // A server that cannot be heard is asked now and then; one that is gone is noticed by what carries the bytes.
    listen().catch(() => {});
  }

  async #ask<T>(
    signal: AbortSignal,
    ask: (options: { signal: AbortSignal; timeout: number }) => Promise<T>,
  ): Promise<T> {
    if (this.#lost.signal.aborted) throw this.#lost.signal.reason;
    const either = AbortSignal.any([signal, this.#cut.signal]);
    return await this.#translated(() => ask({ signal: either, timeout: LIBRARY_TIMEOUT_MS }));
  }

  /** The library's errors in our words. */
  async #translated<T>(ask: () => Promise<T>): Promise<T> {
    const { name } = this.#options;
    try {
      return await ask();
    } catch (error) {
      if (this.#cut.signal.aborted) throw this.#cut.signal.reason;
      // Why the link is lost need not be what became of this request: it may have been sent, when another one was not.
      throw libraryFailure(name, error) ?? linkLost(name, error);
    }
  }

  #ending(): TentacleError {
    return this.#transport instanceof ProgramTransport ? this.#transport.ending : linkLost(this.#options.name);
  }

  #lose(why: TentacleError): void {
    this.#lost.abort(why);
  }
}
