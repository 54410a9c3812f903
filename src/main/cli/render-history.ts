import type { JournalEntry } from '../../core/ports/journal.js';
import { colorOutcome, renderOutcome } from './render-report.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

/** Newest last, as in a shell: who said what, what it became, on which device, with which outcome. */
export function renderHistory(entries: readonly JournalEntry[], terminal: Terminal): string {
  if (entries.length === 0) return 'Nothing was asked yet.\n';
  return `${[...entries]
    .reverse()
    .map((entry) => renderEntry(entry, terminal))
    .join('\n')}`;
}

function renderEntry(entry: JournalEntry, terminal: Terminal): string {
  const { colors, width } = terminal;
  const when = new Date(entry.utterance.at).toLocaleString('sv-SE');
  const lines = [wrap(`${colors.dim(when)}  ${colors.bold(oneLine(entry.utterance.text))}`, width + 20, '  ')];
  lines.push(colors.dim(`  by ${entry.utterance.source} · ${decisionOf(entry)}`));
  for (const call of entry.calls) {
    const values = Object.entries(call.args).map(([name, value]) => `${name}=${oneLine(String(value), 80)}`);
    const { word, detail } = call.outcome ? renderOutcome(call.outcome) : { word: 'under way', detail: '' };
    const status = call.outcome ? colorOutcome(call.outcome.status, word, terminal) : colors.blue(word);
    const took = call.endedAt === null ? '' : `${call.endedAt - call.startedAt} ms`;
    const text = `    ${call.callId} ${call.function}(${values.join(', ')}) on ${oneLine(call.deviceName, 60)}`;
    lines.push(wrap(text, width, '       '), wrap(`       ${status} ${took} ${detail}`, width + 10, '       '));
  }
  return `${lines.join('\n')}\n`;
}

function decisionOf(entry: JournalEntry): string {
  if (entry.failure) return `failed: ${oneLine(entry.failure.message)}`;
  if (!entry.plan) return 'not planned: Tentacle ended before';
  const planned = entry.plan.calls.length;
  if (entry.plan.decision === 'plan') {
    const notSent = planned - entry.calls.length;
    return `${planned} planned${notSent > 0 ? `, ${notSent} not sent` : ''}`;
  }
  return entry.plan.decision === 'irrelevant' ? 'none of the known functions' : 'not clear, nothing sent';
}
