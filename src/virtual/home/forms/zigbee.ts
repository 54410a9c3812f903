import type { Availability, Identity, Message } from '../thing.js';
import { MANUFACTURER, ORIGIN_NAME, ORIGIN_VERSION, type Payload } from './origin.js';

/**
 * Topics and discovery as Zigbee2MQTT's Home Assistant extension has them: a JSON state on `zigbee2mqtt/<friendly name>`
 * (a name with spaces, in any script), commands on `.../set`, a JSON availability, full key names, and a config for each
 * entity under `homeassistant/<component>/0x<address>/<object>/config`.
 */
export function zigbee(identity: Identity, model: string) {
  const base = `zigbee2mqtt/${identity.name}`;
  const address = `0x0015${identity.serial}`;
  const availability: Availability = {
    topic: `${base}/availability`,
    online: JSON.stringify({ state: 'online' }),
    offline: JSON.stringify({ state: 'offline' }),
  };
  const config = (component: string, object: string, payload: Payload): Message => ({
    topic: `homeassistant/${component}/${address}/${object}/config`,
    payload: JSON.stringify({
      availability: [{ topic: availability.topic, value_template: '{{ value_json.state }}' }],
      availability_mode: 'all',
      device: {
        identifiers: [`zigbee2mqtt_${address}`],
        manufacturer: MANUFACTURER,
        model,
        name: identity.name,
        ...(identity.area === null ? {} : { suggested_area: identity.area }),
        sw_version: ORIGIN_VERSION,
      },
      name: null,
      object_id: identity.id,
      origin: { name: ORIGIN_NAME, sw: ORIGIN_VERSION },
      state_topic: base,
      unique_id: `${address}_${object}_zigbee2mqtt`,
      ...payload,
    }),
  });
  /** A state message: one JSON object for everything the device has. */
  const state = (payload: Payload): readonly Message[] => [{ topic: base, payload: JSON.stringify(payload) }];
  return { base, command: `${base}/set`, availability, config, state };
}
