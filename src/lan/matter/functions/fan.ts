import { readBack, refusedByDevice } from '../../../core/outcomes.js';
import { flagArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { readState, sendAndConfirm } from '../confirm.js';
import type { MatterFunction } from '../matter-call.js';
import type { Answer } from '../matter-node.js';
import { numberOf, readNumber } from './reading.js';

export const fanWanted = [
  { cluster: 'fanControl', names: ['fanMode', 'percentSetting', 'percentCurrent', 'speedMax'] },
] as const;

/** How far a reported speed may lie from the asked one, in percent: fans round. */
const NEAR = 2;
/** Values of the fan mode attribute. */
const OFF = 0;
const HIGH = 3;
const AUTO = 5;

export interface FanState {
  readonly mode: number | null;
  /** The speed that it was set to, 0..100; null while it chooses its own. */
  readonly percent: number | null;
}

export const fanState = (answer: Answer): FanState => ({
  mode: readNumber(answer, 'fanControl', 'fanMode'),
  percent: readNumber(answer, 'fanControl', 'percentSetting'),
});

export function fanWords({ mode, percent }: FanState): string | null {
  if (mode === null) return null;
  if (mode === OFF) return 'off';
  return mode === AUTO || percent === null ? 'on' : `on, ${percent} %`;
}

export const setFan: MatterFunction = ({ endpoint, deviceClass, name }) => {
  const fan = endpoint.cluster('fanControl');
  if (deviceClass !== 'fan' || fan === null) return null;
  const steps = numberOf(fan, 'speedMax');
  // A fan with five speeds keeps the next of these.
  const isSame = (percent: number, asked: number): boolean =>
    Math.abs(percent - asked) <= NEAR ||
    (steps !== null && steps > 0 && Math.ceil((percent * steps) / 100) === Math.ceil((asked * steps) / 100));
  return async (home) => {
    const speed = numberArgument(home, 'speed');
    const isOn = (flagArgument(home, 'power') ?? true) && speed !== 0;
    if (isOn && speed !== null && numberOf(fan, 'percentSetting') === null && numberOf(fan, 'fanMode') === null)
      return refusedByDevice(`${name} has no speeds.`);
    const before = fanState(await readState(home, fanWanted));
    const after = await sendAndConfirm<FanState>(home, {
      send: async (signal) => {
        const place = { endpoint: endpoint.number, cluster: 'fanControl' } as const;
        if (isOn && speed !== null)
          await home.node.write({ ...place, name: 'percentSetting' }, Math.round(speed), signal);
        else if (!isOn) await home.node.write({ ...place, name: 'fanMode' }, OFF, signal);
        else if (before.mode === OFF || before.mode === null)
          await home.node.write({ ...place, name: 'fanMode' }, HIGH, signal);
      },
      look: async (signal) => fanState(await home.node.read(endpoint.number, fanWanted, signal)),
      judge: ({ mode, percent }) => {
        if (mode === null) return 'unclear';
        if ((mode !== OFF) !== isOn) return 'no';
        if (!isOn || speed === null) return 'yes';
        if (percent === null) return 'unclear';
        return isSame(percent, speed) ? 'yes' : 'no';
      },
      words: (state) => fanWords(state) ?? 'nothing',
    });
    const set = ['power', 'speed'];
    const prior =
      before.mode === null
        ? null
        : before.mode === OFF
          ? priorOf(home, set, { power: false })
          : priorOf(home, set, { power: true, ...(before.percent ? { speed: before.percent } : {}) });
    return readBack(`${name}: ${fanWords(after) ?? 'on'}`, prior ? { prior } : {});
  };
};
