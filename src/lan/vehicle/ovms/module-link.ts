import { Deadline, orAbort } from '../../../core/deadline.js';
import { TentacleError } from '../../../core/failure.js';
import { deadlinePassed } from '../../../core/failures.js';
import type { MqttSession } from '../../mqtt/mqtt-session.js';
import type { MetricName } from './metric-names.js';
import type { MetricStore } from './metric-store.js';
import { commandLine, type ModuleCommand } from './module-command.js';
import type { ModuleTopics } from './module-topics.js';

/** Longest response that is read, in bytes. */
const MAX_RESPONSE = 4_096;
/** The module forgets a client two minutes after its last word. */
const ACTIVE_FOR_MS = 60_000;
const EXPIRY_MS = 5_000;

export interface ModuleLinkOptions {
  readonly name: string;
  readonly session: MqttSession;
  readonly topics: ModuleTopics;
  readonly metrics: MetricStore;
  readonly pin: string | null;
  /** How long the module may take to answer a question, in milliseconds. */
  readonly answerMs: number;
}

/** What the shell printed, and what the module had told when it came: see {@link MetricStore.mark}. */
export interface ShellResponse {
  readonly text: string;
  readonly mark: number;
}

/**
 * A module, over one connection to its broker. Everything goes out at QoS 0: a module keeps its session at the broker while
 * it is away, with subscriptions at QoS 1, so a command of QoS 1 would unlock a car whenever it comes back.
 */
export class ModuleLink {
  readonly metrics: MetricStore;
  readonly answerMs: number;
  readonly #options: ModuleLinkOptions;
  readonly #waiting = new Map<string, (response: ShellResponse) => void>();
  #gone = new AbortController();
  #commands = 0;
  #answersRequests = false;
  #activeAt = Number.NEGATIVE_INFINITY;

  constructor(options: ModuleLinkOptions) {
    this.#options = options;
    this.metrics = options.metrics;
    this.answerMs = options.answerMs;
  }

  /** Aborts when the module, or the connection to its broker, is gone; the reason is a TentacleError. */
  get gone(): AbortSignal {
    return AbortSignal.any([this.#gone.signal, this.#options.session.lost]);
  }

  /** The module came to its broker, or left it. */
  setPresent(isPresent: boolean): void {
    if (!isPresent) this.#gone.abort(left(this.#options.name));
    else if (this.#gone.signal.aborted) this.#gone = new AbortController();
  }

  takeResponse(id: string, payload: Buffer): void {
    const text = payload.subarray(0, MAX_RESPONSE).toString('utf8');
    this.#waiting.get(id)?.({ text, mark: this.metrics.mark() });
  }

  /** Makes the module report often, for the next minute at least. */
  async wake(): Promise<void> {
    if (performance.now() - this.#activeAt < ACTIVE_FOR_MS) return;
    this.#activeAt = performance.now();
    await this.#send(this.#options.topics.active, '1');
  }

  /** The module need not report often any more. */
  async leave(): Promise<void> {
    if (this.#activeAt > 0 && !this.#options.session.lost.aborted) await this.#send(this.#options.topics.active, '0');
  }

  /** Asks for metrics, without waiting: each comes on its own topic, where the car has it. */
  async ask(names: readonly MetricName[]): Promise<void> {
    await this.#send(this.#options.topics.request, names.join(','));
  }

  /** Runs a command, and resolves with what the shell printed. Rejects with the signal's reason, or NO_PIN. */
  async run(command: ModuleCommand, signal: AbortSignal): Promise<ShellResponse> {
    const line = commandLine(command, this.#options.pin);
    if (line === null) throw noPin(this.#options.name);
    this.#commands += 1;
    const id = String(this.#commands);
    try {
      const response = new Promise<ShellResponse>((resolve) => {
        this.#waiting.set(id, resolve);
      });
      await orAbort(this.#send(this.#options.topics.command(id), line), signal);
      return await orAbort(response, signal);
    } finally {
      this.#waiting.delete(id);
    }
  }

  /**
   * Has the module tell these anew, and resolves when it has. Which of them it told, the store knows by the mark that this
   * returns: what the car has no value for stays untold.
   *
   * Nothing in a metric says which question it answers, and older ones may be under way. The module keeps the order: what
   * comes after the first response was told after it was asked, and with the second all answers are here.
   *
   * @throws TentacleError NO_ANSWER when the module says nothing.
   */
  async refresh(names: readonly MetricName[], signal: AbortSignal): Promise<number> {
    await this.wake();
    const { name } = this.#options;
    using deadline = new Deadline(signal, this.answerMs, () => noAnswer(name));
    const [first] = await Promise.all([
      this.run('server v3 status', deadline.signal),
      this.ask(names),
      this.run('server v3 status', deadline.signal),
    ]);
    const areHeard = (): boolean => names.every((metric) => this.#isHeardOrUnknown(metric, first.mark));
    if (names.some((metric) => this.metrics.isSince(metric, first.mark))) this.#answersRequests = true;
    if (areHeard()) return first.mark;
    deadline.extend(this.answerMs);
    await this.run('server v3 update all', deadline.signal);
    await this.#within(areHeard, signal);
    return first.mark;
  }

  /** Whether it is known to answer questions for single metrics; before 3.3.006 a module only tells all of them. */
  get answersRequests(): boolean {
    return this.#answersRequests;
  }

  #isHeardOrUnknown(name: MetricName, mark: number): boolean {
    return this.metrics.isSince(name, mark) || this.metrics.text(name) === null;
  }

  /** Whether it came to hold in time. Rejects only with the signal's own reason. */
  async #within(holds: () => boolean, signal: AbortSignal): Promise<boolean> {
    const { name } = this.#options;
    using deadline = new Deadline(signal, this.answerMs, () => deadlinePassed(name, this.answerMs));
    try {
      await this.metrics.until(holds, deadline.signal);
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  }

  async #send(topic: string, payload: string): Promise<void> {
    const message = { topic, payload, retain: false, qos: 0 as const };
    await this.#options.session.publish(message, { signal: this.gone, expiryMs: EXPIRY_MS });
  }
}

function left(name: string): TentacleError {
  return new TentacleError({
    code: 'LINK_LOST',
    fault: 'link',
    message: `The OVMS module of ${name} left its broker.`,
    next: 'Look at the car before you say it again: it may have no reception.',
  });
}

function noAnswer(name: string): TentacleError {
  return new TentacleError({
    code: 'NO_ANSWER',
    fault: 'device',
    message: `The OVMS module of ${name} does not answer.`,
    next: 'Wait until it has reception again, or look whether this user may publish to the topics of its clients.',
  });
}

function noPin(name: string): TentacleError {
  return new TentacleError({
    code: 'NO_PIN',
    fault: 'user',
    message: `Locking ${name} needs its PIN.`,
    next: 'Give the connection the vehicle PIN of the OVMS module.',
  });
}
