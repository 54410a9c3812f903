import { type Failure, TentacleError } from '../../core/failure.js';
import { causeWords } from '../../core/peer-words.js';

export function silent(name: string): TentacleError {
  return new TentacleError({
    code: 'LINK_LOST',
    fault: 'link',
    message: `${name} gives no answer.`,
    next: 'Look whether it has power and is in the network; Tentacle reaches for it again by itself.',
  });
}

/** The device's own status to a command, by its name in the specification: "busy", "constraint-error". */
export function refusedWith(name: string, status: string): TentacleError {
  return new TentacleError({
    code: 'DEVICE_REFUSED',
    fault: 'device',
    message: `${name} refused it (${status.replaceAll('-', ' ')}).`,
    next: 'Look at the device: it may be busy, locked against remote control, or in a mode that forbids this.',
    detail: status,
  });
}

export function notFound(): TentacleError {
  return new TentacleError({
    code: 'DEVICE_NOT_FOUND',
    fault: 'user',
    message: 'No device in the network waits to be added with this code.',
    next: 'Ask the other app for a new code and type it within a few minutes; this computer must be in the same network.',
  });
}

export function wrongCode(cause: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'WRONG_SHARE_CODE',
      fault: 'user',
      message: 'The device did not accept this code.',
      next: 'Ask the other app for a new code: each holds for a few minutes.',
      detail: causeWords(cause),
    },
    { cause },
  );
}

export function notLoaded(cause: unknown): Failure {
  return {
    code: 'MATTER_UNAVAILABLE',
    fault: 'tentacle',
    message: 'Matter could not be started on this computer.',
    next: 'Install Tentacle anew; if it stays so, please report it with the detail.',
    detail: causeWords(cause),
  };
}

export function nodeUnknown(id: string): TentacleError {
  return new TentacleError({
    code: 'DEVICE_UNKNOWN',
    fault: 'user',
    message: `There is no Matter device ${id}.`,
    next: 'Look at tentacle devices for its name.',
  });
}

export function wentWrong(cause: unknown): Failure {
  return {
    code: 'MATTER_FAILED',
    fault: 'link',
    message: 'The device did not finish this.',
    next: 'Look whether it has power and is in the network, and try again.',
    detail: causeWords(cause),
  };
}
