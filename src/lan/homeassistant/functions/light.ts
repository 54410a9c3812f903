import { type Color, hexOf, hueAndSaturation, parseColor } from '../../../catalog/colors.js';
import type { Outcome } from '../../../core/outcome.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import { brightnessPercent } from '../home/describe-state.js';
import type { Entity } from '../home/entity.js';
import { lightAbilities } from '../home/features.js';
import type { HomeCall } from './home-call.js';

/** Of 255: lamps count brightness in 100, 254 or fewer steps. */
const BRIGHTNESS_SLACK = 4;
/** Degrees of hue and points of saturation: lamps that mix from other primaries report what they can show. */
const COLOR_SLACK = 12;

export async function setLight(call: HomeCall): Promise<Outcome> {
  const [power, brightness, words] = [call.boolean('power'), call.number('brightness'), call.text('color')];
  if (power === false || (brightness === 0 && power === null)) {
    const off = await call.change('turn_off', {}, ({ entity }) => entity.state === 'off');
    return call.done(off, { prior: priorOf(call.before) });
  }
  const able = lightAbilities(call.before);
  if (brightness !== null && !able.brightness)
    return refusedByDevice(`${call.name} can only be switched on and off: it has no brightness.`);
  const color = words === null ? null : colorRequest(words, call);
  if (color && 'why' in color) return refusedByDevice(color.why);
  const data = { ...(brightness === null ? {} : { brightness_pct: brightness }), ...color?.data };
  const level = brightness === null ? null : Math.round((brightness / 100) * 255);
  const on = await call.change('turn_on', data, ({ entity }) => {
    const isBright = level === null || Math.abs((entity.attributes.brightness ?? -99) - level) <= BRIGHTNESS_SLACK;
    return entity.state === 'on' && isBright && (color?.isSo(entity) ?? true);
  });
  return call.done(on, { prior: priorOf(call.before) });
}

interface ColorRequest {
  readonly data: Readonly<Record<string, unknown>>;
  readonly isSo: (entity: Entity) => boolean;
}

function colorRequest(words: string, call: HomeCall): ColorRequest | { readonly why: string } {
  const color = parseColor(words);
  if (!color) return { why: `"${words}" is no colour that I know. Say another name, or one such as #ff8800.` };
  if (color.red + color.green + color.blue === 0) return { why: 'No lamp shines black. Say "off" to switch it off.' };
  const able = lightAbilities(call.before);
  if (able.warmth && color.kelvin !== null) return warmthRequest(color.kelvin, call.before);
  if (!able.color) return { why: `${call.name} cannot change its colour.` };
  const asked = hueAndSaturation(color);
  return {
    data: { rgb_color: [color.red, color.green, color.blue] },
    isSo: ({ attributes }) => {
      const [red, green, blue] = attributes.rgb_color ?? [];
      if (red === undefined || green === undefined || blue === undefined) return false;
      const shown = hueAndSaturation({ red, green, blue });
      const turn = Math.abs(shown.hue - asked.hue) % 360;
      const isHue = Math.min(turn, 360 - turn) <= COLOR_SLACK || asked.saturation <= COLOR_SLACK;
      return isHue && Math.abs(shown.saturation - asked.saturation) <= COLOR_SLACK;
    },
  };
}

function warmthRequest(kelvin: number, { attributes }: Entity): ColorRequest {
  const { min_color_temp_kelvin: least, max_color_temp_kelvin: most } = attributes;
  const asked = Math.min(Math.max(kelvin, least ?? kelvin), most ?? kelvin);
  return {
    data: { color_temp_kelvin: asked },
    // Lamps count in mireds, a millionth of which is up to forty kelvins.
    isSo: (entity) => Math.abs((entity.attributes.color_temp_kelvin ?? 0) - asked) <= asked * 0.04,
  };
}

/** The arguments that put the light back. */
function priorOf(before: Entity): Record<string, string | number | boolean> {
  if (before.state !== 'on') return { power: false };
  const percent = brightnessPercent(before);
  const [red, green, blue] = before.attributes.rgb_color ?? [];
  const isColor = lightAbilities(before).color && red !== undefined && green !== undefined && blue !== undefined;
  const color: Color | null = isColor ? { red, green, blue, kelvin: null } : null;
  return {
    power: true,
    ...(percent === null || percent === 0 ? {} : { brightness: percent }),
    ...(color ? { color: hexOf(color) } : {}),
  };
}
