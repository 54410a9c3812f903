import { callTitle } from '../../catalog/call-title.js';
import { findFunction } from '../../catalog/catalog.js';
import type { FunctionDescriptor } from '../../catalog/function-descriptor.js';
import { type Argument, type Call, isRef } from '../../core/plan.js';
import { oneLine } from './terminal.js';

/** An argument in a person's words: `21 °C`, `20 %`, `on`, `the result of c1`. */
export function renderArgument(call: Call, name: string, value: Argument): string {
  if (isRef(value)) return `the result of ${value.$ref}`;
  const parameter = findFunction(call.function)?.parameters.find((entry) => entry.name === name);
  const contact = call.contacts?.[name];
  const text = oneLine(String(value));
  if (contact) {
    const address = contact.phoneNumber ?? contact.email ?? '';
    return contact.name === address ? text : `${oneLine(contact.name)} (${address})`;
  }
  switch (parameter?.type) {
    case 'percent':
      return `${text} %`;
    case 'celsius':
      return `${text} °C`;
    case 'duration':
      return renderDuration(Number(value));
    case 'number':
      return `${text} ${parameter.unit ?? ''}`.trim();
    case 'boolean':
      return value === true ? 'on' : 'off';
    case 'datetime':
      return text.replace('T', ' ');
    default:
      return text;
  }
}

function renderDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ');
}

/** Every argument as `name value`, in the catalogue's order, with locked and power said as people say them. */
export function renderArguments(call: Call): readonly string[] {
  const descriptor: FunctionDescriptor | undefined = findFunction(call.function);
  return (descriptor?.parameters ?? []).flatMap((parameter) => {
    const value = call.args[parameter.name];
    return value === undefined
      ? []
      : [`${parameter.name.replaceAll('_', ' ')}: ${renderArgument(call, parameter.name, value)}`];
  });
}

/** The function in a person's words. */
export function renderTitle(call: Call): string {
  return callTitle(call.function, call.args);
}
