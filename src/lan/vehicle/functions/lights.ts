import { z } from 'zod';
import { hexOf, parseColor } from '../../../catalog/colors.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import { argumentsOf, type CarFunction, commonValue, pathsOf } from '../car-function.js';
import { type Prior, setSignals, type Wish } from '../set-signals.js';
import type { Scalar } from '../signal-value.js';
import type { SignalValues } from '../signal-watch.js';

/** The colour as VSS writes it, #RRGGBB; null for words that name none. */
function colorHex(words: string): string | null {
  const color = parseColor(words);
  return color && hexOf(color).toUpperCase();
}

const MODES = ['off', 'auto', 'low', 'high'] as const;
type Mode = (typeof MODES)[number];

const SWITCH_POSITION = { off: 'OFF', auto: 'AUTO', low: 'BEAM', high: 'BEAM' } as const satisfies Record<Mode, string>;

/** The light switch decides which lamps burn; the high beam has an own one. Cars of VSS 3.0 have the lamps alone. */
export const setHeadlights: CarFunction = {
  isOffered: (signals) => (signals.get('lightSwitch') ?? signals.get('lowBeam')) !== undefined,
  run: async (call, car) => {
    const { mode } = argumentsOf(call, { mode: z.enum(MODES) });
    const [main, low, high] = (['lightSwitch', 'lowBeam', 'highBeam'] as const).map((name) => car.signals.get(name));
    const wishes: Wish[] = [];
    if (main) wishes.push({ signal: main, value: SWITCH_POSITION[mode] });
    else if (mode === 'auto') return refusedByDevice(`${car.name} has no automatic headlights.`);
    else if (low) wishes.push({ signal: low, value: mode !== 'off' });
    if (mode === 'high' && !high) return refusedByDevice(`${car.name} has no high beam that could be set from here.`);
    // Whether the automatic uses the high beam is the car's to decide.
    if (high && mode !== 'auto') {
      const lamp = car.signals.get('highBeamLamp');
      const isHigh = mode === 'high';
      const seenBy = lamp && { signal: lamp, isSo: (now: Scalar) => now === isHigh };
      wishes.push({ signal: high, value: isHigh, seenBy, spare: !isHigh });
    }
    return setSignals(call, car, {
      wishes,
      receipt: () => `headlights: ${{ off: 'off', auto: 'automatic', low: 'low beam', high: 'high beam' }[mode]}`,
      prior: (before) => {
        const was = modeBefore(before, main?.path ?? low?.path, high?.path);
        return was ? { mode: was } : undefined;
      },
    });
  },
};

function modeBefore(before: SignalValues, main: string | undefined, high: string | undefined): Mode | undefined {
  const was = main === undefined ? undefined : before.get(main);
  if (was === 'OFF' || was === false) return 'off';
  if (was === 'AUTO') return 'auto';
  if (was !== 'BEAM' && was !== true) return undefined;
  return high !== undefined && before.get(high) === true ? 'high' : 'low';
}

/** All lamps of the kind at once: a colour per seat is nothing that a person says. */
export const setAmbientLight: CarFunction = {
  isOffered: (signals) => signals.all('ambientColor').length > 0 || signals.all('ambientPower').length > 0,
  run: async (call, car) => {
    const { color, power } = argumentsOf(call, { color: z.string().optional(), power: z.boolean().optional() });
    const hex = color === undefined ? undefined : colorHex(color);
    if (hex === null) {
      return refusedByDevice(`"${color}" is not a colour that Tentacle knows: say a name such as "amber", or #FFBF00.`);
    }
    const colors = car.signals.all('ambientColor').map(({ signal }) => signal);
    const switches = car.signals.all('ambientPower').map(({ signal }) => signal);
    if (hex !== undefined && colors.length === 0)
      return refusedByDevice(`The light in ${car.name} has one colour only.`);
    const isOn = power ?? true;
    if (hex === undefined && switches.length === 0) {
      return refusedByDevice(`The light in ${car.name} cannot be switched on or off from here.`);
    }
    const wishes: Wish[] = [
      ...(hex === undefined ? [] : colors.map((signal) => ({ signal, value: hex, spare: true }))),
      ...switches.map((signal) => ({ signal, value: isOn, spare: true })),
    ];
    return setSignals(call, car, {
      wishes,
      receipt: () => `ambient light ${isOn ? (color === undefined ? 'on' : `${color} (${hex})`) : 'off'}`,
      prior: (before) => {
        const [colorWas, powerWas] = [commonValue(before, pathsOf(colors)), commonValue(before, pathsOf(switches))];
        const prior: Prior = {
          ...(hex !== undefined && typeof colorWas === 'string' && colorHex(colorWas) ? { color: colorWas } : {}),
          ...(typeof powerWas === 'boolean' ? { power: powerWas } : {}),
        };
        return Object.keys(prior).length > 0 ? prior : undefined;
      },
    });
  },
};
