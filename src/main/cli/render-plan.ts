import { findFunction } from '../../catalog/catalog.js';
import type { Device } from '../../core/device.js';
import type { Call, Plan } from '../../core/plan.js';
import type { Recalled } from '../../core/recalled.js';
import { dependenciesOf } from '../../orchestrator/plan-graph.js';
import { renderArguments, renderTitle } from './render-call.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

/** A plan as a person reads it: what happens at once, what waits for what, on which device, with what, and what asks. */
export function renderPlan(plan: Plan, devices: readonly Device[], terminal: Terminal): string {
  const { colors } = terminal;
  const facts = plan.recalled
    ? factsOf(plan.recalled)
    : `${Math.round(plan.ms)} ms, ${Math.round(plan.confidence * 100)} % sure`;
  if (plan.decision === 'irrelevant') {
    const why = plan.recalled
      ? `nothing is to be done, ${factsOf(plan.recalled)}.`
      : `none of the known functions fits "${oneLine(plan.utterance, 120)}".`;
    const text = `Nothing was sent: ${why}`;
    return `${wrap(text, terminal.width)}\n`;
  }
  if (plan.decision === 'clarify') return renderQuestion(plan, terminal);
  const count = plan.calls.length === 1 ? '1 call' : `${plan.calls.length} calls`;
  const lines = [colors.bold(`Plan: ${count}`) + colors.dim(`  ${facts}`)];
  for (const call of plan.calls) lines.push(...renderCall(call, plan.calls, devices, terminal));
  return `${lines.join('\n')}\n`;
}

/** Where a plan comes from that no model made. */
function factsOf({ sentence, match }: Recalled): string {
  const same = match === 'exact' ? 'as you taught it' : 'nearly as you taught it';
  return `${same}: "${oneLine(sentence, 60)}"`;
}

function renderQuestion(plan: Plan, terminal: Terminal): string {
  const question = plan.clarification?.question ?? 'This sentence is not clear.';
  const choices = (plan.clarification?.choices ?? []).map((choice, index) =>
    wrap(`  ${index + 1}. ${oneLine(choice.label)}`, terminal.width, '     '),
  );
  return `${[wrap(terminal.colors.yellow(question), terminal.width), ...choices].join('\n')}\n`;
}

function renderCall(call: Call, calls: readonly Call[], devices: readonly Device[], terminal: Terminal): string[] {
  const { colors, width } = terminal;
  const asks = findFunction(call.function)?.risk(call.args) === 'confirm';
  const head = `  ${colors.cyan(call.id.padEnd(3))} ${colors.bold(renderTitle(call))}`;
  const device = devices.find((entry) => entry.id === call.device);
  const place = device ? `on ${oneLine(device.name, 60)}${device.virtual ? ' (virtual)' : ''}` : placeOf(call);
  const waiting = [...dependenciesOf(call)].filter((id) => calls.some((other) => other.id === id));
  const order = waiting.length > 0 ? `after ${waiting.join(', ')}` : calls.length > 1 ? 'at once' : '';
  const notes = [place, order, asks ? 'asks first' : ''].filter((note) => note !== '');
  const indent = ' '.repeat(6);
  return [
    head,
    ...renderArguments(call).map((line) => wrap(`${indent}${line}`, width, `${indent}  `)),
    colors.dim(wrap(`${indent}${notes.join(' · ')}`, width, indent)),
  ];
}

function placeOf(call: Call): string {
  if (call.target) return `on "${oneLine(call.target, 60)}"`;
  const kind = findFunction(call.function)?.kind;
  return kind ? `on a ${kind}` : '';
}
