import type { Failure } from '../../core/failure.js';
import { TentacleError } from '../../core/failure.js';
import { type PlanningModel, SentenceTooLong } from '../planning-model.js';
import { loadPlanningModel } from '../profiles/load-planning-model.js';
import type { ModelProfile } from '../profiles/model-profile.js';
import { type ModelReply, type ModelRequest, modelRequestSchema } from './messages.js';

/**
 * The model's own process: whatever a native library does, it ends one utterance and not the app. It serves one
 * sentence at a time, in order, and leaves when its parent does.
 */
let model: Promise<PlanningModel> | null = null;
let turn: Promise<void> = Promise.resolve();
const running = new Map<number, AbortController>();

function reply(message: ModelReply): void {
  process.send?.(message);
}

function loadFailure(error: unknown): Failure {
  if (error instanceof TentacleError) return error.failure;
  return {
    code: 'MODEL_CORRUPT',
    fault: 'tentacle',
    message: 'The model could not be loaded.',
    next: 'Reinstall Tentacle, or choose another model, and try again.',
    detail: String(error).slice(0, 500),
  };
}

function planFailure(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) {
    return {
      code: 'CANCELLED',
      fault: 'user',
      message: 'Planning was cancelled.',
      next: 'Say it again when you like.',
    };
  }
  if (error instanceof SentenceTooLong) {
    return {
      code: 'UTTERANCE_TOO_LONG',
      fault: 'user',
      message: 'The sentence has more words than can be planned at once.',
      next: 'Split it into shorter sentences.',
    };
  }
  return {
    code: 'MODEL_CRASHED',
    fault: 'model',
    message: 'The model failed on this sentence.',
    next: 'Say it in other words.',
    detail: String(error).slice(0, 500),
  };
}

async function load(path: string, profile: ModelProfile | null): Promise<void> {
  model = loadPlanningModel(path, profile);
  try {
    const { addedFunctions } = await model;
    reply({ type: 'loaded', addedFunctions: [...(addedFunctions ?? [])] });
  } catch (error) {
    reply({ type: 'load-failed', failure: loadFailure(error) });
  }
}

async function plan(request: Extract<ModelRequest, { type: 'plan' }>, controller: AbortController): Promise<void> {
  try {
    if (!model) throw new RangeError('no model was loaded');
    controller.signal.throwIfAborted();
    const draft = await (await model).plan(request.text, request.functions, controller.signal);
    reply({ type: 'planned', id: request.id, draft });
  } catch (error) {
    reply({ type: 'plan-failed', id: request.id, failure: planFailure(error, controller.signal) });
  } finally {
    running.delete(request.id);
  }
}

process.on('message', (message) => {
  const request = modelRequestSchema.parse(message);
  switch (request.type) {
    case 'load':
      turn = turn.then(() => load(request.path, request.profile ?? null));
      return;
    case 'plan': {
      const controller = new AbortController();
      running.set(request.id, controller);
      turn = turn.then(() => plan(request, controller));
      return;
    }
    case 'cancel':
      running.get(request.id)?.abort();
  }
});
process.on('disconnect', () => process.exit(0));
