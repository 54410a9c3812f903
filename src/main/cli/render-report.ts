import type { Outcome } from '../../core/outcome.js';
import { type CallReport, isCarriedOut, type Report } from '../../core/report.js';
import { renderTitle } from './render-call.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

/** What became of a call, in a word and a sentence: never more than the device confirmed. */
export function renderOutcome(outcome: Outcome): { readonly word: string; readonly detail: string } {
  switch (outcome.status) {
    case 'done': {
      const proof = outcome.proof === 'read-back' ? 'read back' : 'the device accepted it; it cannot be read back';
      // What a public service says was read from no device.
      const source = outcome.data?.source ?? 'device';
      const known = source === 'device' ? proof : `answered by ${oneLine(source, 60)}`;
      return { word: 'done', detail: `${oneLine(outcome.receipt, 300)} · ${known}` };
    }
    case 'handed-over':
      return { word: 'handed over', detail: `${oneLine(outcome.receipt)} Left for you: ${oneLine(outcome.left)}` };
    case 'refused':
      return { word: 'refused', detail: oneLine(outcome.why, 300) };
    case 'failed':
      return {
        word: 'failed',
        detail: `${oneLine(outcome.failure.message, 300)} ${oneLine(outcome.failure.next, 300)}`,
      };
    case 'unknown':
      return { word: 'unknown', detail: `${oneLine(outcome.why, 300)} Look at the device before you try again.` };
  }
}

/** Green, blue, amber, red, violet: one colour a state, always beside its word. */
export function colorOutcome(status: Outcome['status'], text: string, terminal: Terminal): string {
  const { colors } = terminal;
  switch (status) {
    case 'done':
      return colors.green(text);
    case 'handed-over':
      return colors.yellow(text);
    case 'unknown':
      return colors.magenta(text);
    default:
      return colors.red(text);
  }
}

export function renderReport(report: Report, terminal: Terminal): string {
  const lines = report.calls.flatMap((entry) => renderEntry(entry, report, terminal));
  const carriedOut = isCarriedOut(report);
  const done = report.calls.filter((entry) => entry.outcome.status === 'done').length;
  const handedOver = report.calls.filter((entry) => entry.outcome.status === 'handed-over').length;
  const summary = [
    `${done} of ${report.calls.length} done`,
    ...(handedOver > 0 ? [`${handedOver} handed over to you`] : []),
    `${Math.round(report.ms)} ms`,
  ].join(', ');
  const { colors } = terminal;
  const head = carriedOut ? colors.bold('Report') : colors.bold(colors.red('Report: not everything was done'));
  return `${[head, ...lines, colors.dim(`  ${summary}`)].join('\n')}\n`;
}

function renderEntry(entry: CallReport, report: Report, terminal: Terminal): string[] {
  const call = report.plan.calls.find((candidate) => candidate.id === entry.call);
  const { word, detail } = renderOutcome(entry.outcome);
  const title = call ? renderTitle(call) : entry.call;
  const time = entry.ms > 0 ? `${Math.round(entry.ms)} ms` : 'not sent';
  const device = entry.deviceName ? ` on ${oneLine(entry.deviceName, 60)}` : '';
  const indent = ' '.repeat(6);
  return [
    `  ${terminal.colors.cyan(entry.call.padEnd(3))} ${colorOutcome(entry.outcome.status, word, terminal)}  ${title}${device}${terminal.colors.dim(`  ${time}`)}`,
    wrap(`${indent}${detail}`, terminal.width, indent),
    ...dataLines(entry.outcome).map((line) => wrap(`${indent}${line}`, terminal.width, indent)),
  ];
}

/** What was read, where the receipt does not say it already. */
function dataLines(outcome: Outcome): readonly string[] {
  if (outcome.status !== 'done' || outcome.data === null || outcome.receipt.includes(outcome.data.text)) return [];
  const lines = outcome.data.text.split('\n').filter((line) => line.trim() !== '');
  const more = lines.length > MAX_DATA_LINES ? [`… ${lines.length - MAX_DATA_LINES} more lines`] : [];
  return [...lines.slice(0, MAX_DATA_LINES).map((line) => `“${oneLine(line, 300)}”`), ...more];
}

const MAX_DATA_LINES = 20;
