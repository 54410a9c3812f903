import { setMaxListeners } from 'node:events';
import { findFunction } from '../catalog/catalog.js';
import type { Device } from '../core/device.js';
import type { Outcome, UntrustedData } from '../core/outcome.js';
import type { Call, Plan } from '../core/plan.js';
import type { Clock } from '../core/ports/clock.js';
import type { Verdict } from '../core/ports/gate.js';
import type { Journal } from '../core/ports/journal.js';
import type { Transport } from '../core/ports/transport.js';
import type { CallReport, Report } from '../core/report.js';
import { err, type Result } from '../core/result.js';
import { fillRefs } from './fill-refs.js';
import { hashCalls } from './freeze-plan.js';
import { planGraph } from './plan-graph.js';

/** How long one call may take, in milliseconds, unless the caller says otherwise. */
export const CALL_TIMEOUT_MS = 30_000;

export type RunEvent =
  | { readonly type: 'started'; readonly call: string }
  | { readonly type: 'ended'; readonly call: string; readonly report: CallReport };

export interface RunDependencies {
  readonly transports: readonly Transport[];
  readonly journal: Journal;
  readonly clock: Clock;
  /** A fresh idempotency key (UUID). */
  readonly newKey: () => string;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly callTimeoutMs?: number;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Verdicts that a run has used up: an approval counts once. */
const spent = new WeakSet<ReadonlyMap<Call['id'], Verdict>>();

/** What must hold before anything of a plan is sent: a sound graph, approvals that are fresh and belong to these very calls. */
function checkPlan(
  plan: Plan,
  verdicts: ReadonlyMap<Call['id'], Verdict>,
): Result<ReadonlyMap<string, ReadonlySet<string>>, string> {
  if (spent.has(verdicts)) return err('its approval was used before');
  spent.add(verdicts);
  const hash = hashCalls(plan.calls);
  const isForeign = [...verdicts.values()].some((verdict) => verdict.verdict === 'allow' && verdict.planHash !== hash);
  return isForeign ? err('it is not the plan that was approved') : planGraph(plan.calls);
}

/**
 * Carries out a frozen plan. A call is dispatched the moment everything it waits for is done; one that fails stops only
 * what depends on it; every call ends in exactly one outcome. The start of a call is on disk before its first byte is
 * sent, else it is not sent. Never rejects for an expected reason.
 */
export async function runPlan(
  utteranceId: string,
  plan: Plan,
  verdicts: ReadonlyMap<Call['id'], Verdict>,
  dependencies: RunDependencies,
  options: RunOptions,
): Promise<Report> {
  const begun = dependencies.clock.monotonic();
  // Every call of the plan listens to the one signal: that many listeners are no leak.
  setMaxListeners(0, options.signal);
  const graph = checkPlan(plan, verdicts);
  const run = new PlanRun(utteranceId, verdicts, dependencies, options);
  const calls = graph.ok
    ? await run.all(plan.calls, graph.value)
    : plan.calls.map((call) => run.report(call, refusedByLimit(`The plan was not sent: ${graph.error}.`), 0));
  return { utteranceId, plan, calls: [...calls], ms: dependencies.clock.monotonic() - begun };
}

const refusedByLimit = (why: string): Outcome => ({ status: 'refused', by: 'limit', why });

/** One run of one plan: the ends of its calls so far. */
class PlanRun {
  readonly #utteranceId: string;
  readonly #verdicts: ReadonlyMap<Call['id'], Verdict>;
  readonly #dependencies: RunDependencies;
  readonly #options: RunOptions;
  readonly #results = new Map<string, UntrustedData | null>();

  constructor(
    utteranceId: string,
    verdicts: ReadonlyMap<Call['id'], Verdict>,
    dependencies: RunDependencies,
    options: RunOptions,
  ) {
    this.#utteranceId = utteranceId;
    this.#verdicts = verdicts;
    this.#dependencies = dependencies;
    this.#options = options;
  }

  /** Runs every call once what it waits for has ended; the graph has no circles, so this ends. */
  all(calls: readonly Call[], graph: ReadonlyMap<string, ReadonlySet<string>>): Promise<CallReport[]> {
    const ends = new Map<string, Promise<CallReport>>();
    const byId = new Map(calls.map((call) => [call.id, call]));
    const end = (call: Call): Promise<CallReport> => {
      const known = ends.get(call.id);
      if (known) return known;
      const before = [...(graph.get(call.id) ?? [])].flatMap((id) => byId.get(id) ?? []);
      const started = Promise.all(before.map(end)).then((reports) => this.#one(call, reports));
      ends.set(call.id, started);
      return started;
    };
    return Promise.all(calls.map(end));
  }

  report(call: Call, outcome: Outcome, ms: number): CallReport {
    const deviceName = this.#device(call)?.name ?? null;
    const report = { call: call.id, device: call.device, deviceName, outcome, ms };
    this.#results.set(call.id, outcome.status === 'done' ? outcome.data : null);
    this.#options.onEvent?.({ type: 'ended', call: call.id, report });
    return report;
  }

  async #one(call: Call, before: readonly CallReport[]): Promise<CallReport> {
    const refusal = this.#refusal(call, before);
    if (refusal) return this.report(call, refusal, 0);
    const args = fillRefs(call, this.#results);
    if (!args.ok) return this.report(call, { status: 'refused', by: 'dependency', why: args.error }, 0);
    return this.#dispatch(call, args.value);
  }

  /** Why a call is not sent at all, or null. */
  #refusal(call: Call, before: readonly CallReport[]): Outcome | null {
    if (this.#options.signal.aborted) return { status: 'refused', by: 'user', why: 'Cancelled before it was sent.' };
    const broken = before.find((report) => report.outcome.status !== 'done');
    if (broken) {
      return { status: 'refused', by: 'dependency', why: `Not sent, because ${broken.call} was not done.` };
    }
    const verdict = this.#verdicts.get(call.id);
    if (verdict?.verdict !== 'allow') {
      return verdict
        ? { status: 'refused', by: verdict.by, why: verdict.why }
        : { status: 'refused', by: 'gate', why: 'Nobody allowed it.' };
    }
    const device = this.#device(call);
    if (!device) return refusedByLimit(whyNobody(call, this.#devices()));
    if (device.state !== 'ready')
      return { status: 'refused', by: 'device', why: device.stateReason ?? `${device.name} is ${device.state}.` };
    return null;
  }

  async #dispatch(call: Call, args: Call['args']): Promise<CallReport> {
    const { journal, clock, newKey } = this.#dependencies;
    const [device, transport] = [this.#device(call), this.#transport(call)];
    if (!device || !transport) return this.report(call, refusedByLimit('No device that can do this is connected.'), 0);
    const key = newKey();
    const started = await journal.recordStart({
      key,
      utteranceId: this.#utteranceId,
      callId: call.id,
      function: call.function,
      args,
      deviceId: device.id,
      deviceName: device.name,
      startedAt: clock.now(),
    });
    if (!started.ok) return this.report(call, refusedByLimit(`Not sent: ${started.error.message}`), 0);
    this.#options.onEvent?.({ type: 'started', call: call.id });
    const begun = clock.monotonic();
    const outcome = await transport.invoke(
      device.id,
      { callId: call.id, function: call.function, args, contacts: call.contacts ?? {} },
      { key, signal: this.#options.signal, timeoutMs: this.#options.callTimeoutMs ?? CALL_TIMEOUT_MS },
    );
    const ms = clock.monotonic() - begun;
    // An end that cannot be written leaves the start open: the next start of the host shows the call as unknown.
    await journal.recordEnd(key, outcome, clock.now());
    return this.report(call, outcome, ms);
  }

  #devices(): readonly Device[] {
    return this.#dependencies.transports.flatMap((transport) => transport.devices());
  }

  #transport(call: Call): Transport | undefined {
    return this.#dependencies.transports.find((transport) =>
      transport.devices().some((device) => device.id === call.device),
    );
  }

  #device(call: Call) {
    return this.#transport(call)
      ?.devices()
      .find((device) => device.id === call.device);
  }
}

/** Why no device can carry out a call: there is none of its kind, or the one that is there cannot do this. */
function whyNobody(call: Call, devices: readonly Device[]): string {
  const kind = findFunction(call.function)?.kind;
  const near = devices.find((device) => device.kind === kind);
  if (!near) return `No ${kind ?? 'device'} that can do this is connected.`;
  const why = near.details[`no ${call.function}`] ?? near.stateReason;
  return `${near.name} does not offer this${why ? `: ${why}` : '.'}`;
}
