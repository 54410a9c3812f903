import { lightServices } from './light.js';
import { musicAssistantServices, playerServices } from './media.js';
import { coverServices, lockServices } from './opening.js';
import { become, invalid, numberIn, type Service, type ServiceCall } from './service.js';

const switchServices: Readonly<Record<string, Service>> = {
  turn_on: { handle: (call) => become(call, 'on') },
  turn_off: { handle: (call) => become(call, 'off') },
};

const climateServices: Readonly<Record<string, Service>> = {
  set_temperature: { needs: 1 | 2, handle: (call) => setTemperature(call) },
};

function setTemperature(call: ServiceCall): ReturnType<Service['handle']> {
  const { attributes, state } = call.entity;
  const value = numberIn(call.data, 'temperature');
  const [least, most] = [numberIn(attributes, 'min_temp') ?? 7, numberIn(attributes, 'max_temp') ?? 35];
  if (value === null) return invalid('must contain at least one of temperature, target_temp_high, target_temp_low.');
  if (value < least || value > most)
    return invalid(`Provided temperature ${value} is not valid. Accepted range is ${least} to ${most}`);
  return become(call, state, { temperature: value });
}

/** A fan with steps goes to the next one up, and any percentage above zero switches it on. */
const fanServices: Readonly<Record<string, Service>> = {
  turn_on: { handle: (call) => become(call, 'on', { percentage: numberIn(call.data, 'percentage') ?? 100 }) },
  turn_off: { handle: (call) => become(call, 'off', { percentage: 0 }) },
  set_percentage: {
    needs: 1,
    handle: (call) => {
      const asked = numberIn(call.data, 'percentage') ?? 0;
      const step = numberIn(call.entity.attributes, 'percentage_step') ?? 1;
      const percentage = Math.min(100, Math.round(Math.ceil(asked / step) * step));
      return become(call, asked === 0 ? 'off' : 'on', { percentage });
    },
  },
};

const vacuumServices: Readonly<Record<string, Service>> = {
  start: { needs: 8_192, handle: (call) => become(call, 'cleaning') },
  stop: { needs: 8, handle: (call) => become(call, 'idle') },
  pause: { needs: 4, handle: (call) => become(call, 'paused') },
  return_to_base: { needs: 16, handle: (call) => become(call, 'returning') },
};

/** A scene's state is the time of its activation; what it sets stands in the attribute "sets", for this house alone. */
const sceneServices: Readonly<Record<string, Service>> = {
  turn_on: {
    handle: (call) => {
      const sets = call.entity.attributes['sets'];
      for (const [entityId, state] of Object.entries(typeof sets === 'object' && sets ? sets : {}))
        call.states.set(entityId, String(state), {}, call.context);
      return become(call, new Date().toISOString().replace('Z', '+00:00'));
    },
  },
};

const scriptServices: Readonly<Record<string, Service>> = {
  turn_on: {
    handle: (call) => {
      become(call, 'on', { last_triggered: new Date().toISOString().replace('Z', '+00:00') });
      return become(call, 'off');
    },
  },
  turn_off: { handle: (call) => become(call, 'off') },
};

/** By domain and name, as `get_services` lists them. */
export const allServices: Readonly<Record<string, Readonly<Record<string, Service>>>> = {
  light: lightServices,
  switch: switchServices,
  input_boolean: switchServices,
  climate: climateServices,
  lock: lockServices,
  cover: coverServices,
  fan: fanServices,
  vacuum: vacuumServices,
  media_player: playerServices,
  music_assistant: musicAssistantServices,
  scene: sceneServices,
  script: scriptServices,
};
