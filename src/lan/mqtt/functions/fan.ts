import { deviceSaid, readBack, refusedByDevice } from '../../../core/outcomes.js';
import { flagArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { type Expectation, sendAndConfirm } from '../confirm.js';
import type { HomeFunction } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf } from '../thing.js';
import { expectPower, isOn, messageOf, powerPayload } from './on-off.js';

/** The fan's own speeds: the lowest and the highest that are not off. */
function rangeOf(part: Part): { readonly min: number; readonly steps: number } {
  const { speed_range_min: min = 1, speed_range_max: max = 100 } = part.entity.config.numbers;
  return { min, steps: Math.max(1, max - min + 1) };
}

/** The reported speed in percent, or null. */
export function speedPercent(part: Part): number | null {
  const value = part.reading('percentage')?.number ?? null;
  const { min, steps } = rangeOf(part);
  return value === null ? null : Math.min(100, Math.max(0, Math.round(((value - min + 1) * 100) / steps)));
}

export const setFan: HomeFunction = (thing) => {
  const part = partOf(thing, 'fan');
  const power = part?.command('command_topic', 'command_template');
  if (!part || !power) return null;
  const speed = part.command('percentage_command_topic', 'percentage_command_template');
  return async (home) => {
    const percent = numberArgument(home, 'speed');
    const isWishedOn = (flagArgument(home, 'power') ?? true) && percent !== 0;
    const sets = isWishedOn && percent !== null;
    if (sets && !speed) return refusedByDevice(`${thing.name} has no speeds, it can be switched on and off.`);
    const { min, steps } = rangeOf(part);
    const value = Math.max(min, Math.ceil(((percent ?? 0) * steps) / 100) + min - 1);
    const reading = part.reading('percentage');
    const was = isOn(part, part.reading('state')?.value ?? null);
    const before = speedPercent(part);
    const expectations: readonly Expectation[] = [
      ...expectPower(part, isWishedOn),
      ...(sets && reading
        ? [
            {
              reading,
              judge: () => {
                if (reading.number === null) return 'unclear';
                return Math.abs(reading.number - value) <= Math.max(0.5, steps * 0.015) ? 'yes' : 'no';
              },
              words: () => `a speed of ${speedPercent(part) ?? 0} %`,
            } satisfies Expectation,
          ]
        : []),
    ];
    const proof = await sendAndConfirm(home, {
      messages: [
        messageOf(part, power, powerPayload(part, isWishedOn)),
        ...(sets && speed ? [messageOf(part, speed, value)] : []),
      ],
      expectations,
      isPartly: expectations.length < (sets ? 2 : 1),
    });
    const words = isWishedOn ? (sets ? `on, ${Math.round(percent)} %` : 'on') : 'off';
    const old = was ? { power: true, ...(before !== null && before > 0 ? { speed: before } : {}) } : { power: false };
    const facts = was === null ? {} : { prior: priorOf(home, ['power', 'speed'], old) };
    const receipt = `${thing.name}: ${words}`;
    return proof === 'read-back' ? readBack(receipt, facts) : deviceSaid(receipt, facts);
  };
};
