import { readBack } from '../../../core/outcomes.js';
import { flagArgument, missingArgument, priorOf } from '../../call-arguments.js';
import { command, readState, sendAndConfirm } from '../confirm.js';
import type { MatterFunction } from '../matter-call.js';
import { readFlag } from './reading.js';

const WANTED = [{ cluster: 'onOff', names: ['onOff'] }] as const;

export const setSwitch: MatterFunction = ({ endpoint, deviceClass, name }) => {
  if (deviceClass !== 'switch' || endpoint.cluster('onOff') === null) return null;
  return async (home) => {
    const power = flagArgument(home, 'power');
    if (power === null) throw missingArgument('power');
    const was = readFlag(await readState(home, WANTED), 'onOff', 'onOff');
    await sendAndConfirm<boolean | null>(home, {
      send: async (signal) => void (await command(home, 'onOff', power ? 'on' : 'off', undefined, signal)),
      look: async (signal) => readFlag(await home.node.read(endpoint.number, WANTED, signal), 'onOff', 'onOff'),
      judge: (isOn) => (isOn === null ? 'unclear' : isOn === power ? 'yes' : 'no'),
      words: (isOn) => (isOn ? 'on' : 'off'),
    });
    const prior = was === null ? {} : { prior: priorOf(home, ['power'], { power: was }) };
    return readBack(`${name}: ${power ? 'on' : 'off'}`, prior);
  };
};
