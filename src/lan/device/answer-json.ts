import type { ServerResponse } from 'node:http';

export interface JsonAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers with JSON; everything but 200 ends the connection, whose body may not have been read. */
export function answerJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end(text);
}
