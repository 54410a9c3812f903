/** The device's end of one ADB stream, as a service sees it. */
export interface ServiceStream {
  /** Sends bytes to the client, in order; resolves when the client has taken them, or the stream is closed. */
  write(bytes: Buffer): Promise<void>;
  /** What the client sends, in order; ends when it closes its end. */
  readonly incoming: AsyncIterable<Buffer>;
  /** Aborts when the stream or its link is gone: a service stops then. */
  readonly signal: AbortSignal;
}

/** A queue of byte blocks between a socket and an async reader. */
export class ByteQueue implements AsyncIterable<Buffer> {
  readonly #blocks: Buffer[] = [];
  #wake: (() => void) | null = null;
  #ended = false;

  push(block: Buffer): void {
    this.#blocks.push(block);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Buffer> {
    for (;;) {
      const block = this.#blocks.shift();
      if (block) yield block;
      else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

/** Reads exact lengths out of byte blocks, for services with frames of their own. */
export class ByteReader {
  readonly #blocks: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(incoming: AsyncIterable<Buffer>) {
    this.#blocks = incoming[Symbol.asyncIterator]();
  }

  /** Exactly `length` bytes, or null when the stream ends before. */
  async take(length: number): Promise<Buffer | null> {
    while (this.#pending.length < length) {
      const next = await this.#blocks.next();
      if (next.done) return null;
      this.#pending = Buffer.concat([this.#pending, next.value]);
    }
    const bytes = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return Buffer.from(bytes);
  }
}
