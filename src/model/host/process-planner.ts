import { type ChildProcess, fork } from 'node:child_process';
import { addFunctions } from '../../catalog/added-functions.js';
import type { Failure } from '../../core/failure.js';
import type { PlanDraft } from '../../core/plan-draft.js';
import type { Planner, PlannerRequest } from '../../core/ports/planner.js';
import { err, ok, type Result } from '../../core/result.js';
import { MAX_UTTERANCE_LENGTH } from '../../core/utterance.js';
import type { ModelProfile } from '../profiles/model-profile.js';
import { type ModelReply, type ModelRequest, modelReplySchema } from './messages.js';

/** Loading the embedded model takes well under a second; a cold disk may need longer. */
const LOAD_TIMEOUT_MS = 30_000;

type Answer = Result<PlanDraft, Failure>;

/** A model file whose bytes were checked just now. */
export interface CheckedModel {
  readonly path: string;
  readonly profile: ModelProfile;
}

export interface ModelSource {
  /** Checks the file before every load. Failures: MODEL_MISSING, MODEL_CORRUPT. May throw the signal's reason. */
  readonly verify: (signal: AbortSignal) => Promise<Result<CheckedModel, Failure>>;
  /** How long checking and loading may take, in milliseconds. */
  readonly loadTimeoutMs?: number;
  /** How long one sentence may take at least, in milliseconds: models of gigabytes need longer than callers expect. */
  readonly planTimeoutMs?: number;
}

function crashed(detail: string): Failure {
  return {
    code: 'MODEL_CRASHED',
    fault: 'model',
    message: 'The model process ended while it planned this sentence. Nothing was sent.',
    next: 'Try again; it is started anew.',
    detail,
  };
}

const timedOut: Failure = {
  code: 'MODEL_TIMEOUT',
  fault: 'model',
  message: 'The model did not answer in time. Nothing was sent.',
  next: 'Try again; it is started anew.',
};

const cancelled: Failure = {
  code: 'CANCELLED',
  fault: 'user',
  message: 'Planning was cancelled. Nothing was sent.',
  next: 'Say it again when you like.',
};

const tooLong: Failure = {
  code: 'UTTERANCE_TOO_LONG',
  fault: 'user',
  message: `The sentence is longer than ${MAX_UTTERANCE_LENGTH} characters.`,
  next: 'Split it into shorter sentences.',
};

/** One run of the model process: ready once its model is loaded, over once it has ended. */
class ModelProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly ready: Promise<Result<void, Failure>>;
  #settleReady: (result: Result<void, Failure>) => void = () => {};
  #ended = false;

  constructor(child: ChildProcess, { path, profile }: CheckedModel) {
    this.#child = child;
    this.ready = new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    child.on('message', (message) => this.#receive(message));
    child.on('error', (error) => this.#end(error.message));
    child.on('exit', (code, signal) => this.#end(`exit code ${code ?? 'none'}, signal ${signal ?? 'none'}`));
    this.#send({ type: 'load', path, profile });
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  ask(id: number, request: PlannerRequest): Promise<Answer> {
    return new Promise((resolve) => {
      if (this.#ended) {
        resolve(err(crashed('it had ended before')));
        return;
      }
      this.#waiting.set(id, resolve);
      this.#send({ type: 'plan', id, text: request.text, functions: [...request.functions] });
    });
  }

  cancel(id: number): void {
    this.#send({ type: 'cancel', id });
    this.#waiting.delete(id);
  }

  /** Ends the process; a hung one does not hear anything gentler. */
  kill(): void {
    this.#end('it was stopped');
    this.#child.kill('SIGKILL');
  }

  #send(request: ModelRequest): void {
    // A process that has just died reports it by its exit, not by this send.
    if (this.#child.connected) this.#child.send(request, () => {});
  }

  #receive(message: unknown): void {
    const parsed = modelReplySchema.safeParse(message);
    if (!parsed.success) {
      this.kill();
      return;
    }
    this.#dispatch(parsed.data);
  }

  #dispatch(reply: ModelReply): void {
    switch (reply.type) {
      case 'loaded':
        // The plans of this model are settled and shown here: its own functions must be known on this side, too.
        addFunctions(reply.addedFunctions);
        this.#settleReady(ok(undefined));
        return;
      case 'load-failed':
        this.#settleReady(err(reply.failure));
        return;
      case 'planned':
        this.#settle(reply.id, ok(reply.draft));
        return;
      case 'plan-failed':
        this.#settle(reply.id, err(reply.failure));
    }
  }

  #settle(id: number, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #end(detail: string): void {
    this.#ended = true;
    this.#settleReady(err(crashed(detail)));
    for (const id of [...this.#waiting.keys()]) this.#settle(id, err(crashed(detail)));
  }
}

/** The port Planner over a model in its own process, started at the first sentence and again after a crash. */
export class ProcessPlanner implements Planner {
  readonly #source: ModelSource;
  readonly #closing = new AbortController();
  #process: Promise<Result<ModelProcess, Failure>> | null = null;
  #nextId = 1;

  constructor(source: ModelSource) {
    this.#source = source;
  }

  async warmUp(options: { signal: AbortSignal; timeoutMs: number }): Promise<Result<void, Failure>> {
    const started = await within(this.#running(), options);
    return started.ok ? ok(undefined) : err(started.error);
  }

  async plan(request: PlannerRequest, options: { signal: AbortSignal; timeoutMs: number }): Promise<Answer> {
    if (request.text.length > MAX_UTTERANCE_LENGTH) return err(tooLong);
    const started = await within(this.#running(), {
      ...options,
      timeoutMs: this.#source.loadTimeoutMs ?? LOAD_TIMEOUT_MS,
    });
    if (!started.ok) return started;
    const id = this.#nextId++;
    const timeoutMs = Math.max(options.timeoutMs, this.#source.planTimeoutMs ?? 0);
    const answer = await within(started.value.ask(id, request), { ...options, timeoutMs });
    if (answer.ok) return answer;
    if (answer.error === cancelled) started.value.cancel(id);
    // A model that hangs once hangs for the next sentence too: the process is ended, the next sentence starts another.
    if (answer.error === timedOut) started.value.kill();
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    const started = await this.#process;
    if (started?.ok) started.value.kill();
    this.#process = null;
  }

  /** The running process, started if there is none; two sentences at once share one start. */
  async #running(): Promise<Result<ModelProcess, Failure>> {
    this.#process ??= this.#start();
    const current = this.#process;
    const started = await current;
    if (started.ok && !started.value.hasEnded) return started;
    if (this.#process === current) this.#process = started.ok ? this.#start() : null;
    return this.#process ?? started;
  }

  async #start(): Promise<Result<ModelProcess, Failure>> {
    const verified = await this.#verify();
    if (!verified.ok) return verified;
    const child = fork(new URL('./model-process.js', import.meta.url), {
      // What a native library prints must never reach the plans on standard output.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    });
    const started = new ModelProcess(child, verified.value);
    const ready = await started.ready;
    if (ready.ok) return ok(started);
    started.kill();
    return ready;
  }

  /** Hashing a large file takes seconds: closing does not wait for it. */
  async #verify(): Promise<Result<CheckedModel, Failure>> {
    try {
      return await this.#source.verify(this.#closing.signal);
    } catch (error) {
      return err(this.#closing.signal.aborted ? cancelled : crashed(String(error)));
    }
  }
}

/** The first of: the answer, the deadline, the user's cancellation. */
function within<T>(
  work: Promise<Result<T, Failure>>,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Result<T, Failure>> {
  if (signal.aborted) return Promise.resolve(err(cancelled));
  return new Promise((resolve) => {
    const finish = (result: Result<T, Failure>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = (): void => finish(err(cancelled));
    const timer = setTimeout(() => finish(err(timedOut)), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(finish, (error: unknown) => finish(err(crashed(String(error)))));
  });
}
