import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { z } from 'zod';
import type { VirtualMatterOptions } from '../../src/virtual/matter/virtual-matter-home.js';

const helloSchema = z.object({
  codes: z.object({ manual: z.string(), qr: z.string() }),
  names: z.array(z.string()),
});
const answerSchema = z.object({
  attributes: z.record(z.string(), z.unknown()).nullable().optional(),
  error: z.string().optional(),
});

/** A virtual Matter home in a process of its own, in another network than the test: a computer that can be switched off. */
export class MatterDevice implements AsyncDisposable {
  readonly codes: { readonly manual: string; readonly qr: string };
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, codes: MatterDevice['codes']) {
    this.#child = child;
    this.#lines = lines;
    this.codes = codes;
  }

  /** Starts it in a network namespace; resolves when it can be found there. Needs dist/. */
  static async start(namespace: string, options: VirtualMatterOptions = {}): Promise<MatterDevice> {
    const words = [
      'netns',
      'exec',
      namespace,
      process.execPath,
      'test/support/matter-device.mjs',
      JSON.stringify(options),
    ];
    const child = spawn('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const reader: Interface = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const hello = await lines.next();
    if (hello.done) throw new Error('The virtual Matter home ended before it could be found.');
    return new MatterDevice(child, lines, helloSchema.parse(JSON.parse(hello.value)).codes);
  }

  /** The attributes of one of its things, as the device itself has them. */
  async attributes(name: string, cluster: string): Promise<Record<string, unknown>> {
    return (await this.#ask({ get: { name, cluster } })) ?? {};
  }

  async attribute(name: string, cluster: string, attribute: string): Promise<unknown> {
    return (await this.attributes(name, cluster))[attribute];
  }

  /** Somebody turns a knob on the device. */
  async change(name: string, cluster: string, attributes: Record<string, unknown>): Promise<void> {
    await this.#ask({ set: { name, cluster, attributes } });
  }

  async fault(fault: string): Promise<void> {
    await this.#ask({ fault });
  }

  /** Its power is cut for a while: it says nothing, and knows everything when it goes on. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Its power is cut: no good-bye to anybody. */
  async cutPower(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.cutPower();
  }

  async #ask(request: unknown): Promise<Record<string, unknown> | null> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error('The virtual Matter home has ended.');
    const { attributes, error } = answerSchema.parse(JSON.parse(line.value));
    if (error !== undefined) throw new Error(error);
    return attributes ?? null;
  }
}
