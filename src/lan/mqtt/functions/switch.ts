import { deviceSaid, readBack } from '../../../core/outcomes.js';
import { flagArgument, missingArgument, priorOf } from '../../call-arguments.js';
import { sendAndConfirm } from '../confirm.js';
import type { HomeCall, HomeFunction, HomeRun } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf, type Thing } from '../thing.js';
import { expectPower, isOn, messageOf, powerPayload } from './on-off.js';

/** Switches a part on or off and sees it so. `null` for a part that cannot be told. */
export function powerOf(part: Part | null): HomeRun | null {
  const command = part?.command('command_topic', 'command_template');
  if (!part || !command) return null;
  return async (home) => {
    const power = flagArgument(home, 'power');
    if (power === null) throw missingArgument('power');
    const prior = priorPower(home, part);
    const proof = await sendAndConfirm(home, {
      messages: [messageOf(part, command, powerPayload(part, power))],
      expectations: expectPower(part, power),
    });
    const receipt = `${home.thing.name}: ${power ? 'on' : 'off'}`;
    return proof === 'read-back' ? readBack(receipt, prior) : deviceSaid(receipt, prior);
  };
}

function priorPower(home: HomeCall, part: Part) {
  const was = isOn(part, part.reading('state')?.value ?? null);
  return was === null ? {} : { prior: priorOf(home, ['power'], { power: was }) };
}

export const setSwitch: HomeFunction = (thing: Thing) =>
  thing.deviceClass === 'tv' || partOf(thing, 'light') ? null : powerOf(partOf(thing, 'switch'));

export const setTvPower: HomeFunction = (thing: Thing) =>
  thing.deviceClass === 'tv' ? powerOf(partOf(thing, 'switch')) : null;
