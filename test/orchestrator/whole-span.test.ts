import { describe, expect, it } from 'vitest';
import { wholeSpan } from '../../src/orchestrator/whole-span.js';

function whole(utterance: string, value: string, type: string): string {
  const start = utterance.indexOf(value);
  const span = { start, end: start + value.length, text: value };
  const found = wholeSpan({ kind: 'span', span }, type, utterance);
  if (found.kind !== 'span') throw new RangeError('no span');
  expect(utterance.slice(found.span.start, found.span.end)).toBe(found.span.text);
  return found.span.text;
}

describe('wholeSpan', () => {
  it.each([
    ['set a 90 second timer for the eggs', '90', 'duration', '90 second'],
    ['a 45-second timer', '45', 'duration', '45-second'],
    ['start a timer for 5', '5', 'duration', '5'],
    ['timer for ten minutes in the kitchen', 'ten minutes', 'duration', 'ten minutes'],
    ['设一个90秒的计时', '90', 'duration', '90秒'],
    ['alarm at twenty past nine tonight', 'twenty past nine', 'time', 'twenty past nine tonight'],
    ['alarm at 6 in the evening please', '6', 'time', '6 in the evening'],
    ['wake me at 7 pm', '7', 'time', '7 pm'],
    ['wake me at 7 am and tonight remind me', '7 am', 'time', '7 am'],
    ['今晚九点二十的闹钟', '九点二十', 'time', '今晚九点二十'],
    ['set the thermostat to 70 degrees fahrenheit', '70', 'celsius', '70 degrees fahrenheit'],
    ['set the thermostat to 21 degrees', '21', 'celsius', '21'],
    ['seat forward 5 cm', '5', 'number', '5 cm'],
    ['text Anna 90 second thoughts', '90', 'text', '90'],
  ])('%s: %s as %s is "%s"', (utterance, value, type, wanted) => {
    expect(whole(utterance, value, type)).toBe(wanted);
  });
});
