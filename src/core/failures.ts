import { TentacleError } from './failure.js';

export function deadlinePassed(what: string, timeoutMs: number): TentacleError {
  return new TentacleError({
    code: 'DEADLINE',
    fault: 'device',
    message: `${what} gave no answer within ${Math.round(timeoutMs / 100) / 10} s.`,
    next: `Look at ${what.charAt(0).toLowerCase()}${what.slice(1)}: it may be busy, asleep or asking something.`,
  });
}

export function cancelled(): TentacleError {
  return new TentacleError({
    code: 'CANCELLED',
    fault: 'user',
    message: 'Cancelled.',
    next: 'Say it again if you still want it.',
  });
}

export function hasCode(error: unknown, code: string): error is TentacleError {
  return error instanceof TentacleError && error.failure.code === code;
}
