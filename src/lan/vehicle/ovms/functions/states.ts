import { z } from 'zod';
import { refusedByDevice } from '../../../../core/outcomes.js';
import { argumentsOf } from '../../car-function.js';
import { flagOf } from '../metric-store.js';
import type { OvmsFunction } from '../ovms-car.js';
import { type Sight, setState } from '../set-state.js';
import { MOTION_METRICS, whyNotWhileDriving } from '../standing-still.js';

export const setClimatePower: OvmsFunction = (call, car) => {
  const { power } = argumentsOf(call, { power: z.boolean() });
  return setState(call, car, {
    wanted: power,
    command: power ? 'climatecontrol on' : 'climatecontrol off',
    sights: [{ metric: 'v.e.hvac', read: flagOf }],
    words: (isOn) => `climate ${isOn ? 'on' : 'off'}`,
    argument: 'power',
  });
};

const CHARGING = new Set(['charging', 'topoff']);
const NOT_CHARGING = new Set(['done', 'prepare', 'timerwait', 'heating', 'stopped']);

const chargeState: Sight = {
  metric: 'v.c.state',
  read: (value) => {
    if (value !== null && CHARGING.has(value)) return true;
    return value !== null && NOT_CHARGING.has(value) ? false : null;
  },
};

export const setCharging: OvmsFunction = (call, car) => {
  const { enabled } = argumentsOf(call, { enabled: z.boolean() });
  return setState(call, car, {
    wanted: enabled,
    command: enabled ? 'charge start' : 'charge stop',
    sights: [{ metric: 'v.c.charging', read: flagOf }, chargeState],
    words: (isCharging) => (isCharging ? 'charging' : 'not charging'),
    argument: 'enabled',
  });
};

export const setCarLock: OvmsFunction = (call, car) => {
  const { locked } = argumentsOf(call, { locked: z.boolean() });
  const opening = {
    metrics: MOTION_METRICS,
    why: (mark: number) => {
      const why = whyNotWhileDriving(car.name, car.module.metrics, mark, 'unlocking');
      return why === null ? null : refusedByDevice(why);
    },
  };
  return setState(call, car, {
    wanted: locked,
    command: locked ? 'lock' : 'unlock',
    sights: [{ metric: 'v.e.locked', read: flagOf }],
    words: (isLocked) => (isLocked ? 'locked' : 'unlocked'),
    argument: 'locked',
    ...(locked ? {} : { forbids: opening }),
  });
};
