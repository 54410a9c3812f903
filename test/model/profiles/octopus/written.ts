import { octopusFunctions } from '../../../../src/model/profiles/octopus/octopus-functions.js';
import type { OctopusCall, OctopusValue, OutputPart } from '../../../../src/model/profiles/octopus/octopus-output.js';

/** The parts of an output in which `<nexa_0>`... and `<nexa_end>` stand for the tokens. */
export function partsOf(output: string, probability = 0.99): readonly OutputPart[] {
  return output.split(/(<nexa_(?:\d+|end)>)/u).flatMap((piece): OutputPart[] => {
    if (piece === '') return [];
    if (piece === '<nexa_end>') return [{ kind: 'end' }];
    const index = /^<nexa_(\d+)>$/u.exec(piece)?.[1];
    return [
      index === undefined ? { kind: 'text', text: piece } : { kind: 'function', index: Number(index), probability },
    ];
  });
}

/** The index of the published function that stands for a catalogue function. */
export function indexOf(name: string): number {
  return octopusFunctions.findIndex((entry) => entry.name === name);
}

function python(value: OctopusValue): string {
  switch (value.kind) {
    case 'text': {
      const quote = value.value.includes("'") && !value.value.includes('"') ? '"' : "'";
      return `${quote}${value.value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
    }
    case 'number':
      return String(value.value);
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'call':
      return writeCall(value.call);
  }
}

/** A call as Python's `repr` would print its arguments. */
export function writeCall({ index, args }: OctopusCall): string {
  return `<nexa_${index}>(${args.map(python).join(', ')})`;
}
