import { join } from 'node:path/win32';
import type { Command } from './command.js';
import type { ComputerSurroundings } from './surroundings.js';

export interface PowerShellInput {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `%SystemRoot%\System32\<parts>`: by its whole path, so that no program of the same name in PATH is run. */
export function systemProgram(surroundings: ComputerSurroundings, ...parts: readonly string[]): string {
  return join(surroundings.env['SystemRoot'] ?? 'C:\\Windows', 'System32', ...parts);
}

/** Windows PowerShell 5.1, which every Windows has; PowerShell 7 has lost the notifications of Windows. */
export const powershellOf = (surroundings: ComputerSurroundings): string =>
  systemProgram(surroundings, 'WindowsPowerShell', 'v1.0', 'powershell.exe');

/**
 * A script for Windows PowerShell. The script is fixed text and goes base64-encoded (UTF-16LE) as one argument; whatever
 * a person said goes over stdin or the environment, so nothing of it is ever read as PowerShell.
 */
export function powershell(surroundings: ComputerSurroundings, script: string, input: PowerShellInput = {}): Command {
  return {
    program: powershellOf(surroundings),
    args: [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-STA',
      '-EncodedCommand',
      Buffer.from(`${PREAMBLE}\n${script}`, 'utf16le').toString('base64'),
    ],
    ...input,
  };
}

/**
 * The first error ends the script with exit code 1; progress bars stay out of stderr. Text goes as UTF-8 through the
 * plain streams, since the console's own encoding is another one in every country.
 */
const PREAMBLE = `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$utf8 = New-Object System.Text.UTF8Encoding($false)
function Read-Utf8 { (New-Object System.IO.StreamReader([Console]::OpenStandardInput(), $utf8)).ReadToEnd() }
function Write-Utf8([string]$text) {
  $bytes = $utf8.GetBytes($text)
  $out = [Console]::OpenStandardOutput()
  $out.Write($bytes, 0, $bytes.Length)
  $out.Flush()
}`;
