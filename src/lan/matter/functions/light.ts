import { whitesByName } from '../../../catalog/color-names.js';
import { type Color, chromaticity, hexOf, hueAndSaturation, parseColor } from '../../../catalog/colors.js';
import { failed, readBack, refusedByDevice } from '../../../core/outcomes.js';
import { flagArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { command, readState, sendAndConfirm, type Verdict } from '../confirm.js';
import type { MatterCall, MatterFunction } from '../matter-call.js';
import {
  type ColorModel,
  colorModels,
  type LightState,
  lightState,
  lightWanted,
  lightWords,
  MAX_LEVEL,
  miredRange,
} from './light-state.js';

/** How far a reported brightness may lie from the asked one, in percent: lamps round. */
const NEAR_BRIGHTNESS = 2;
/** How far a reported colour may lie from the asked one, in CIE 1931 xy: lamps round, and cannot show every colour. */
const NEAR_COLOR = 0.05;
/** How far a reported white may lie from the asked one, as a part of it. */
const NEAR_WHITE = 0.05;

/** At once, also while the light is off. */
const AT_ONCE = {
  transitionTime: 0,
  optionsMask: { executeIfOff: true },
  optionsOverride: { executeIfOff: true },
};

interface LightWish {
  readonly isOn: boolean;
  readonly brightness: number | null;
  readonly color: Color | null;
  readonly model: ColorModel | null;
  /** The white that it can show nearest to the asked one, or null. */
  readonly mireds: number | null;
}

export const setLight: MatterFunction = ({ endpoint, deviceClass, name }) => {
  if (deviceClass !== 'light' || endpoint.cluster('onOff') === null) return null;
  const canDim = endpoint.cluster('levelControl') !== null;
  const models = colorModels(endpoint);
  return async (home) => {
    const level = numberArgument(home, 'brightness');
    const said = home.call.args['color'];
    const color = typeof said === 'string' ? parseColor(said) : null;
    if (typeof said === 'string' && color === null)
      return failed(
        'COLOR_UNKNOWN',
        `"${said}" is no colour that Tentacle knows.`,
        'Say a colour such as red, warm white or #ff8800.',
      );
    const isOn = (flagArgument(home, 'power') ?? true) && level !== 0;
    if (isOn && level !== null && !canDim) return refusedByDevice(`${name} cannot be dimmed.`);
    const model = isOn && color ? modelFor(models, color) : null;
    if (isOn && color && model === null) return refusedByDevice(`${name} cannot show this colour.`);
    const { min, max } = miredRange(endpoint);
    const mireds =
      model === 'temperature' && color?.kelvin
        ? Math.min(max, Math.max(min, Math.round(1_000_000 / color.kelvin)))
        : null;
    const wish: LightWish = { isOn, brightness: isOn ? level : null, color: isOn ? color : null, model, mireds };
    const wanted = lightWanted(endpoint);
    const before = lightState(await readState(home, wanted));
    const after = await sendAndConfirm<LightState>(home, {
      send: (signal) => send(home, wish, signal),
      look: async (signal) => lightState(await home.node.read(endpoint.number, wanted, signal)),
      judge: (state) => judge(wish, state),
      words: (state) => lightWords(state) ?? 'nothing',
    });
    const words = [after.isOn ? 'on' : 'off'];
    if (wish.brightness !== null) words.push(`${after.brightness} %`);
    if (wish.color && typeof said === 'string') words.push(said);
    const prior = priorLight(home, before, wish);
    return readBack(`${name}: ${words.join(', ')}`, prior ? { prior } : {});
  };
};

/** Whites by their warmth where the lamp has one; other colours by hue, else by xy. */
function modelFor(models: readonly ColorModel[], color: Color): ColorModel | null {
  if (color.kelvin !== null && models.includes('temperature')) return 'temperature';
  return models.find((model) => model !== 'temperature') ?? null;
}

async function send(home: MatterCall, wish: LightWish, signal: AbortSignal): Promise<void> {
  if (!wish.isOn) {
    await command(home, 'onOff', 'off', undefined, signal);
    return;
  }
  if (wish.brightness === null) await command(home, 'onOff', 'on', undefined, signal);
  else
    await command(
      home,
      'levelControl',
      'moveToLevelWithOnOff',
      { level: levelOf(wish.brightness), ...AT_ONCE },
      signal,
    );
  if (wish.color === null) return;
  if (wish.model === 'temperature') {
    const fields = { colorTemperatureMireds: wish.mireds ?? 250, ...AT_ONCE };
    await command(home, 'colorControl', 'moveToColorTemperature', fields, signal);
  } else if (wish.model === 'hueSaturation') {
    const { hue, saturation } = hueAndSaturation(wish.color);
    const fields = { hue: scaled(hue, 360), saturation: scaled(saturation, 100), ...AT_ONCE };
    await command(home, 'colorControl', 'moveToHueAndSaturation', fields, signal);
  } else {
    const { x, y } = chromaticity(wish.color);
    const fields = { colorX: Math.round(x * 65_536), colorY: Math.round(y * 65_536), ...AT_ONCE };
    await command(home, 'colorControl', 'moveToColor', fields, signal);
  }
}

/** 1 is the lowest level that shines. */
const levelOf = (percent: number): number => Math.max(1, Math.round((percent / 100) * MAX_LEVEL));
const scaled = (value: number, of: number): number => Math.min(MAX_LEVEL, Math.round((value / of) * MAX_LEVEL));

function judge(wish: LightWish, state: LightState): Verdict {
  if (state.isOn === null) return 'unclear';
  if (state.isOn !== wish.isOn) return 'no';
  if (wish.brightness !== null) {
    if (state.brightness === null) return 'unclear';
    if (Math.abs(state.brightness - Math.max(1, wish.brightness)) > NEAR_BRIGHTNESS) return 'no';
  }
  if (wish.mireds !== null) {
    if (state.kelvin === null) return state.model === null ? 'unclear' : 'no';
    return Math.abs((state.kelvin * wish.mireds) / 1_000_000 - 1) <= NEAR_WHITE ? 'yes' : 'no';
  }
  if (wish.color === null) return 'yes';
  if (state.color === null) return state.model === null ? 'unclear' : 'no';
  const [asked, said] = [chromaticity(wish.color), chromaticity(state.color)];
  return Math.hypot(said.x - asked.x, said.y - asked.y) <= NEAR_COLOR ? 'yes' : 'no';
}

/** What the light was like, as far as this call changes it. */
function priorLight(home: MatterCall, { isOn, brightness, color, kelvin }: LightState, wish: LightWish) {
  if (isOn === null) return null;
  const set = ['power', 'brightness', 'color'];
  if (!isOn) return priorOf(home, set, { power: false });
  const old = wish.color ? (color ? hexOf(color) : whiteName(kelvin)) : null;
  // A colour that cannot be said cannot be put back: better no undo than half of one.
  if (wish.color && old === null) return null;
  return priorOf(home, set, {
    power: true,
    ...(brightness !== null && brightness > 0 ? { brightness } : {}),
    ...(old === null ? {} : { color: old }),
  });
}

/** The name of a white this warm, or null where none is near. */
function whiteName(kelvin: number | null): string | null {
  if (kelvin === null) return null;
  const near = [...whitesByName].find(([, named]) => Math.abs(named / kelvin - 1) <= NEAR_WHITE);
  return near?.[0] ?? null;
}
