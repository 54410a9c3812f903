import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { z } from 'zod';
import {
  CANCEL_METHOD,
  type CallStatus,
  callKeySchema,
  DEVICE_URI,
  type DeviceFacts,
  deviceClockSchema,
  KEEP_ALIVE_MS,
  MAX_STATUS_WAIT_MS,
  META,
  type PlainValue,
  RENEW_METHOD,
  STATE_URI,
  STATUS_METHOD,
  type WireOutcome,
} from '../native/profile.js';
import type { DeviceFunction } from './define-function.js';
import type { DeviceCalls } from './device-calls.js';
import type { DeviceClock } from './device-clock.js';

export interface DeviceMcpOptions {
  readonly facts: Omit<DeviceFacts, 'clock'>;
  readonly functions: readonly DeviceFunction[];
  readonly calls: DeviceCalls;
  readonly clock: DeviceClock;
  readonly state: ReadonlyMap<string, PlainValue>;
}

/** A call is a few hundred bytes; nobody has reason to send more. */
const MAX_REQUEST_BYTES = 65_536;

const callMetaSchema = z.object({
  [META.key]: callKeySchema,
  [META.ttlMs]: z.number().positive(),
  [META.issued]: deviceClockSchema,
});
const keyParams = z.object({ key: callKeySchema });
const statusParams = keyParams.extend({ waitMs: z.number().min(0).max(MAX_STATUS_WAIT_MS).default(0) });

/** The device's MCP side: functions as tools, facts and state as resources, and the profile's own three methods. */
export class DeviceMcp {
  readonly #options: DeviceMcpOptions;
  readonly #handler: ReturnType<typeof createMcpHandler>;
  readonly #node: ReturnType<typeof toNodeHandler>;

  constructor(options: DeviceMcpOptions) {
    this.#options = options;
    this.#handler = createMcpHandler(({ authInfo }) => this.#server(authInfo?.clientId ?? ''), {
      legacy: 'reject',
      keepAliveMs: KEEP_ALIVE_MS,
      maxSubscriptions: 64,
      maxRequestBodySize: MAX_REQUEST_BYTES,
    });
    this.#node = toNodeHandler(this.#handler, { maxRequestBodySize: MAX_REQUEST_BYTES });
  }

  /** Serves a request that came from a pinned computer. */
  handle(computer: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const auth = { token: '', clientId: computer, scopes: [] };
    const body = { [Symbol.asyncIterator]: () => request[Symbol.asyncIterator]() };
    return this.#node({ method, url, headers, auth, ...body }, response);
  }

  stateChanged(): void {
    this.#handler.notify.resourceUpdated(STATE_URI);
  }

  close(): Promise<void> {
    return this.#handler.close();
  }

  #server(owner: string): Server {
    const { facts, functions, calls } = this.#options;
    const server = new Server(
      { name: facts.name, version: '1' },
      { capabilities: { tools: { listChanged: true }, resources: { subscribe: true } } },
    );
    server.setRequestHandler('tools/list', () => ({ tools: functions.map(toolOf) }));
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const meta = callMetaSchema.safeParse(mcpReq._meta);
      if (!meta.success) throw invalid(`_meta lacks what a call needs: ${z.prettifyError(meta.error)}`);
      const outcome = await calls.call({
        owner,
        key: meta.data[META.key],
        function: params.name,
        args: params.arguments ?? {},
        issued: meta.data[META.issued],
        ttlMs: meta.data[META.ttlMs],
      });
      return this.#result(outcome);
    });
    server.setRequestHandler('resources/list', () => ({
      resources: [
        { uri: DEVICE_URI, name: 'device', mimeType: 'application/json' },
        { uri: STATE_URI, name: 'state', mimeType: 'application/json' },
      ],
    }));
    server.setRequestHandler('resources/read', ({ params }) => this.#read(params.uri));
    server.setRequestHandler(STATUS_METHOD, { params: statusParams }, async ({ key, waitMs }) =>
      this.#status(await calls.status(owner, key, waitMs)),
    );
    server.setRequestHandler(CANCEL_METHOD, { params: keyParams }, ({ key }) => this.#status(calls.cancel(owner, key)));
    server.setRequestHandler(RENEW_METHOD, { params: keyParams }, ({ key }) => this.#status(calls.renew(owner, key)));
    return server;
  }

  #read(uri: string) {
    const { facts, clock, state } = this.#options;
    if (uri !== DEVICE_URI && uri !== STATE_URI) throw invalid('There is no such resource here.');
    const content = uri === DEVICE_URI ? { ...facts, clock: clock.reading() } : Object.fromEntries(state);
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(content) }] };
  }

  #result(outcome: WireOutcome) {
    return {
      content: [{ type: 'text' as const, text: wordsOf(outcome) }],
      structuredContent: { ...outcome },
      isError: outcome.status !== 'done',
      _meta: this.#clockMeta(),
    };
  }

  #status(status: CallStatus) {
    return { ...status, _meta: this.#clockMeta() };
  }

  #clockMeta() {
    return { [META.clock]: this.#options.clock.reading() };
  }
}

function toolOf({ name, description, inputSchema, repeat, leaseMs }: DeviceFunction) {
  return {
    name,
    description,
    inputSchema: { ...inputSchema, type: 'object' as const },
    _meta: { [META.repeat]: repeat, ...(leaseMs === null ? {} : { [META.leaseMs]: leaseMs }) },
  };
}

function wordsOf(outcome: WireOutcome): string {
  if (outcome.status === 'done') return outcome.data?.text ?? outcome.receipt;
  return outcome.status === 'failed' ? outcome.message : outcome.why;
}

function invalid(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
