import { TentacleError } from '../../../core/failure.js';
import { peerWords } from '../../../core/peer-words.js';

/** Lines with which the shell, and what runs in it, says no. */
const ERROR_LINE = /^[ \t]*(?:error|unrecognised|usage|ambiguous|insufficient|invalid|failed)\b/im;
const NOT_AVAILABLE = /functionality not available|not implemented/i;

/** What a response says against having done it, or null. That it says nothing against it proves nothing. */
export function failureInResponse(response: string, car: { name: string; pin: string | null }): TentacleError | null {
  if (!ERROR_LINE.test(response)) return null;
  // A shell repeats what it does not understand, and the PIN is part of that.
  const detail = peerWords(car.pin === null ? response : response.replaceAll(car.pin, '•'.repeat(4)));
  if (NOT_AVAILABLE.test(response)) {
    return new TentacleError({
      code: 'NOT_SUPPORTED',
      fault: 'device',
      message: `${car.name} cannot do this through its OVMS module.`,
      next: 'The documentation of OVMS says for each car type what it can do.',
      detail,
    });
  }
  return new TentacleError({
    code: 'COMMAND_FAILED',
    fault: 'device',
    message: `The OVMS module of ${car.name} says that it could not do it.`,
    next: 'Look into the details: the car may be asleep or not plugged in, the PIN wrong, or writing to the car not enabled.',
    detail,
  });
}
