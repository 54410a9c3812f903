import type { Failure } from '../../core/failure.js';
import type { PlanDraft } from '../../core/plan-draft.js';
import type { Planner, PlannerRequest } from '../../core/ports/planner.js';
import { err, ok, type Result } from '../../core/result.js';
import { MAX_UTTERANCE_LENGTH } from '../../core/utterance.js';
import { likeliestFunctions } from '../retrieval/likeliest-functions.js';
import { chatCompletionSchema, chatRequest, draftOfCompletion } from './chat-completion.js';
import { completionsUrl } from './endpoint-address.js';
import { cancelled, keyMissing, unreadable } from './endpoint-failures.js';
import { postJson } from './post-json.js';

/** How many functions an endpoint's model is told of. */
const RETRIEVED = 20;

/** What an HTTP header can carry without a break. */
const USABLE_KEY = /^[\x21-\x7e]+$/;

export interface EndpointOptions {
  /** The base URL, to which `/chat/completions` is added: "http://127.0.0.1:11434/v1". */
  readonly url: string;
  /** The model's name at the endpoint. */
  readonly model: string;
  /** The environment variable that holds the bearer key, read at every sentence; null for endpoints without one. */
  readonly keyVariable: string | null;
  readonly retrieved?: number;
  /** How long an answer may take at least, in milliseconds; 0 leaves it to the caller. */
  readonly timeoutMs?: number;
  /** Where the key is looked up. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

interface Destination {
  readonly url: URL;
  readonly key: string | null;
}

const tooLong: Failure = {
  code: 'UTTERANCE_TOO_LONG',
  fault: 'user',
  message: `The sentence is longer than ${MAX_UTTERANCE_LENGTH} characters.`,
  next: 'Split it into shorter sentences.',
};

/**
 * The port Planner over an OpenAI-compatible endpoint. The sentence and the functions' descriptions are sent there, and
 * nothing else. Failures: ENDPOINT_REFUSED, ENDPOINT_KEY_MISSING, ENDPOINT_UNREACHABLE, ENDPOINT_UNAUTHORIZED,
 * ENDPOINT_BUSY, ENDPOINT_FAILED, ENDPOINT_UNREADABLE, MODEL_MISSING, MODEL_TIMEOUT, UTTERANCE_TOO_LONG, CANCELLED.
 */
export class EndpointPlanner implements Planner {
  readonly #options: EndpointOptions;
  readonly #closed = new AbortController();

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  /** Checks address and key. Nothing is sent before the first sentence. */
  async warmUp({ signal }: { signal: AbortSignal; timeoutMs: number }): Promise<Result<void, Failure>> {
    if (signal.aborted) return err(cancelled);
    const destination = this.#destination();
    return destination.ok ? ok(undefined) : destination;
  }

  async plan(
    { text, functions }: PlannerRequest,
    { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
  ): Promise<Result<PlanDraft, Failure>> {
    if (text.length > MAX_UTTERANCE_LENGTH) return err(tooLong);
    const destination = this.#destination();
    if (!destination.ok) return destination;
    const { model, retrieved = RETRIEVED, timeoutMs: patience = 0 } = this.#options;
    const told = likeliestFunctions(text, retrieved, functions);
    const answer = await postJson({
      ...destination.value,
      body: chatRequest(model, text, told),
      model,
      signal: AbortSignal.any([signal, this.#closed.signal]),
      timeoutMs: Math.max(timeoutMs, patience),
    });
    if (!answer.ok) return answer;
    const completion = chatCompletionSchema.safeParse(answer.value);
    if (!completion.success) return err(unreadable(destination.value.url.host));
    return ok(
      draftOfCompletion(
        text,
        completion.data,
        told.map(({ name }) => name),
      ),
    );
  }

  /** Ends what is under way as cancelled. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
  }

  #destination(): Result<Destination, Failure> {
    const { url: base, keyVariable, environment = process.env } = this.#options;
    const url = completionsUrl(base);
    if (!url.ok) return url;
    if (keyVariable === null) return ok({ url: url.value, key: null });
    const key = environment[keyVariable]?.trim() ?? '';
    return USABLE_KEY.test(key) ? ok({ url: url.value, key }) : err(keyMissing(keyVariable));
  }
}
