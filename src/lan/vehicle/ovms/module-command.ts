/**
 * Everything that is ever said to a module's shell. The shell is a whole one (it writes files, flashes firmware, runs scripts),
 * and a line break starts another command: no word of a sentence comes near it. The PIN of the connection, digits alone, is
 * the one thing that is filled in.
 *
 * What is not here is so for a reason: charge limits and cabin temperatures are configuration of single car types, which
 * outlives the moment; flashing and honking exists in no command that all cars share.
 */
export const MODULE_COMMANDS = [
  'climatecontrol on',
  'climatecontrol off',
  'charge start',
  'charge stop',
  'lock',
  'unlock',
  // Changes nothing and is answered at once by every firmware: what was told before the answer is older than the question.
  'server v3 status',
  // Tells all metrics; for firmware before 3.3.006, which knows no requests for single ones.
  'server v3 update all',
] as const;
export type ModuleCommand = (typeof MODULE_COMMANDS)[number];

const NEEDS_PIN: ReadonlySet<ModuleCommand> = new Set(['lock', 'unlock']);

/** The line as it is sent, or null where it needs a PIN and the connection has none. */
export function commandLine(command: ModuleCommand, pin: string | null): string | null {
  if (!NEEDS_PIN.has(command)) return command;
  return pin === null ? null : `${command} ${pin}`;
}
