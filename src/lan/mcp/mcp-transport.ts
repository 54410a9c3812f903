import { Deadline, orAbort } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import type { Outcome } from '../../core/outcome.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, ok, type Result } from '../../core/result.js';
import { carryOut, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import type { LanCall } from '../lan-call.js';
import { fittingFunction, withoutRouting } from './catalogue-fit.js';
import { checkArguments } from './check-arguments.js';
import { linkLost } from './mcp-failures.js';
import { McpSession } from './mcp-session.js';
import { addressOf, checkServer, type McpServer } from './server-facts.js';
import { type McpTool, ToolBox } from './tool-box.js';
import { outcomeOf } from './tool-result.js';

export interface McpTransportOptions {
  readonly server: McpServer;
  /** Letters, digits, "-" and "_": stays the same over restarts. What the user allowed is kept under it. */
  readonly id: string;
  /** What the user calls the server. */
  readonly name: string;
  /** What the user allowed is kept here. */
  readonly folder: string;
  /** Marks a server that Tentacle simulates. */
  readonly virtual: boolean;
  /** How often the list of tools is read without a word of the server that it changed, in milliseconds. */
  readonly checkMs?: number;
}

const CHECK_MS = 60_000;
/** Before a tool's own name in a function's name: no tool passes for a function of the catalogue by this. */
const TOOL = 'tool:';

/**
 * One MCP server as a device, `mcp:<id>`. It offers what the user has seen and allowed: every such tool as `tool:<name>`, and
 * those that are a function of the catalogue under its name, too.
 */
export class McpTransport implements Transport {
  readonly name = 'mcp';
  readonly #options: McpTransportOptions;
  readonly #id: string;
  readonly #devices = new DeviceList();
  readonly #closing = new AbortController();
  readonly #session: McpSession;
  readonly #box: ToolBox;
  #begun: Promise<void> | null = null;

  /** @throws TentacleError BAD_ID, and those of {@link checkServer} */
  constructor(options: McpTransportOptions) {
    checkServer(options.server);
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(options.id)) throw badId();
    this.#options = options;
    this.#id = `mcp:${options.id}`;
    this.#session = new McpSession({
      server: options.server,
      name: options.name,
      checkMs: options.checkMs ?? CHECK_MS,
      onChange: () => this.#show(),
    });
    this.#box = new ToolBox(options, () => this.#session);
    this.#show();
  }

  /** Starts to reach the server. Resolves after the first try, or at the timeout; the trying goes on until disposed. */
  async start({ signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    this.#begun ??= this.#begin();
    using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed(this.#options.name, timeoutMs));
    await orAbort(this.#begun, deadline.signal).catch(() => {});
  }

  devices(): readonly Device[] {
    return this.#devices.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#devices.watch(listener);
  }

  /** The server's tools as they are listed now, to be shown: {@link allow} goes by what was given out here last. */
  tools(): readonly McpTool[] {
    return this.#box.look();
  }

  /** What waits for the user: tools that are new, changed or gone, and a list of allowed tools that cannot be read. */
  problems(): readonly Failure[] {
    return this.#box.problems();
  }

  /**
   * The user has seen these tools and wants them used as they are. Failures: TOOLS_NOT_SEEN, TOOL_UNKNOWN, TOOL_UNUSABLE,
   * TOOL_CHANGED (since it was shown), MCP_TOOLS_UNREADABLE, MCP_TOOLS_NOT_SAVED. Then none of them is allowed.
   */
  async allow(names: readonly string[] | 'all'): Promise<Result<void, Failure>> {
    const decided = await this.#box.allow(names);
    this.#show();
    return decided;
  }

  /** The user does not want these tools used. Failures: TOOL_UNKNOWN, MCP_TOOLS_UNREADABLE, MCP_TOOLS_NOT_SAVED. */
  async disallow(names: readonly string[] | 'all'): Promise<Result<void, Failure>> {
    const decided = await this.#box.disallow(names);
    this.#show();
    return decided;
  }

  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    return this.#carryOut(deviceId, invocation, options, invocation.args);
  }

  /** Calls a tool by its own name, with arguments of any form. Resolves with exactly one outcome; never rejects. */
  callTool(name: string, args: Readonly<Record<string, unknown>>, options: InvokeOptions): Promise<Outcome> {
    const invocation = { callId: '', function: `${TOOL}${name}`, args: {}, contacts: {} };
    return this.#carryOut(this.#id, invocation, options, args);
  }

  /** A server has no people. */
  async findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return this.#devices.get(deviceId) ? ok([]) : err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    this.#devices.close();
    await Promise.all([this.#session[Symbol.asyncDispose](), this.#begun]);
  }

  async #carryOut(
    deviceId: string,
    invocation: Invocation,
    options: InvokeOptions,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Outcome> {
    const device = this.#devices.get(deviceId);
    const objection = device && this.#box.objectionTo(nameOf(invocation.function));
    if (device?.state === 'ready' && objection) return { status: 'failed', failure: objection };
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return carryOut(device, invocation, { ...options, signal }, (call) => this.#call(call, args));
  }

  async #call(call: LanCall, args: Readonly<Record<string, unknown>>): Promise<Outcome> {
    const { link, tools } = this.#session;
    const tool = tools.find(({ name }) => name === nameOf(call.function));
    const server = this.#options.name;
    if (!link || !tool) throw linkLost(server);
    const isByOwnName = call.function.startsWith(TOOL);
    const given = isByOwnName ? args : withoutRouting(call.function, tool.schema, args);
    const objections = checkArguments(tool.schema, given);
    if (objections.length > 0) throw badArguments(tool.name, objections);
    call.markSent();
    const result = await link.call(tool, given, call.signal);
    const descriptor = isByOwnName ? null : fittingFunction(tool.name, tool.schema);
    return outcomeOf(result, { tool: tool.name, server, descriptor });
  }

  async #begin(): Promise<void> {
    await this.#box.load();
    if (this.#closing.signal.aborted) return;
    this.#session.start();
    await this.#session.settled;
  }

  #show(): void {
    if (this.#closing.signal.aborted) return;
    const { state, reason, software } = this.#session;
    const { name, server, virtual } = this.#options;
    this.#devices.set({
      id: this.#id,
      kind: 'computer',
      name,
      aliases: [],
      room: null,
      deviceClass: 'mcp',
      groups: [],
      transport: this.name,
      address: addressOf(server),
      state,
      stateReason: reason,
      virtual,
      functions: this.#functions(),
      details: { ...(software === '' ? {} : { software }), tools: this.#box.summary() },
    });
  }

  #functions(): string[] {
    return this.#box
      .allowed()
      .flatMap(({ name, schema }) => [...(fittingFunction(name, schema) ? [name] : []), `${TOOL}${name}`]);
  }
}

const nameOf = (functionName: string): string =>
  functionName.startsWith(TOOL) ? functionName.slice(TOOL.length) : functionName;

function badArguments(tool: string, objections: readonly string[]): TentacleError {
  return new TentacleError({
    code: 'BAD_ARGUMENTS',
    fault: 'user',
    message: `${tool} does not take this: ${objections.join(' ')}`,
    next: 'Say it again with what is missing or wrong. Nothing was sent.',
  });
}

function badId(): TentacleError {
  return new TentacleError({
    code: 'BAD_ID',
    fault: 'tentacle',
    message: 'The id of a server has up to 64 letters, digits, - and _.',
    next: 'This is a mistake in Tentacle: please report it.',
  });
}
