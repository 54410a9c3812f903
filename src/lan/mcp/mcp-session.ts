import { BackOff } from '../../core/back-off.js';
import { Deadline, orAbort, pause } from '../../core/deadline.js';
import type { DeviceState } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, deadlinePassed, hasCode } from '../../core/failures.js';
import { linkLost } from './mcp-failures.js';
import { McpLink } from './mcp-link.js';
import { MAX_TOOLS, type OfferedTool, offeredTools } from './offered-tool.js';
import { isProgram, type McpServer } from './server-facts.js';

export interface McpSessionOptions {
  readonly server: McpServer;
  /** What the server is called, for sentences. */
  readonly name: string;
  /** How often the list of tools is read without being asked to, in milliseconds. */
  readonly checkMs: number;
  /** Hears of every change of what the session knows. */
  readonly onChange: () => void;
}

const OPEN_MS = 15_000;
/** Programs are fetched by their starters (npx, uvx) the first time. */
const OPEN_PROGRAM_MS = 120_000;
const READ_MS = 10_000;
/** Changes that come in a burst are read once, and nobody makes us read without end. */
const SETTLE_MS = 250;

/** Keeps one server reached: connects, reads its tools, hears of changes, and begins again when the link breaks. */
export class McpSession implements AsyncDisposable {
  readonly #options: McpSessionOptions;
  readonly #backOff = new BackOff();
  readonly #closing = new AbortController();
  #link: McpLink | null = null;
  #tools: readonly OfferedTool[] = [];
  #leftOut = 0;
  #software = '';
  #state: DeviceState = 'connecting';
  #reason: string | null = 'The server is being looked for.';
  /** Whether the program speaks a revision of 2025, and ends when it is asked for a later one. */
  #isOld = false;
  #stir: (() => void) | null = null;
  #isStirred = false;
  #running: Promise<void> | null = null;
  #settle = (): void => {};
  /** Resolves when the first try has ended, whatever came of it. */
  readonly settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor(options: McpSessionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  get link(): McpLink | null {
    return this.#link;
  }

  get state(): DeviceState {
    return this.#state;
  }

  get reason(): string | null {
    return this.#reason;
  }

  /** The tools as they were listed last. */
  get tools(): readonly OfferedTool[] {
    return this.#tools;
  }

  /** How many tools were not looked at, because there are too many. At least: not all pages may have been read. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** The server's name, version and revision, as it says. */
  get software(): string {
    return this.#software;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    await this.#running;
    this.#settle();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const failure = await this.#visit(signal);
      if (signal.aborted) break;
      this.#become(stateAfter(failure), `${failure.message} ${failure.next}`);
      this.#settle();
      await this.#backOff.wait(signal).catch(() => {});
    }
    this.#settle();
  }

  /** One connection from beginning to end. Resolves with what ended it. */
  async #visit(signal: AbortSignal): Promise<Failure> {
    const { name } = this.#options;
    try {
      await using link = await this.#open(signal);
      await this.#read(link, signal);
      this.#link = link;
      this.#software = `${link.software} (MCP ${link.revision})`;
      this.#backOff.reset();
      this.#become('ready', null);
      this.#settle();
      try {
        return await this.#stay(link, signal);
      } finally {
        this.#link = null;
        this.#become('connecting', 'The connection broke; trying again.');
        await link.quiet(signal);
      }
    } catch (error) {
      return error instanceof TentacleError ? error.failure : linkLost(name, error).failure;
    }
  }

  async #open(signal: AbortSignal): Promise<McpLink> {
    try {
      return await this.#openAs(this.#isOld, signal);
    } catch (error) {
      // Some programs of the older revisions end when the first thing they hear is a question that they do not know.
      const mayBeOld =
        isProgram(this.#options.server) && !this.#isOld && hasCode(error, 'LINK_LOST') && !signal.aborted;
      if (!mayBeOld) throw error;
      const link = await this.#openAs(true, signal);
      this.#isOld = true;
      return link;
    }
  }

  async #openAs(isOld: boolean, signal: AbortSignal): Promise<McpLink> {
    const { server, name } = this.#options;
    const timeoutMs = isProgram(server) ? OPEN_PROGRAM_MS : OPEN_MS;
    using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed(name, timeoutMs));
    return await McpLink.open({ server, name, isOld, onToolsChanged: () => this.#stirred() }, deadline.signal);
  }

  /** Reads the tools whenever they may have changed. Rejects with what ended the link. */
  async #stay(link: McpLink, signal: AbortSignal): Promise<never> {
    const either = AbortSignal.any([signal, link.lost]);
    for (;;) {
      const isToldSo = await this.#untilStirred(either);
      // A server that does one thing at a time does not answer while it is at work, and is not gone.
      if (!isToldSo && link.underWay > 0) continue;
      await this.#read(link, either);
      this.#options.onChange();
      await pause(SETTLE_MS, either);
    }
  }

  async #read(link: McpLink, signal: AbortSignal): Promise<void> {
    this.#isStirred = false;
    using deadline = new Deadline(signal, READ_MS, () => deadlinePassed(this.#options.name, READ_MS));
    const listed = await link.tools(deadline.signal);
    this.#tools = offeredTools(listed);
    this.#leftOut = Math.max(0, listed.length - MAX_TOOLS);
  }

  /** Resolves with true when the server said that something changed, with false when it is time to look. */
  async #untilStirred(signal: AbortSignal): Promise<boolean> {
    if (this.#isStirred) return true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const stirred = new Promise<boolean>((resolve) => {
        this.#stir = () => resolve(true);
        timer = setTimeout(() => resolve(false), this.#options.checkMs);
      });
      return await orAbort(stirred, signal);
    } finally {
      clearTimeout(timer);
      this.#stir = null;
    }
  }

  #stirred(): void {
    this.#isStirred = true;
    this.#stir?.();
  }

  #become(state: DeviceState, reason: string | null): void {
    if (this.#closing.signal.aborted) return;
    this.#state = state;
    this.#reason = reason;
    this.#options.onChange();
  }
}

const STATES: Readonly<Record<string, DeviceState>> = {
  UNAUTHORIZED: 'unauthorized',
  CERTIFICATE_NOT_TRUSTED: 'unauthorized',
  NOT_MCP: 'unsupported',
  NO_TOOLS: 'unsupported',
  SERVER_REFUSED: 'unsupported',
  NOT_CONFIRMED: 'unsupported',
};

const stateAfter = ({ code }: Failure): DeviceState => STATES[code] ?? 'offline';
