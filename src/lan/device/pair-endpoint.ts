import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { deviceWords } from '../native/device-words.js';
import {
  base64url,
  CONFIRM_PATH,
  confirmRequestSchema,
  MAX_PAIR_BODY,
  type PairRefusal,
  SHARE_PATH,
  START_PATH,
  shareRequestSchema,
  startRequestSchema,
} from '../native/pair-messages.js';
import type { JsonAnswer } from './answer-json.js';
import type { DeviceRecord } from './device-record.js';
import type { PairingWindow } from './pairing-window.js';

export interface PairEndpointOptions {
  readonly window: PairingWindow;
  readonly record: DeviceRecord;
  readonly name: string;
}

/** The three steps of pairing, over HTTPS, for whoever connects with a key of its own. */
export class PairEndpoint {
  readonly #options: PairEndpointOptions;

  constructor(options: PairEndpointOptions) {
    this.#options = options;
  }

  /** What to answer; `computer` is the fingerprint of the key that it came with. */
  async handle(computer: string, request: IncomingMessage): Promise<JsonAnswer> {
    const body = await readJson(request);
    const path = request.url;
    if (request.method !== 'POST') return refuse('malformed');
    if (path === START_PATH) return this.#start(computer, body);
    if (path === SHARE_PATH) return this.#share(computer, body);
    if (path === CONFIRM_PATH) return this.#confirm(computer, body);
    return refuse('malformed');
  }

  #start(computer: string, body: unknown): JsonAnswer {
    if (!parse(startRequestSchema, body)) return refuse('malformed');
    const started = this.#options.window.start(computer);
    if (!started.ok) return refuse(started.error);
    const { exchange, salt, iterations } = started.value;
    return { status: 200, body: { exchange, salt: base64url(salt), iterations } };
  }

  async #share(computer: string, body: unknown): Promise<JsonAnswer> {
    const asked = parse(shareRequestSchema, body);
    if (!asked) return refuse('malformed');
    const answer = await this.#options.window.share(computer, asked.exchange, asked.share);
    if (!answer.ok) return refuse(answer.error);
    return { status: 200, body: { share: base64url(answer.value.share), confirm: base64url(answer.value.confirm) } };
  }

  async #confirm(computer: string, body: unknown): Promise<JsonAnswer> {
    const asked = parse(confirmRequestSchema, body);
    if (!asked) return refuse('malformed');
    const { window, record, name } = this.#options;
    const confirmed = window.confirm(computer, asked.exchange, asked.confirm);
    if (!confirmed.ok) return refuse(confirmed.error);
    const saved = await record.add({
      fingerprint: computer,
      name: deviceWords(asked.name, 64) || 'A computer',
      pairedAt: new Date().toISOString(),
    });
    if (!saved.ok) return { status: 500, body: { error: saved.error.code } };
    return { status: 200, body: { id: record.id, name } };
  }
}

function refuse(error: PairRefusal): JsonAnswer {
  return { status: error === 'malformed' ? 400 : 403, body: { error } };
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T | null {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** The body as JSON, or null when it is none or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_PAIR_BODY) return null;
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
}
