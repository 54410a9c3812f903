import { TentacleError } from '../../core/failure.js';
import { causeWords } from '../../core/peer-words.js';

export function brokerAddressWrong(url: string): TentacleError {
  return new TentacleError({
    code: 'BROKER_ADDRESS',
    fault: 'user',
    message: `"${url}" is not the address of an MQTT broker.`,
    next: 'Give it as mqtt://host:port, without encryption: the virtual home is for this computer.',
  });
}

export function brokerRefused(url: string, cause: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'BROKER_REFUSED',
      fault: 'link',
      message: `The virtual home could not connect to the broker at ${url}.`,
      next: 'Look whether the broker runs there, and whether user name and password are right.',
      detail: causeWords(cause),
    },
    { cause },
  );
}

export function brokerNotOurs(): TentacleError {
  return new TentacleError({
    code: 'BROKER_NOT_OURS',
    fault: 'user',
    message: 'The broker belongs to somebody else: the virtual home cannot drop it.',
    next: 'Start the virtual home with a broker of its own.',
  });
}

export function thingUnknown(thing: string): TentacleError {
  return new TentacleError({
    code: 'THING_UNKNOWN',
    fault: 'user',
    message: `There is no "${thing}" in the virtual home.`,
    next: 'Its things are the keys of state().',
  });
}

export function factOutOfRange(thing: string): TentacleError {
  return new TentacleError({
    code: 'FACT_OUT_OF_RANGE',
    fault: 'user',
    message: `"${thing}" cannot be so.`,
    next: 'state() shows which facts it has; numbers stay within its ranges.',
  });
}
