import { z } from 'zod';
import { refusedByDevice } from '../../../core/outcomes.js';
import { argumentsOf, type CarFunction } from '../car-function.js';
import { setSignals } from '../set-signals.js';

/** The command is START or STOP; what counts is whether current flows. */
export const setCharging: CarFunction = {
  isOffered: (signals) => signals.get('charging') !== undefined,
  run: async (call, car) => {
    const { enabled } = argumentsOf(call, { enabled: z.boolean() });
    const signal = car.signals.get('charging');
    if (!signal) return refusedByDevice(`${car.name} cannot be told to charge from here.`);
    const cable = car.signals.get('chargingCable');
    if (enabled && cable) {
      const [isPlugged] = await car.client.getValues([cable.path], call.signal);
      if (isPlugged === false) return refusedByDevice(`No charging cable is plugged into ${car.name}.`);
    }
    const shown = car.signals.get('isCharging');
    return setSignals(call, car, {
      wishes: [
        {
          signal,
          value: enabled ? 'START' : 'STOP',
          isSwitch: true,
          seenBy: shown && { signal: shown, isSo: (now) => now === enabled },
        },
      ],
      receipt: () => (enabled ? 'charging' : 'not charging'),
      prior: (before) => {
        const was = shown && before.get(shown.path);
        return typeof was === 'boolean' ? { enabled: was } : undefined;
      },
    });
  },
};

export const setChargeLimit: CarFunction = {
  isOffered: (signals) => signals.get('chargeLimit') !== undefined,
  run: async (call, car) => {
    const { limit } = argumentsOf(call, { limit: z.number() });
    const signal = car.signals.get('chargeLimit');
    if (!signal) return refusedByDevice(`${car.name} has no charge limit that could be set from here.`);
    return setSignals(call, car, {
      wishes: [{ signal, value: limit }],
      receipt: ([sent]) => `charges to ${sent} %`,
      prior: (before) => {
        const was = before.get(signal.path);
        return typeof was === 'number' ? { limit: was } : undefined;
      },
    });
  },
};
