import { Deadline, orAbort } from '../../core/deadline.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import type { MatterNode } from './matter-node.js';

/** How long a device may take to say that it is there, in milliseconds. */
const ANSWER_MS = 5_000;
/** Pauses between tries while it is away, in milliseconds: soon at first, then patiently. */
const PAUSES_MS = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Whether a node can be reached. The library's own word comes late in both directions: it notices an absence when a report is
 * overdue, and tries again after minutes. So a node that let a call wait counts as away until it answers, and is asked again
 * and again meanwhile.
 */
export class Reachability implements Disposable {
  readonly #node: MatterNode;
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  #state: 'connecting' | 'reached' | 'away' = 'connecting';
  #isAsking = false;
  #hurry = (): void => {};

  /** Begins to ask at once. */
  constructor(node: MatterNode, onChange: () => void) {
    this.#node = node;
    this.#onChange = onChange;
    void this.#ask();
  }

  get state(): 'connecting' | 'reached' | 'away' {
    return this.#state;
  }

  /** A device of the node gave no answer, or its reports have ended: it is asked whether it is there. */
  doubt(): void {
    this.#hurry();
    void this.#ask();
  }

  [Symbol.dispose](): void {
    this.#closing.abort(cancelled());
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || this.#closing.signal.aborted) return;
    this.#isAsking = true;
    try {
      for (let tries = 0; ; tries++) {
        if (await this.#answers()) {
          this.#set('reached');
          return;
        }
        this.#set('away');
        await this.#rest(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? ANSWER_MS);
      }
    } catch {
      // Closed.
    } finally {
      this.#isAsking = false;
    }
  }

  /** Waits, unless there is news meanwhile. */
  async #rest(ms: number): Promise<void> {
    const news = new Promise<void>((resolve) => {
      this.#hurry = resolve;
    });
    using end = new Deadline(this.#closing.signal, ms, cancelled);
    await Promise.race([news, orAbort(new Promise<never>(() => {}), end.signal).catch(() => {})]);
    this.#closing.signal.throwIfAborted();
  }

  async #answers(): Promise<boolean> {
    using deadline = new Deadline(this.#closing.signal, ANSWER_MS, () => deadlinePassed('The device', ANSWER_MS));
    try {
      await this.#node.read(0, [{ cluster: 'basicInformation', names: ['vendorId'] }], deadline.signal);
      return true;
    } catch {
      if (this.#closing.signal.aborted) throw cancelled();
      return false;
    }
  }

  #set(state: 'reached' | 'away'): void {
    if (this.#state === state || this.#closing.signal.aborted) return;
    this.#state = state;
    this.#onChange();
  }
}
