import { statSync } from 'node:fs';
import type { Command, Ran } from './command.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Longest wait for an answer over the bus, in seconds. */
const TIMEOUT_S = 5;

/** Whether the user's session has a bus. Where it has none, gdbus would start a stray one for itself. */
export function hasSessionBus({ env }: ComputerSurroundings): boolean {
  if (env['DBUS_SESSION_BUS_ADDRESS']) return true;
  const folder = env['XDG_RUNTIME_DIR'];
  return Boolean(folder && statSync(`${folder}/bus`, { throwIfNoEntry: false })?.isSocket());
}

export interface BusCall {
  readonly service: string;
  readonly path: string;
  readonly method: string;
  /** Values in the text form of GVariant; text by {@link gvariantText}. */
  readonly args: readonly string[];
}

/** One method call over the session bus, by gdbus. */
export function gdbusCall(gdbus: string, { service, path, method, args }: BusCall): Command {
  const address = ['--dest', service, '--object-path', path, '--method', method];
  return { program: gdbus, args: ['call', '--session', '--timeout', String(TIMEOUT_S), ...address, ...args] };
}

/**
 * A text as GVariant writes it. gdbus reads every argument as such a value first, so that plain `'a'` would arrive without
 * its quotes; this one always arrives as it is, and never looks like an option.
 */
export function gvariantText(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `"${escaped}"`;
}

/** No answer came: the other side may have done it all the same. */
export function isSilence({ stderr }: Ran): boolean {
  return /Timeout was reached|NoReply|Error\.Timeout|TimedOut/.test(stderr);
}
