import type { Failure } from '../../core/failure.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

/** What happened and what to do next, for standard error. */
export function renderFailure(failure: Failure, terminal: Terminal): string {
  const message = terminal.colors.red(wrap(failure.message, terminal.width));
  const detail = failure.detail ? `\n${terminal.colors.dim(wrap(oneLine(failure.detail, 300), terminal.width))}` : '';
  return `${message}\n${wrap(failure.next, terminal.width)}${detail}\n`;
}
