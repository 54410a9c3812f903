import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeStreamableHTTPServerTransport, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isInitializeRequest, Server } from '@modelcontextprotocol/server';

export interface ServedTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema?: unknown;
}

interface ServedResult extends Record<string, unknown> {
  content: { type: 'text'; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
}

export interface HttpServerOptions {
  readonly tools?: readonly ServedTool[];
  /** What a call gives back. */
  readonly run?: (name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<ServedResult>;
  /** Requests without it are turned away. */
  readonly token?: string;
  /** Serves the revisions of 2025 alone, with sessions. */
  readonly isOld?: boolean;
  readonly port?: number;
  /** Modern answers as streams, whose first bytes come before the result. */
  readonly streams?: boolean;
}

export const said = (text: string): ServedResult => ({ content: [{ type: 'text', text }] });

/** A real MCP server over Streamable HTTP on 127.0.0.1, which lists exactly what a test says. */
export class TestHttpServer implements AsyncDisposable {
  tools: readonly ServedTool[];
  /** Every call that reached a tool: its name and arguments. */
  readonly calls: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[] = [];
  /** Calls that the client gave up. */
  cancelled = 0;
  requests = 0;
  /** Headers of the last request. */
  headers: IncomingMessage['headers'] = {};
  readonly #options: HttpServerOptions;
  readonly #http: HttpServer;
  readonly #handler: ReturnType<typeof createMcpHandler>;
  readonly #sessions = new Map<string, { transport: NodeStreamableHTTPServerTransport; server: Server }>();

  private constructor(options: HttpServerOptions) {
    this.#options = options;
    this.tools = options.tools ?? [];
    this.#handler = createMcpHandler(() => this.#server(), {
      legacy: 'stateless',
      ...(options.streams ? { responseMode: 'sse' as const } : {}),
    });
    const modern = toNodeHandler(this.#handler);
    this.#http = createServer((request, response) => {
      this.requests += 1;
      this.headers = request.headers;
      if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
        response.writeHead(401).end();
        return;
      }
      const { method = '', url = '', headers } = request;
      const body = { [Symbol.asyncIterator]: () => request[Symbol.asyncIterator]() };
      const served = options.isOld
        ? this.#serveOld(request, response)
        : modern({ method, url, headers, ...body }, response);
      Promise.resolve(served).catch(() => response.destroy());
    });
  }

  static async start(options: HttpServerOptions): Promise<TestHttpServer> {
    const made = new TestHttpServer(options);
    await new Promise<void>((resolve, reject) => {
      made.#http.once('error', reject);
      made.#http.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return made;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  /** Lists other tools from now on, and says so where `isTold`. */
  async change(tools: readonly ServedTool[], isTold = true): Promise<void> {
    this.tools = tools;
    if (!isTold) return;
    this.#handler.notify.toolsChanged();
    for (const { server } of this.#sessions.values()) await server.sendToolListChanged();
  }

  /** Forgets all sessions, as a server does that was started anew. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  /** Cuts every connection, in the middle of whatever it carries. */
  cut(): void {
    this.#http.closeAllConnections();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.cut();
    await closed;
    await this.#handler.close().catch(() => {});
  }

  #server(): Server {
    const server = new Server({ name: 'served', version: '2' }, { capabilities: { tools: { listChanged: true } } });
    // What hostile servers list is no valid list of tools: it goes out as it is.
    server.setRequestHandler('tools/list', () => ({ tools: [...this.tools] }) as never);
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const args = params.arguments ?? {};
      this.calls.push({ name: params.name, args });
      mcpReq.signal.addEventListener('abort', () => {
        this.cancelled += 1;
      });
      return (await this.#options.run?.(params.name, args, mcpReq.signal)) ?? said(`did ${params.name}`);
    });
    return server;
  }

  async #serveOld(
    request: IncomingMessage,
    response: Parameters<NodeStreamableHTTPServerTransport['handleRequest']>[1],
  ): Promise<void> {
    const known = this.#sessions.get(String(request.headers['mcp-session-id'] ?? ''));
    const body = request.method === 'POST' ? await jsonOf(request) : undefined;
    if (known) return known.transport.handleRequest(request, response, body);
    if (request.headers['mcp-session-id'] !== undefined) {
      response.writeHead(404).end();
      return;
    }
    if (!isInitializeRequest(body)) {
      response.writeHead(400).end();
      return;
    }
    const server = this.#server();
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        this.#sessions.set(id, { transport, server });
      },
    });
    await server.connect(transport);
    await transport.handleRequest(request, response, body);
  }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
