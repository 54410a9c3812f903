import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { type Address, formatAddress } from './address.js';
import type { Identity } from './identity.js';
import { badAnswer, notPaired } from './native-failures.js';
import { PinnedAgent } from './pinned-agent.js';
import { KEEP_ALIVE_MS } from './profile.js';

/** Longest answer, and longest event of a stream, in bytes. */
export const MAX_ANSWER_BYTES = 1_048_576;
/** Three comments of an idle stream missed: the other end is gone, whatever TCP still believes. */
const STREAM_SILENCE_MS = 3 * KEEP_ALIVE_MS;

export interface PinnedLinkOptions {
  readonly identity: Identity;
  readonly address: Address;
  readonly pin: string | null;
}

/** Never leaves this process: by it a request is told from others when its connection is there. */
export const KEY_HEADER = 'x-tentacle-key';

/** HTTP to one key at one address. `fetch` is what the MCP client is given in place of Node's own, which cannot pin. */
export class PinnedLink implements Disposable {
  readonly address: Address;
  readonly #agent: PinnedAgent;
  readonly #sending = new Map<string, () => void>();
  #isRefused = false;

  constructor(options: PinnedLinkOptions) {
    this.address = options.address;
    this.#agent = new PinnedAgent(options);
  }

  get pin(): string | null {
    return this.#agent.pin;
  }

  /** Whether another key answered at the last connection. */
  get hasOtherKey(): boolean {
    return this.#agent.mismatch;
  }

  /** Whether the device has said that it does not know this computer. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Calls back when a connection is there and the request with this {@link KEY_HEADER} is about to go out, until released. */
  whenSending(key: string, callback: () => void): Disposable {
    this.#sending.set(key, callback);
    return { [Symbol.dispose]: () => this.#sending.delete(key) };
  }

  /** The URL of a path here. */
  url(path: string): URL {
    return new URL(path, `https://${formatAddress(this.address)}`);
  }

  /** As {@link fetch}, and rejects with UNAUTHORIZED where the device does not know this computer. */
  readonly fetchAsPaired = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const answer = await this.fetch(url, init);
    this.#isRefused = answer.status === 403;
    if (!this.#isRefused) return answer;
    await answer.body?.cancel();
    throw notPaired(formatAddress(this.address));
  };

  /** Like the global one, with text bodies only. Rejects with KEY_CHANGED or NOT_REACHED (nothing was sent), or the socket's error. */
  readonly fetch = (url: string | URL, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const body = typeof init.body === 'string' ? init.body : '';
      const { [KEY_HEADER]: key, ...headers } = Object.fromEntries(new Headers(init.headers ?? undefined));
      const sent = request(
        url,
        {
          agent: this.#agent,
          method: init.method ?? 'GET',
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          ...(init.signal ? { signal: init.signal } : {}),
        },
        (answer) => {
          resolve(this.#response(answer));
        },
      );
      sent.on('error', reject);
      // Emitted before the first byte goes out, and not at all where no connection came about.
      if (key !== undefined) sent.once('socket', () => this.#sending.get(key)?.());
      sent.end(body);
    });

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  #response(answer: IncomingMessage): Response {
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream') ?? false;
    if (isStream) answer.setTimeout(STREAM_SILENCE_MS, () => answer.destroy(new Error('The stream fell silent.')));
    let bytes = 0;
    const content = new ReadableStream<Uint8Array>({
      start: (controller) => {
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) {
            answer.destroy(badAnswer(formatAddress(this.address), 'its answer is too long'));
            return;
          }
          // The limit is for one event: a stream may stay open for months.
          if (isStream && chunk.includes('\n\n')) bytes = 0;
          controller.enqueue(new Uint8Array(chunk));
        });
        answer.once('end', () => controller.close());
        answer.once('error', (error) => controller.error(error));
        answer.once('close', () => {
          if (!answer.complete) controller.error(new Error('The connection broke.'));
        });
      },
      cancel: () => {
        answer.destroy();
      },
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      if (typeof value === 'string') headers.set(name, value);
    }
    const status = answer.statusCode ?? 500;
    return new Response([204, 205, 304].includes(status) ? null : content, { status, headers });
  }
}
