/** What a program needs to be a device: the package's entry `tentacle/device`. The protocol is docs/protocol.md. */
export { createDevice, type DeviceOptions, type RunningDevice } from './create-device.js';
export {
  type DeviceFunction,
  defineFunction,
  type FunctionOptions,
  type RunOptions,
  type RunResult,
} from './define-function.js';
export type { PairedComputer } from './device-record.js';
