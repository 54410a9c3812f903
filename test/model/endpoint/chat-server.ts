import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  tools: z.array(
    z.object({ type: z.literal('function'), function: z.object({ name: z.string(), parameters: z.unknown() }) }),
  ),
  tool_choice: z.literal('auto'),
  temperature: z.literal(0),
});

export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: z.infer<typeof requestSchema>;
}

/** A real HTTP server on 127.0.0.1 that answers as `respond` says and keeps what it was asked. */
export async function chatServer(
  respond: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<AsyncDisposable & { readonly url: string; readonly seen: readonly SeenRequest[] }> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = requestSchema.parse(JSON.parse(Buffer.concat(parts).toString()));
      seen.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      respond(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with one chat completion. */
export function completes(message: unknown): (response: ServerResponse) => void {
  return (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: 'x', object: 'chat.completion', choices: [{ index: 0, message }] }));
  };
}
