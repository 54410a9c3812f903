import type { Failure } from '../../core/failure.js';

/** What can go wrong with an endpoint, for people. None of them ever holds the key or what the sentence said. */

export function addressRefused(why: string): Failure {
  return {
    code: 'ENDPOINT_REFUSED',
    fault: 'user',
    message: `The model endpoint's address cannot be used. ${why}`,
    next: 'Use an https address, or http for this PC or an IP address of your own network.',
  };
}

export function redirected(host: string): Failure {
  return {
    code: 'ENDPOINT_REFUSED',
    fault: 'link',
    message: `The model endpoint ${host} sends us to another address. The sentence and the key stay here.`,
    next: "Set the endpoint's final address.",
  };
}

export function keyMissing(variable: string): Failure {
  return {
    code: 'ENDPOINT_KEY_MISSING',
    fault: 'user',
    message: `The environment variable ${variable} holds no usable key for the model endpoint.`,
    next: `Set ${variable} and start Tentacle again.`,
  };
}

export function unreachable(host: string, detail: string): Failure {
  return {
    code: 'ENDPOINT_UNREACHABLE',
    fault: 'link',
    message: `The model endpoint ${host} cannot be reached. Nothing was planned.`,
    next: 'Check that it is running and that its address is right, or use the embedded model.',
    detail,
  };
}

export function tooLarge(host: string, limit: number): Failure {
  return {
    code: 'ENDPOINT_UNREADABLE',
    fault: 'model',
    message: `The model endpoint ${host} answers with more than ${limit / 1_024} KiB.`,
    next: 'Check that the address is that of an OpenAI-compatible endpoint.',
  };
}

export function unreadable(host: string): Failure {
  return {
    code: 'ENDPOINT_UNREADABLE',
    fault: 'model',
    message: `The model endpoint ${host} answers in a form that is no chat completion.`,
    next: 'Check that the address is that of an OpenAI-compatible endpoint; it often ends with /v1.',
  };
}

export function timedOut(host: string, timeoutMs: number): Failure {
  return {
    code: 'MODEL_TIMEOUT',
    fault: 'model',
    message: `The model endpoint ${host} did not answer within ${timeoutMs / 1_000} seconds. Nothing was planned.`,
    next: 'Try again, or choose a faster model.',
  };
}

export const cancelled: Failure = {
  code: 'CANCELLED',
  fault: 'user',
  message: 'Planning was cancelled. Nothing was sent to a device.',
  next: 'Say it again when you like.',
};

const statuses: Readonly<Record<number, Omit<Failure, 'fault'>>> = {
  401: {
    code: 'ENDPOINT_UNAUTHORIZED',
    message: 'does not accept the key.',
    next: "Check the key in the endpoint's environment variable.",
  },
  403: {
    code: 'ENDPOINT_UNAUTHORIZED',
    message: 'does not allow this key to use the model.',
    next: "Check the key's rights, or choose another model.",
  },
  404: {
    code: 'MODEL_MISSING',
    message: 'does not know this model or address.',
    next: "Check the model's name and the address; it often ends with /v1.",
  },
  429: {
    code: 'ENDPOINT_BUSY',
    message: 'takes no more requests for now.',
    next: 'Wait a little, or check the quota of your key.',
  },
};

/** The failure behind an answer's status; the answer's text stays out, as servers repeat keys in it. */
export function statusFailure(host: string, model: string, status: number): Failure {
  const known = statuses[status];
  const detail = `HTTP ${status}, model ${model}`;
  if (known) return { ...known, fault: 'user', message: `The model endpoint ${host} ${known.message}`, detail };
  return status >= 500
    ? {
        code: 'ENDPOINT_FAILED',
        fault: 'model',
        message: `The model endpoint ${host} failed on this sentence.`,
        next: 'Try again later, or use the embedded model.',
        detail,
      }
    : {
        code: 'ENDPOINT_REFUSED',
        fault: 'model',
        message: `The model endpoint ${host} refused the request.`,
        next: 'Check that the model can call tools.',
        detail,
      };
}
