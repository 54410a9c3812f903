import { Deadline } from '../../../core/deadline.js';
import { TentacleError } from '../../../core/failure.js';
import { cancelled } from '../../../core/failures.js';
import type { Outcome } from '../../../core/outcome.js';
import { readBack } from '../../../core/outcomes.js';
import type { LanCall } from '../../lan-call.js';
import type { MetricName } from './metric-names.js';
import type { MetricStore } from './metric-store.js';
import type { ModuleCommand } from './module-command.js';
import { failureInResponse } from './module-response.js';
import type { OvmsCar } from './ovms-car.js';

/** A metric by which a state is seen: true, false, or null for a word that says neither. */
export interface Sight {
  readonly metric: MetricName;
  readonly read: (value: string | null) => boolean | null;
}

/** One state of a car that is on or off. */
export interface StateWish {
  readonly wanted: boolean;
  readonly command: ModuleCommand;
  /** The first of them that the car has decides. */
  readonly sights: readonly Sight[];
  /** What is so then, in words, for both. */
  readonly words: (state: boolean) => string;
  /** The argument that would put the old state back. */
  readonly argument: string;
  /** Looks right before sending, with the mark since which metrics are fresh; rejects or returns what forbids it. */
  readonly forbids?: { readonly metrics: readonly MetricName[]; readonly why: (mark: number) => Outcome | null };
}

/** Telling everything is much: older modules, which know no other question, are asked every so many times only. */
const RARELY = 4;

/**
 * Sends a command, and waits until the car's own metric, told by the module after it was sent, says so. The response is
 * waited for, since it may be an error; it never counts as done, and neither does what the broker kept.
 *
 * Rejects with COMMAND_FAILED, NOT_SUPPORTED, NO_ANSWER (nothing was sent), NOT_CONFIRMED, LINK_LOST.
 */
export async function setState(call: LanCall, car: OvmsCar, wish: StateWish): Promise<Outcome> {
  const { module } = car;
  const within = AbortSignal.any([call.signal, module.gone]);
  const names = wish.sights.map(({ metric }) => metric);
  const mark = await module.refresh([...names, ...(wish.forbids?.metrics ?? [])], within);
  const forbidden = wish.forbids?.why(mark) ?? null;
  if (forbidden) return forbidden;
  const before = stateOf(wish.sights, module.metrics, mark);
  using deadline = new Deadline(within, car.confirmMs, () => notConfirmed(car, wish));
  call.markSent();
  await confirmed(car, wish, before, deadline.signal);
  const prior = before === null ? {} : { prior: { [wish.argument]: before } };
  return readBack(wish.words(wish.wanted), prior);
}

/** Resolves when the car is seen as wanted, by what was said since this was called. */
async function confirmed(car: OvmsCar, wish: StateWish, before: boolean | null, until: AbortSignal): Promise<void> {
  const { module } = car;
  const over = new AbortController();
  const signal = AbortSignal.any([until, over.signal]);
  const { metrics } = module;
  const mark = metrics.mark();
  const sentAt = performance.now();
  let answered: number | null = null;
  const response = module.run(wish.command, signal).then(async ({ text, mark: then }) => {
    const failure = failureInResponse(text, car);
    if (failure) throw failure;
    answered = then;
    await askAgain(car, wish, signal);
  });
  using _poll = polling(car, wish, signal);
  const isSeen = (): boolean => {
    // What was so already may have been told before the command was read: the response decides, or its long absence.
    const isLate = performance.now() - sentAt > module.answerMs;
    if (before !== !wish.wanted && answered === null && !isLate) return false;
    return stateOf(wish.sights, metrics, before === !wish.wanted ? mark : (answered ?? mark)) === wish.wanted;
  };
  const refused = new Promise<never>((_, reject) => {
    response.catch(reject);
  });
  try {
    await Promise.race([metrics.until(isSeen, signal), refused]);
  } finally {
    over.abort(cancelled());
  }
}

/** Asks again and again while the car makes up its mind: on its own the module tells every 10 s. */
function polling(car: OvmsCar, wish: StateWish, signal: AbortSignal): Disposable {
  let asked = 0;
  const timer = setInterval(() => {
    asked += 1;
    car.module.metrics.look();
    if (!car.module.answersRequests && asked % RARELY !== 0) return;
    // What keeps a question from going out ends the call by itself.
    askAgain(car, wish, signal).catch(() => {});
  }, car.pollMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function askAgain({ module }: OvmsCar, { sights }: StateWish, signal: AbortSignal): Promise<void> {
  if (module.answersRequests) await module.ask(sights.map(({ metric }) => metric));
  else await module.run('server v3 update all', signal);
}

/** By the first metric that the car has; with a mark, only by what was said since. */
function stateOf(sights: readonly Sight[], metrics: MetricStore, mark?: number): boolean | null {
  const sight = sights.find(({ metric, read }) => read(metrics.text(metric)) !== null);
  if (!sight || (mark !== undefined && !metrics.isSince(sight.metric, mark))) return null;
  return sight.read(metrics.text(sight.metric));
}

function notConfirmed({ name, module }: OvmsCar, { sights, words }: StateWish): TentacleError {
  const state = stateOf(sights, module.metrics);
  const says = state === null ? 'does not tell' : `still says "${words(state)}"`;
  return new TentacleError({
    code: 'NOT_CONFIRMED',
    fault: 'device',
    message: `${name} was told, but its module ${says}.`,
    next: 'Look at the car before you say it again.',
  });
}
