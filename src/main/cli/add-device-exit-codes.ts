import { type ExitCode, exitCode } from './exit-code.js';

/** What `tentacle add device` that did not end well exits with. */
export const addDeviceExitCodes: Readonly<Record<string, ExitCode>> = {
  BAD_PIN: exitCode.usage,
  DEVICE_NOT_CHOSEN: exitCode.usage,
  NAME_AMBIGUOUS: exitCode.usage,
  NO_DEVICE_FOUND: exitCode.notDone,
  WRONG_PIN: exitCode.notDone,
  PAIRING_SHUT: exitCode.notDone,
  PAIRING_BROKEN: exitCode.notDone,
  NOT_REACHED: exitCode.notDone,
  BAD_ANSWER: exitCode.notDone,
  ID_TAKEN: exitCode.notDone,
  DEADLINE: exitCode.notDone,
};
