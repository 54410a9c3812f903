import type { ServerResponse } from 'node:http';

/** Answers with JSON; everything but 200 ends the connection, whose body may not have been read. */
export function answerJson(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end(text);
}
