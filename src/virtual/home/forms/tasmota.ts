import type { Availability, Identity, Message } from '../thing.js';
import { MANUFACTURER, ORIGIN_NAME, ORIGIN_VERSION, type Payload } from './origin.js';

/**
 * Topics and discovery as Tasmota publishes them for Home Assistant: `<topic>/cmnd/POWER`, a JSON telegram on
 * `<topic>/tele/STATE`, a last will that says "Offline", abbreviated keys, and topics that start with `~`.
 */
export function tasmota(identity: Identity, model: string) {
  const base = `tasmota_${identity.id}/`;
  const availability: Availability = { topic: `${base}tele/LWT`, online: 'Online', offline: 'Offline' };
  const config = (component: string, suffix: string, payload: Payload): Message => ({
    topic: `homeassistant/${component}/${identity.serial.toUpperCase()}_${suffix}/config`,
    payload: JSON.stringify({
      '~': base,
      name: null,
      uniq_id: `${identity.serial.toUpperCase()}_${suffix}`,
      avty_t: '~tele/LWT',
      pl_avail: availability.online,
      pl_not_avail: availability.offline,
      o: { name: ORIGIN_NAME, sw: ORIGIN_VERSION },
      dev: {
        ids: [identity.serial.toUpperCase()],
        name: identity.name,
        mf: MANUFACTURER,
        mdl: model,
        sw: ORIGIN_VERSION,
        ...(identity.area === null ? {} : { sa: identity.area }),
      },
      ...payload,
    }),
  });
  return { base, availability, config };
}
