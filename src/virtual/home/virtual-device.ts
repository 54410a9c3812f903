import { type BrokerAddress, DeviceLink } from './device-link.js';
import { areWithin, type Facts, misreported } from './facts.js';
import { factOutOfRange } from './failures.js';
import type { Fault } from './faults.js';
import type { Message, Step, Thing } from './thing.js';

/** The home around a device. */
export interface Surroundings {
  readonly broker: BrokerAddress;
  /** How long a whole movement takes, in milliseconds. */
  readonly motionMs: number;
  /** How long after a change its report is sent, in milliseconds. */
  latencyMs(): number;
  fault(): Fault | null;
  /** It does what it was told. */
  tookEffect(command: Message): void;
  /** A scene changes other things. */
  changeElsewhere(changes: Readonly<Record<string, Facts>>): void;
}

/** One thing with its state and its own connection to the broker. */
export class VirtualDevice {
  readonly thing: Thing;
  readonly #home: Surroundings;
  readonly #link: DeviceLink;
  #facts: Facts;
  /** Facts of the last change: those a wrong echo is wrong about. */
  #touched: ReadonlySet<string> = new Set();
  #moving: ReturnType<typeof setTimeout> | undefined;
  /** Reports that wait for their time: each timer sends the oldest, so that none overtakes another. */
  readonly #waiting: (readonly Message[])[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #lastReportAt = 0;

  constructor(thing: Thing, home: Surroundings) {
    this.thing = thing;
    this.#home = home;
    this.#facts = thing.initial;
    this.#link = new DeviceLink({
      broker: home.broker,
      // Stable over reconnects, and not that of another home at the same broker.
      clientId: `${thing.id}-${process.pid.toString(36)}-${Math.random().toString(36).slice(2, 8)}`,
      availability: thing.availability,
      commandTopics: thing.commandTopics,
      introduce: () => [...thing.discovery, ...(home.fault() === 'silent' ? [] : this.#said())],
      receive: (command) => this.#receive(command),
    });
  }

  get facts(): Facts {
    return this.#facts;
  }

  start(): Promise<void> {
    return this.#link.start();
  }

  /** Changes it by hand, and tells. Throws TentacleError FACT_OUT_OF_RANGE. */
  set(change: Facts): void {
    if (!areWithin(change, this.thing.ranges)) throw factOutOfRange(this.thing.id);
    this.#carryOut([{ after: 0, facts: change }]);
  }

  cut(): void {
    this.#link.cut();
  }

  restore(): void {
    this.#link.restore();
  }

  async stop(isLeavingNothing: boolean): Promise<void> {
    clearTimeout(this.#moving);
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#link.close(isLeavingNothing);
  }

  #receive(command: Message): void {
    if (this.#home.fault() === 'ignore') return;
    const reaction = this.thing.obey(command, this.#facts);
    if (reaction === null) {
      // Refused: it says that it is as it was.
      this.#report();
      return;
    }
    this.#home.tookEffect(command);
    this.#carryOut(reaction.steps);
    if (reaction.elsewhere) this.#home.changeElsewhere(reaction.elsewhere);
  }

  /** Takes the steps one after the other; a newer command ends an older movement. */
  #carryOut(steps: readonly Step[]): void {
    clearTimeout(this.#moving);
    this.#touched = new Set(steps.flatMap((step) => Object.keys(step.facts)));
    this.#take(steps);
  }

  #take([step, ...rest]: readonly Step[]): void {
    if (!step) return;
    const derived = this.thing.derive?.(step.facts, this.#facts) ?? {};
    this.#facts = { ...this.#facts, ...derived, ...step.facts };
    this.#report();
    const next = rest[0];
    if (next) this.#moving = setTimeout(() => this.#take(rest), next.after * this.#home.motionMs);
  }

  /** Tells the state as it is at this moment, after the latency, and never before an earlier report. */
  #report(): void {
    if (this.#home.fault() === 'silent') return;
    const said = this.#said();
    const now = performance.now();
    this.#lastReportAt = Math.max(this.#lastReportAt, now + this.#home.latencyMs());
    const wait = this.#lastReportAt - now;
    if (wait <= 0 && this.#waiting.length === 0) {
      this.#link.publish(said);
      return;
    }
    this.#waiting.push(said);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#link.publish(this.#waiting.shift() ?? []);
    }, wait);
    this.#timers.add(timer);
  }

  #said(): readonly Message[] {
    const isWrong = this.#home.fault() === 'wrongEcho';
    const facts = isWrong ? misreported(this.#facts, this.#touched, this.thing.ranges) : this.#facts;
    return this.thing.reports(facts);
  }
}
