import type { Availability, Identity, Message } from '../thing.js';
import { MANUFACTURER, ORIGIN_NAME, ORIGIN_VERSION, type Payload } from './origin.js';

/**
 * Topics and discovery as ESPHome nodes have them: `<node>/<component>/<object>/state` and `/command`, plain payloads, a
 * status topic for the whole node, abbreviated keys, and `homeassistant/<component>/<node>/<object>/config`.
 */
export function esphome(identity: Identity, model: string) {
  const node = identity.id.replaceAll('_', '-');
  const availability: Availability = { topic: `${node}/status`, online: 'online', offline: 'offline' };
  const topic = (component: string, object: string, leaf: string): string => `${node}/${component}/${object}/${leaf}`;
  const config = (component: string, object: string, payload: Payload): Message => ({
    topic: `homeassistant/${component}/${node}/${object}/config`,
    payload: JSON.stringify({
      name: identity.name,
      uniq_id: `${identity.serial}-${component}-${object}`,
      avty_t: availability.topic,
      o: { name: ORIGIN_NAME, sw: ORIGIN_VERSION },
      dev: {
        ids: identity.serial,
        name: identity.name,
        mf: MANUFACTURER,
        mdl: model,
        sw: ORIGIN_VERSION,
        ...(identity.area === null ? {} : { sa: identity.area }),
      },
      ...payload,
    }),
  });
  return { topic, availability, config };
}
