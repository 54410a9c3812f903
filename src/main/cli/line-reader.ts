import { createInterface, type Interface } from 'node:readline';

/**
 * Reads a stream line by line on demand, through one reader for the whole process: lines that arrive before they are asked
 * for (a pasted block, a pipe) wait for their turn.
 */
export class LineReader implements Disposable {
  readonly #input: NodeJS.ReadStream;
  readonly #output: NodeJS.WriteStream;
  readonly #lines: string[] = [];
  #interface: Interface | null = null;
  #hasEnded = false;
  #waiting: ((line: string | null) => void) | null = null;

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
    this.#input = input;
    this.#output = output;
  }

  /** The next line; null when the input has ended or the signal aborts. */
  async read(prompt: string, signal: AbortSignal): Promise<string | null> {
    if (signal.aborted) return null;
    const reader = this.#reader();
    const early = this.#lines.shift();
    if (early !== undefined) return early;
    if (this.#hasEnded) return null;
    reader.setPrompt(this.#input.isTTY ? prompt : '');
    if (this.#input.isTTY) reader.prompt();
    return new Promise((resolve) => {
      const finish = (line: string | null): void => {
        this.#waiting = null;
        signal.removeEventListener('abort', onAbort);
        resolve(line);
      };
      const onAbort = (): void => finish(null);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting = finish;
    });
  }

  [Symbol.dispose](): void {
    this.#interface?.close();
  }

  #reader(): Interface {
    if (this.#interface) return this.#interface;
    const isTerminal = this.#input.isTTY === true;
    const reader = createInterface({
      input: this.#input,
      ...(isTerminal ? { output: this.#output } : {}),
      terminal: isTerminal,
    });
    reader.on('line', (line) => {
      if (this.#waiting) this.#waiting(line);
      else this.#lines.push(line);
    });
    reader.on('close', () => {
      this.#hasEnded = true;
      this.#waiting?.(null);
    });
    // A reading terminal keeps Ctrl+C for itself: it is passed on as the signal that it means.
    reader.on('SIGINT', () => process.emit('SIGINT'));
    this.#interface = reader;
    return reader;
  }
}
