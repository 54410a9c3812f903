import { type ServiceError, status } from '@grpc/grpc-js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { peerWords } from '../../core/peer-words.js';

type Words = Pick<Failure, 'code' | 'fault' | 'message' | 'next'>;

/** What a car's answer means to a person. `name` is the car's. */
export function kuksaFailure(error: ServiceError, name: string): TentacleError {
  const words = isOwnAnswer(error) ? answered(error.code, name) : broken(error, name);
  return new TentacleError({ ...words, detail: peerWords(error.details || error.message) }, { cause: error });
}

/** Codes that the library itself gives, too, when a connection breaks. */
const AMBIGUOUS = new Set([
  status.UNAVAILABLE,
  status.UNKNOWN,
  status.INTERNAL,
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
]);

/**
 * Whether the car itself answered so. UNAVAILABLE is both "no provider for this actuator" in the car's words and "the
 * connection broke" in the library's: only an answer off the wire carries headers.
 */
function isOwnAnswer(error: ServiceError): boolean {
  return !AMBIGUOUS.has(error.code) || Object.keys(error.metadata?.getMap() ?? {}).length > 0;
}

function answered(code: status, name: string): Words {
  switch (code) {
    case status.UNAUTHENTICATED:
      return {
        code: 'UNAUTHORIZED',
        fault: 'user',
        message: `${name} does not accept the token.`,
        next: "Get a new token from the car's operator and enter it in Tentacle.",
      };
    case status.PERMISSION_DENIED:
      return {
        code: 'PERMISSION_DENIED',
        fault: 'user',
        message: `${name} does not allow this with the token that Tentacle has.`,
        next: 'Enter a token whose scope covers it (actuate, or read for a status).',
      };
    case status.NOT_FOUND:
      return {
        code: 'SIGNAL_NOT_FOUND',
        fault: 'device',
        message: `${name} does not know this signal any more.`,
        next: 'Connect the car again: Tentacle then reads anew what it can do.',
      };
    case status.INVALID_ARGUMENT:
    case status.OUT_OF_RANGE:
      return {
        code: 'VALUE_NOT_ACCEPTED',
        fault: 'device',
        message: `${name} does not take this value.`,
        next: 'Ask for another one.',
      };
    case status.UNAVAILABLE:
    case status.UNIMPLEMENTED:
      return {
        code: 'NO_PROVIDER',
        fault: 'device',
        message: `Nothing in ${name} carries this out right now.`,
        next: 'Switch the car on, or wake it, and try again.',
      };
    case status.DEADLINE_EXCEEDED:
      return {
        code: 'DEADLINE',
        fault: 'device',
        message: `${name} gave up on it: it took too long.`,
        next: 'Look at the car, and try again.',
      };
    // An error inside the car, also a transmission failure (DATA_LOSS), says nothing of how far the command went.
    default:
      return {
        code: 'NOT_CONFIRMED',
        fault: 'device',
        message: `${name} reports a fault of its own.`,
        next: 'Look at the car, and try again.',
      };
  }
}

const CERTIFICATE = /certificate|self.signed|altname|CERT_|issuer/i;

function broken(error: ServiceError, name: string): Words {
  if (CERTIFICATE.test(error.details || error.message)) {
    return {
      code: 'CERTIFICATE_NOT_TRUSTED',
      fault: 'user',
      message: `${name} shows a certificate that is not trusted.`,
      next: "Add the certificate of the car's authority in Tentacle, if this really is your car.",
    };
  }
  return {
    code: 'LINK_LOST',
    fault: 'link',
    message: `${name} is not reached.`,
    next: 'Look whether it is switched on and in the network; Tentacle reconnects by itself.',
  };
}

/** A car whose messages are not what the protocol says. */
export function unreadable(name: string, detail: string): TentacleError {
  return new TentacleError({
    code: 'PROTOCOL',
    fault: 'device',
    message: `${name} gave an answer that is not kuksa.val.v2.`,
    next: "Update the car's software, or look whether the address is that of a Kuksa databroker.",
    detail: peerWords(detail),
  });
}
