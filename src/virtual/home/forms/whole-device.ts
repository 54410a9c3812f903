import type { Availability, Identity, Message } from '../thing.js';
import { MANUFACTURER, ORIGIN_NAME, ORIGIN_VERSION, type Payload } from './origin.js';

/**
 * Discovery of a whole device in one payload on `homeassistant/device/<id>/config`: who it is, who says so, and its
 * components, each with its platform. Home Assistant refuses the payload for any unknown key beside these, so `~` stands
 * inside the components, and what they share (availability, a state topic) is spelled out.
 */
export function wholeDevice(identity: Identity, model: string) {
  const base = `home/${identity.id}`;
  const availability: Availability = { topic: `${base}/availability`, online: 'online', offline: 'offline' };
  const message = (payload: Payload): Message => ({
    topic: `homeassistant/device/${identity.id}/config`,
    payload: JSON.stringify(payload),
  });
  /** With abbreviated keys; topics of a component may begin with `~`. */
  const config = (components: Readonly<Record<string, Payload>>): Message =>
    message({
      dev: {
        ids: `tentacle_${identity.serial}`,
        name: identity.name,
        mf: MANUFACTURER,
        mdl: model,
        sw: ORIGIN_VERSION,
        ...(identity.area === null ? {} : { sa: identity.area }),
      },
      o: { name: ORIGIN_NAME, sw: ORIGIN_VERSION },
      avty_t: availability.topic,
      cmps: Object.fromEntries(
        Object.entries(components).map(([object, payload]) => [
          object,
          { name: null, uniq_id: `${identity.id}_${object}`, '~': base, ...payload },
        ]),
      ),
    });
  /** With full keys and one JSON state topic that all components share. */
  const configInFull = (components: Readonly<Record<string, Payload>>): Message =>
    message({
      device: {
        identifiers: [`tentacle_${identity.serial}`],
        name: identity.name,
        manufacturer: MANUFACTURER,
        model,
        sw_version: ORIGIN_VERSION,
        ...(identity.area === null ? {} : { suggested_area: identity.area }),
      },
      origin: { name: ORIGIN_NAME, sw_version: ORIGIN_VERSION },
      availability: [{ topic: availability.topic }],
      state_topic: `${base}/state`,
      components: Object.fromEntries(
        Object.entries(components).map(([object, payload]) => [
          object,
          { unique_id: `${identity.id}_${object}`, ...payload },
        ]),
      ),
    });
  return { base, availability, config, configInFull };
}
