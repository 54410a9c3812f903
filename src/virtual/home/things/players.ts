import { type Facts, flag, numberFrom, oneOf, plainNumber, words } from '../facts.js';
import type { Payload } from '../forms/origin.js';
import { wholeDevice } from '../forms/whole-device.js';
import { atOnce, type Identity, type Message, onOff, type Reaction, switched, type Thing } from '../thing.js';

interface Player {
  readonly kind: 'speaker' | 'tv';
  readonly model: string;
  /** The component by which it is told what to play: its key in `cmps`, and its name. */
  readonly play: { readonly object: string; readonly name: string };
  readonly services: readonly string[];
}

/**
 * A thing that plays. Home Assistant's MQTT discovery has no media player, so a player is a device with these components, by
 * which it is recognised:
 *
 * | component (its key in `cmps`) | platform | topics under `home/<id>` | payload |
 * |---|---|---|---|
 * | `power` | switch | `power`, `power/set` | ON, OFF |
 * | `play` (speaker) or `play_video` (TV) | text | `play`, `play/set` | what to play, as said; empty (so nothing is retained) when nothing plays |
 * | `service` | select | `service`, `service/set` | one of its options; it holds for what is played next |
 * | `volume` | number, 0..100 | `volume`, `volume/set` | a whole number |
 *
 * Told to play it switches itself on; switched off, it plays nothing.
 */
function player(identity: Identity, { kind, model, play, services }: Player): Thing {
  const { base, availability, config } = wholeDevice(identity, model);
  const component = (name: string | null, leaf: string, platform: string, more: Payload = {}): Payload => ({
    p: platform,
    name,
    stat_t: `~/${leaf}`,
    cmd_t: `~/${leaf}/set`,
    ...more,
  });
  return {
    ...identity,
    kind,
    availability,
    ranges: { on: flag, playing: words, service: oneOf(...services), volume: numberFrom(0, 100) },
    initial: { on: false, playing: '', service: services[0] ?? '', volume: 30 },
    discovery: [
      config({
        power: component(null, 'power', 'switch'),
        [play.object]: component(play.name, 'play', 'text', { max: 255 }),
        service: component('Service', 'service', 'select', { ops: services }),
        volume: component('Volume', 'volume', 'number', { min: 0, max: 100, step: 1, unit_of_meas: '%' }),
      }),
    ],
    commandTopics: ['power', 'play', 'service', 'volume'].map((leaf) => `${base}/${leaf}/set`),
    reports: ({ on, playing, service, volume }) => [
      { topic: `${base}/power`, payload: onOff(on) },
      { topic: `${base}/play`, payload: String(playing) },
      { topic: `${base}/service`, payload: String(service) },
      { topic: `${base}/volume`, payload: String(volume) },
    ],
    obey: (command, facts) => obey(command, facts, services),
    derive: (change) => (change['on'] === false ? { playing: '' } : {}),
  };
}

function obey({ topic, payload }: Message, facts: Facts, services: readonly string[]): Reaction {
  const leaf = topic.split('/').at(-2);
  if (leaf === 'power') {
    const on = switched(payload, facts['on']);
    return on === null ? null : atOnce({ on });
  }
  if (leaf === 'play') {
    const playing = payload.trim();
    if (playing.length > 255) return null;
    return atOnce(playing === '' ? { playing } : { on: true, playing });
  }
  if (leaf === 'service') return services.includes(payload) ? atOnce({ service: payload }) : null;
  const volume = plainNumber(payload);
  return volume === null || volume < 0 || volume > 100 ? null : atOnce({ volume: Math.round(volume) });
}

export const speaker = (identity: Identity): Thing =>
  player(identity, {
    kind: 'speaker',
    model: 'Virtual speaker',
    play: { object: 'play', name: 'Play' },
    services: ['Spotify', 'Apple Music', 'YouTube Music', 'QQ Music'],
  });

export const television = (identity: Identity): Thing =>
  player(identity, {
    kind: 'tv',
    model: 'Virtual TV',
    play: { object: 'play_video', name: 'Play video' },
    services: ['YouTube', 'Netflix', 'Disney+', 'Bilibili'],
  });
