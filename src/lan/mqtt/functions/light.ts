import { hexOf, parseColor } from '../../../catalog/colors.js';
import { deviceSaid, failed, readBack, refusedByDevice } from '../../../core/outcomes.js';
import { flagArgument, numberArgument, priorOf, textArgument } from '../../call-arguments.js';
import { sendAndConfirm } from '../confirm.js';
import type { HomeCall, HomeFunction } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf, type Thing } from '../thing.js';
import { reportedColor } from './light-colors.js';
import { colorReading, expectLight, type LightDriver, type LightWish, lightDriver, scaleOf } from './light-driver.js';
import { expectPower, isOn } from './on-off.js';

/** A light, or a switch that a lamp hangs on. */
function lightPart(thing: Thing): Part | null {
  return partOf(thing, 'light') ?? (thing.deviceClass === 'light' ? partOf(thing, 'switch') : null);
}

export const setLight: HomeFunction = (thing) => {
  const part = lightPart(thing);
  const driver = part && lightDriver(part);
  return part && driver ? (home) => run(home, part, driver) : null;
};

async function run(home: HomeCall, part: Part, driver: LightDriver) {
  const { thing } = home;
  const level = numberArgument(home, 'brightness');
  const said = textArgument(home, 'color');
  const color = said === null ? null : parseColor(said);
  if (said !== null && color === null) {
    const next = 'Say a colour such as red, warm white or #ff8800.';
    return failed('COLOR_UNKNOWN', `"${said}" is no colour that Tentacle knows.`, next);
  }
  const power = flagArgument(home, 'power') ?? level !== 0;
  const wish: LightWish = power && level !== 0 ? { brightness: level, color } : { brightness: null, color: null };
  if (wish.brightness !== null && !driver.canDim) return refusedByDevice(`${thing.name} cannot be dimmed.`);
  if (color && !driver.canColor && !(driver.canWarm && color.kelvin !== null))
    return refusedByDevice(`${thing.name} cannot show this colour.`);
  const isWishedOn = power && level !== 0;
  const prior = priorLight(home, part, wish);
  const expectations = isWishedOn ? expectLight(part, wish) : expectPower(part, false);
  const asked = 1 + Number(wish.brightness !== null) + Number(wish.color !== null);
  const proof = await sendAndConfirm(home, {
    messages: isWishedOn ? driver.on(wish) : driver.off(),
    expectations,
    isPartly: isWishedOn && expectations.length < asked,
  });
  const words = [isWishedOn ? 'on' : 'off'];
  if (wish.brightness !== null) words.push(`${Math.round(wish.brightness)} %`);
  if (wish.color !== null && said !== null) words.push(said);
  const receipt = `${thing.name}: ${words.join(', ')}`;
  return proof === 'read-back' ? readBack(receipt, prior) : deviceSaid(receipt, prior);
}

/** What the light was like, as far as this call changes it. */
function priorLight(home: HomeCall, part: Part, wish: LightWish) {
  const was = isOn(part, part.reading('state')?.value ?? null);
  if (was === null) return {};
  const set = ['power', 'brightness', 'color'];
  if (!was) return { prior: priorOf(home, set, { power: false }) };
  const brightness = brightnessPercent(part);
  const color = wish.color ? lightColor(part) : null;
  return {
    prior: priorOf(home, set, {
      power: true,
      ...(brightness !== null && brightness > 0 ? { brightness } : {}),
      ...(color === null ? {} : { color }),
    }),
  };
}

/** The reported brightness in whole percent, or null. */
export function brightnessPercent(part: Part): number | null {
  const level = part.reading('brightness')?.number ?? null;
  return level === null ? null : Math.min(100, Math.max(0, Math.round((level / scaleOf(part)) * 100)));
}

/** The reported colour as "#rrggbb", or null. */
export function lightColor(part: Part): string | null {
  const told = colorReading(part);
  const color = told?.reading.value ? reportedColor(told.model, told.reading.value) : null;
  return color && hexOf(color);
}
