import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import type { EndpointModel } from '../../model/store/model-entry.js';
import { isOwnNetwork, isThisPc } from '../../platform/host-reach.js';

export interface EndpointOptions {
  readonly name: string;
  readonly model?: string;
  readonly keyVariable?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** An endpoint as the user wrote it, as an entry. Failures: BAD_MODEL_OPTIONS, BAD_MODEL_URL. */
export function endpointEntry(text: string, options: EndpointOptions): Result<EndpointModel, Failure> {
  const { name, model, keyVariable, now } = options;
  if (!model) return err(modelMissing);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return err(badUrl('It cannot be read as a URL.'));
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return err(badUrl('A key does not belong into it: name the variable that holds it with --key-variable.'));
  }
  const isNear = isThisPc(url) || isOwnNetwork(url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNear)) {
    return err(badUrl('Outside of the own network sentences travel over https alone.'));
  }
  return ok({
    kind: 'endpoint',
    name,
    url: url.href.replace(/\/+$/, ''),
    model,
    keyVariable: keyVariable ?? null,
    leavesThisPc: !isThisPc(url),
    addedAt: now,
  });
}

const modelMissing: Failure = {
  code: 'BAD_MODEL_OPTIONS',
  fault: 'user',
  message: 'An endpoint needs the name by which it knows the model.',
  next: 'Give it with --model.',
};

function badUrl(why: string): Failure {
  return {
    code: 'BAD_MODEL_URL',
    fault: 'user',
    message: `This endpoint's address is not used. ${why}`,
    next: 'Give an address such as http://127.0.0.1:8080/v1.',
  };
}
