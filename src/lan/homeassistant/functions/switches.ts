import type { Outcome } from '../../../core/outcome.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import type { Entity } from '../home/entity.js';
import { features, supports } from '../home/features.js';
import type { HomeCall } from './home-call.js';

/** Switches and helpers of the kind input_boolean. */
export async function setSwitch(call: HomeCall): Promise<Outcome> {
  const power = call.boolean('power') === true;
  const wanted = power ? 'on' : 'off';
  const seen = await call.change(`turn_${wanted}`, {}, ({ entity }) => entity.state === wanted);
  const name = call.text('name') ?? call.name;
  return call.done(seen, { prior: { name, power: call.before.state === 'on' } });
}

export async function setFan(call: HomeCall): Promise<Outcome> {
  const [power, speed] = [call.boolean('power'), call.number('speed')];
  const prior = fanPrior(call.before);
  if (power === false || (speed === 0 && power === null)) {
    const off = await call.change('turn_off', {}, ({ entity }) => entity.state === 'off');
    return call.done(off, { prior });
  }
  if (speed === null || speed === 0) {
    const on = await call.change('turn_on', {}, ({ entity }) => entity.state === 'on');
    return call.done(on, { prior });
  }
  if (!supports(call.before, features.fan.setSpeed) || !call.home.services.has('fan.set_percentage'))
    return refusedByDevice(`${call.name} can only be switched on and off: it has one speed.`);
  // A fan of three speeds answers 50 % with 66 %: Home Assistant takes the next step up.
  const slack = Math.max(2, call.before.attributes.percentage_step ?? 0);
  const seen = await call.change('set_percentage', { percentage: Math.round(speed) }, ({ entity }) => {
    const { percentage } = entity.attributes;
    return entity.state === 'on' && typeof percentage === 'number' && Math.abs(percentage - speed) <= slack;
  });
  return call.done(seen, { prior });
}

function fanPrior({ state, attributes }: Entity): Record<string, number | boolean> {
  if (state !== 'on') return { power: false };
  const { percentage } = attributes;
  return {
    power: true,
    ...(typeof percentage === 'number' && percentage > 0 ? { speed: Math.round(percentage) } : {}),
  };
}
