import type { Device } from '../core/device.js';
import type { Failure } from '../core/failure.js';
import type { Call, Choice, Clarification, Contact, Plan } from '../core/plan.js';
import type { Clock } from '../core/ports/clock.js';
import type { Gate } from '../core/ports/gate.js';
import type { Journal } from '../core/ports/journal.js';
import type { Planner } from '../core/ports/planner.js';
import type { Transport } from '../core/ports/transport.js';
import type { Report } from '../core/report.js';
import { err, ok, type Result } from '../core/result.js';
import type { Utterance } from '../core/utterance.js';
import { freezePlan } from '../orchestrator/freeze-plan.js';
import { momentOf } from '../orchestrator/resolve/local-datetime.js';
import { chooseDevices } from '../orchestrator/routing/choose-devices.js';
import { type RunEvent, runPlan } from '../orchestrator/run-plan.js';
import { settleContacts } from '../orchestrator/settle-contacts.js';
import { planSentence } from './plan-sentence.js';

/** How long a device may take to answer who is meant, in milliseconds. */
const CONTACTS_TIMEOUT_MS = 10_000;

/** A sentence that is asked back about more often than this is given up. */
const MAX_QUESTIONS = 5;

export interface SessionDependencies {
  readonly planner: Planner;
  readonly transports: readonly Transport[];
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newKey: () => string;
}

/** What the person in front of it answers and sees while one sentence is carried out. */
export interface SessionView {
  /** Picks one of a clarification's choices, or null when there is nobody to ask or none fits. */
  choose(clarification: Clarification, signal: AbortSignal): Promise<Choice | null>;
  showPlan(plan: Plan, devices: readonly Device[]): void;
  onEvent(event: RunEvent): void;
}

/** A sentence that was not carried out ends with its plan alone: irrelevant, or a question that stayed open. */
export type SessionEnd = { readonly plan: Plan; readonly report: Report | null };

/** Takes utterances the whole way: journal, plan, devices, people, gate, run, report. */
export class Session {
  readonly #dependencies: SessionDependencies;
  readonly #lastUsed = new Map<string, string>();

  constructor(dependencies: SessionDependencies) {
    this.#dependencies = dependencies;
  }

  /** Carries out one utterance. Failures are those of the planner, the journal and the devices' contact look-up. */
  async carryOut(
    utterance: Utterance,
    gate: Gate,
    view: SessionView,
    signal: AbortSignal,
  ): Promise<Result<SessionEnd, Failure>> {
    const { journal } = this.#dependencies;
    const recorded = await journal.recordUtterance(utterance);
    if (!recorded.ok) return recorded;
    const plan = await this.#plan(utterance, view, signal);
    if (!plan.ok) {
      await journal.recordFailure(utterance.id, plan.error);
      return plan;
    }
    const planned = await journal.recordPlan(utterance.id, plan.value);
    if (!planned.ok) return planned;
    view.showPlan(plan.value, this.devices());
    if (plan.value.decision !== 'plan') return ok({ plan: plan.value, report: null });
    return ok({ plan: plan.value, report: await this.#run(utterance, plan.value, gate, view, signal) });
  }

  devices(): readonly Device[] {
    return this.#dependencies.transports.flatMap((transport) => transport.devices());
  }

  async #plan(utterance: Utterance, view: SessionView, signal: AbortSignal): Promise<Result<Plan, Failure>> {
    const { planner, clock } = this.#dependencies;
    const now = momentOf(new Date(utterance.at));
    const first = await planSentence(utterance.text, utterance.locale, now, { planner, clock, signal });
    if (!first.ok) return first;
    let plan = first.value;
    for (let asked = 0; asked < MAX_QUESTIONS; asked += 1) {
      if (plan.decision === 'irrelevant') return ok(plan);
      const clarification = plan.decision === 'clarify' ? plan.clarification : undefined;
      const settled: Result<Settled, Failure> = clarification
        ? ok({ settled: false, clarification })
        : await this.#settle(utterance.text, plan.calls, signal);
      if (!settled.ok) return settled;
      if (settled.value.settled) return ok(withCalls(plan, settled.value.calls));
      const choice = await view.choose(settled.value.clarification, signal);
      if (!choice) return ok(asQuestion(plan, settled.value.clarification));
      plan = withCalls(plan, choice.calls);
    }
    return err({
      code: 'TOO_UNCLEAR',
      fault: 'user',
      message: 'This sentence raises more questions than it answers.',
      next: 'Say it in several shorter sentences.',
    });
  }

  async #settle(text: string, calls: readonly Call[], signal: AbortSignal): Promise<Result<Settled, Failure>> {
    const chosen = chooseDevices(calls, {
      utterance: text,
      devices: this.devices(),
      lastUsed: (name) => this.#lastUsed.get(name) ?? null,
    });
    if (!chosen.settled) return ok(chosen);
    return settleContacts(chosen.calls, (deviceId, name) => this.#findContacts(deviceId, name, signal));
  }

  async #findContacts(
    deviceId: string,
    name: string,
    signal: AbortSignal,
  ): Promise<Result<readonly Contact[], Failure>> {
    const transport = this.#dependencies.transports.find((entry) =>
      entry.devices().some((device) => device.id === deviceId),
    );
    return transport ? transport.findContacts(deviceId, name, { signal, timeoutMs: CONTACTS_TIMEOUT_MS }) : ok([]);
  }

  async #run(utterance: Utterance, plan: Plan, gate: Gate, view: SessionView, signal: AbortSignal): Promise<Report> {
    const verdicts = await gate.review(plan, { signal });
    const { transports, journal, clock, newKey } = this.#dependencies;
    const report = await runPlan(
      utterance.id,
      plan,
      verdicts,
      { transports, journal, clock, newKey },
      {
        signal,
        onEvent: (event) => view.onEvent(event),
      },
    );
    this.#remember(plan.calls);
    return report;
  }

  /** Keeps which device a function went to last; after several at once there is no such one. */
  #remember(calls: readonly Call[]): void {
    for (const call of calls) {
      const devices = new Set(calls.filter((other) => other.function === call.function).map((other) => other.device));
      if (call.device && devices.size === 1) this.#lastUsed.set(call.function, call.device);
      else this.#lastUsed.delete(call.function);
    }
  }
}

type Settled =
  | { readonly settled: true; readonly calls: readonly Call[] }
  | { readonly settled: false; readonly clarification: Clarification };

function withCalls(plan: Plan, calls: readonly Call[]): Plan {
  const { clarification: _asked, hash: _old, ...rest } = plan;
  return freezePlan({ ...rest, decision: 'plan', calls: [...calls] });
}

function asQuestion(plan: Plan, clarification: Clarification): Plan {
  const { hash: _old, ...rest } = plan;
  return freezePlan({ ...rest, decision: 'clarify', calls: [], clarification });
}
