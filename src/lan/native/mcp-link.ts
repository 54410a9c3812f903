import {
  Client,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { z } from 'zod';
import { peerWords } from '../../core/peer-words.js';
import type { CallArguments } from '../../core/plan.js';
import { formatAddress } from './address.js';
import { MAX_FUNCTIONS } from './device-description.js';
import { badAnswer, innerFailure, keyChanged, notReached } from './native-failures.js';
import { KEY_HEADER, PinnedLink, type PinnedLinkOptions } from './pinned-link.js';
import {
  CANCEL_METHOD,
  type CallStatus,
  callStatusSchema,
  DEVICE_URI,
  type DeviceFacts,
  deviceClockSchema,
  deviceFactsSchema,
  deviceStateValuesSchema,
  MCP_PATH,
  META,
  type PlainValue,
  RENEW_METHOD,
  STATE_URI,
  STATUS_METHOD,
  type WireOutcome,
  wireOutcomeSchema,
} from './profile.js';
import { RemoteClock } from './remote-clock.js';

/** The revision of MCP that the profile builds on. */
const MCP_REVISION = '2026-07-28';
/** Pages of a function list that are read. */
const MAX_PAGES = 8;

export interface SentCall {
  readonly function: string;
  readonly args: CallArguments;
  readonly key: string;
  /** Milliseconds from now in which the device may begin it. */
  readonly ttlMs: number;
  /** Called right before the first byte goes out; not called where no connection came about. */
  readonly onSending: () => void;
}

const timedSchema = z.looseObject({
  _meta: z.looseObject({ [META.clock]: deviceClockSchema.optional() }).optional(),
});
const resultSchema = timedSchema.extend({ structuredContent: z.unknown() });
const pageSchema = z.object({ tools: z.array(z.unknown()).max(1_000), nextCursor: z.string().max(1_000).optional() });
const contentsSchema = z.object({ contents: z.array(z.object({ text: z.string() })).length(1) });

/** MCP with one device at one address. Requests are independent of each other: a broken connection breaks one of them. */
export class McpLink implements AsyncDisposable {
  readonly #link: PinnedLink;
  readonly #client: Client;
  readonly #lost = new AbortController();
  #clock: RemoteClock | null = null;

  private constructor(link: PinnedLink) {
    this.#link = link;
    this.#client = new Client(
      { name: 'tentacle', version: '1' },
      { versionNegotiation: { mode: { pin: MCP_REVISION } }, inputRequired: { autoFulfill: false } },
    );
  }

  /** Rejects with KEY_CHANGED, UNAUTHORIZED, NOT_REACHED, BAD_ANSWER or the signal's reason. */
  static async open(options: PinnedLinkOptions, signal: AbortSignal): Promise<McpLink> {
    const opened = new McpLink(new PinnedLink(options));
    const url = opened.#link.url(MCP_PATH);
    const transport = new StreamableHTTPClientTransport(url, { fetch: opened.#link.fetchAsPaired });
    try {
      await opened.#translated(() => opened.#client.connect(transport, { signal }));
      return opened;
    } catch (error) {
      await opened[Symbol.asyncDispose]();
      throw error;
    }
  }

  get address() {
    return this.#link.address;
  }

  /** Aborts when this link was given up. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async facts(signal: AbortSignal): Promise<DeviceFacts> {
    const facts = this.#parsed(deviceFactsSchema, await this.#resource(DEVICE_URI, signal), 'its description');
    this.#noteClock(facts.clock);
    return facts;
  }

  async state(signal: AbortSignal): Promise<Readonly<Record<string, PlainValue>>> {
    return this.#parsed(deviceStateValuesSchema, await this.#resource(STATE_URI, signal), 'its state');
  }

  /** The function list as it came, page by page, up to one more than are looked at. */
  async tools(signal: AbortSignal): Promise<readonly unknown[]> {
    const tools: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES && tools.length <= MAX_FUNCTIONS; page += 1) {
      const params = cursor === undefined ? {} : { cursor };
      const answer = await this.#request({ method: 'tools/list', params }, pageSchema, signal);
      tools.push(...answer.tools);
      cursor = answer.nextCursor;
      if (cursor === undefined) break;
    }
    return tools;
  }

  /** Resolves with the device's outcome. */
  async call(sent: SentCall, signal: AbortSignal): Promise<WireOutcome> {
    const issued = this.#clock?.now();
    const meta = { [META.key]: sent.key, [META.ttlMs]: sent.ttlMs, [META.issued]: issued };
    const params = { name: sent.function, arguments: sent.args, _meta: meta };
    using _ = this.#link.whenSending(sent.key, sent.onSending);
    const headers = { [KEY_HEADER]: sent.key };
    const answer = await this.#request({ method: 'tools/call', params }, resultSchema, signal, headers);
    this.#noteClock(answer._meta?.[META.clock]);
    return this.#parsed(wireOutcomeSchema, answer.structuredContent, 'the outcome of a call');
  }

  status(key: string, waitMs: number, signal: AbortSignal): Promise<CallStatus> {
    return this.#ask(STATUS_METHOD, { key, waitMs }, signal);
  }

  cancel(key: string, signal: AbortSignal): Promise<CallStatus> {
    return this.#ask(CANCEL_METHOD, { key }, signal);
  }

  renew(key: string, signal: AbortSignal): Promise<CallStatus> {
    return this.#ask(RENEW_METHOD, { key }, signal);
  }

  /** Hears of changes from now on. Resolves, once the device has agreed, with the promise of the stream's end. */
  async listen(
    on: { readonly state: () => void; readonly functions: () => void },
    signal: AbortSignal,
  ): Promise<{ readonly ended: Promise<unknown> }> {
    this.#client.setNotificationHandler('notifications/resources/updated', on.state);
    this.#client.setNotificationHandler('notifications/tools/list_changed', on.functions);
    const filter = { resourceSubscriptions: [STATE_URI], toolsListChanged: true };
    const stream = await this.#translated(() => this.#client.listen(filter, { signal }));
    return { ended: stream.closed };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lost.abort(notReached(formatAddress(this.address), new Error('The link was given up.')));
    await this.#client.close().catch(() => {});
    this.#link[Symbol.dispose]();
  }

  async #ask(method: string, params: Record<string, unknown>, signal: AbortSignal): Promise<CallStatus> {
    const answer = await this.#request({ method, params }, timedSchema, signal);
    this.#noteClock(answer._meta?.[META.clock]);
    return this.#parsed(callStatusSchema, answer, 'what it knows of a call');
  }

  async #resource(uri: string, signal: AbortSignal): Promise<unknown> {
    const { contents } = await this.#request({ method: 'resources/read', params: { uri } }, contentsSchema, signal);
    try {
      return JSON.parse(contents[0]?.text ?? '');
    } catch {
      return null;
    }
  }

  #request<T>(
    request: { method: string; params: Record<string, unknown> },
    schema: z.ZodType<T>,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const either = AbortSignal.any([signal, this.#lost.signal]);
    // Time is up when the signal says so: the library's own limit must not come before it.
    const options = { signal: either, timeout: LIBRARY_TIMEOUT_MS, headers };
    return this.#translated(() => this.#client.request(request, schema, options));
  }

  /** The library's errors in our words. */
  async #translated<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const where = formatAddress(this.address);
      if (this.#link.hasOtherKey) throw keyChanged(where);
      const failure = innerFailure(error);
      if (failure) throw failure;
      if (isAnswer(error)) throw badAnswer(where, peerWords(error.message, 300));
      throw error;
    }
  }

  #parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw badAnswer(formatAddress(this.address), `${what} cannot be read`);
  }

  #noteClock(reading: z.infer<typeof deviceClockSchema> | undefined): void {
    if (!reading) return;
    if (this.#clock) this.#clock.set(reading);
    else this.#clock = new RemoteClock(reading);
  }
}

const LIBRARY_TIMEOUT_MS = 3_600_000;

/** Whether the device answered, with an error or with something that MCP has no place for. */
function isAnswer(error: unknown): error is Error {
  if (error instanceof ProtocolError) return true;
  if (!(error instanceof SdkError)) return false;
  // A connection that broke in the first request has its own error for a cause.
  return (
    ANSWER_CODES.has(error.code) || (error.code === SdkErrorCode.EraNegotiationFailed && error.cause === undefined)
  );
}

const ANSWER_CODES: ReadonlySet<SdkErrorCode> = new Set([
  SdkErrorCode.InvalidResult,
  SdkErrorCode.UnsupportedResultType,
  SdkErrorCode.ClientHttpNotImplemented,
  SdkErrorCode.ClientHttpAuthentication,
  SdkErrorCode.ClientHttpForbidden,
  SdkErrorCode.ClientHttpUnexpectedContent,
]);
