import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** How a {@link FileServer} behaves; changed between requests as a test needs it. */
export interface FileServerBehaviour {
  content: Buffer;
  /** The entity tag as it is sent, with its quotes; null for none. */
  etag: string | null;
  ranges: boolean;
  /** The connection is cut after so many bytes of a body. */
  cutAfter: number | null;
  /** Nothing is answered at all. */
  silent: boolean;
  /** Nothing more is sent after so many bytes of a body. */
  stallAfter: number | null;
  /** Said instead of the content's own length; null to say none. */
  length: number | null | 'own';
  /** Where a request for a path is sent on to. */
  redirects: Record<string, string>;
  /** Answered instead, for every request. */
  status: number | null;
}

/** A real HTTP server on 127.0.0.1 with one file under every path, as good and as bad as real ones are. */
export class FileServer implements AsyncDisposable {
  readonly behaviour: FileServerBehaviour;
  /** Every request: its method, its path, and the range that it asks for. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #scheme: string;

  private constructor(server: Server, scheme: string, behaviour: FileServerBehaviour) {
    this.#server = server;
    this.#scheme = scheme;
    this.behaviour = behaviour;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  static async start(content: Buffer, tls?: { key: Buffer; cert: Buffer }): Promise<FileServer> {
    const server = tls ? createSecureServer(tls) : createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FileServer(server, tls ? 'https' : 'http', {
      content,
      etag: '"one"',
      ranges: true,
      cutAfter: null,
      silent: false,
      stallAfter: null,
      length: 'own',
      redirects: {},
      status: null,
    });
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#scheme}://127.0.0.1:${port}`;
  }

  url(path = '/model.gguf'): URL {
    return new URL(path, this.origin);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { content, etag, ranges, redirects, silent, status } = this.behaviour;
    const path = request.url ?? '/';
    this.requests.push(`${request.method} ${path}${request.headers.range ? ` ${request.headers.range}` : ''}`);
    if (silent) return;
    const location = redirects[path];
    if (location !== undefined) {
      response.writeHead(302, { location }).end();
      return;
    }
    if (status !== null) {
      response.writeHead(status).end();
      return;
    }
    if (etag !== null) response.setHeader('etag', etag);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    if (ranges && isSame && !Number.isNaN(start)) {
      if (start >= content.length) {
        response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
        return;
      }
      response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
      this.#send(206, content.subarray(start), request, response);
      return;
    }
    this.#send(200, content, request, response);
  }

  #send(status: number, body: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const { cutAfter, stallAfter, length } = this.behaviour;
    if (length !== null) response.setHeader('content-length', length === 'own' ? body.length : length);
    response.writeHead(status);
    if (request.method === 'HEAD') response.end();
    else if (cutAfter !== null)
      response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 50));
    else if (stallAfter !== null) response.write(body.subarray(0, stallAfter));
    else response.end(body);
  }
}
