import { type FactRange, type Facts, flag, numberFrom } from '../facts.js';
import { esphome } from '../forms/esphome.js';
import type { Payload } from '../forms/origin.js';
import { wholeDevice } from '../forms/whole-device.js';
import { zigbee } from '../forms/zigbee.js';
import type { Identity, Thing } from '../thing.js';

const temperature: FactRange = numberFrom(-40, 85);
const percent: FactRange = numberFrom(0, 100);

/** Things that only tell: they have no command topic. */
const onlyTells = { commandTopics: [], obey: () => null } as const;

/** A Zigbee smoke detector: true and false stand in its JSON, and in `payload_on` and `payload_off`, as booleans. */
export function smokeDetector(identity: Identity): Thing {
  const { availability, config, state } = zigbee(identity, 'Virtual smoke detector');
  return {
    ...identity,
    ...onlyTells,
    kind: 'smoke_detector',
    availability,
    ranges: { smoke: flag, battery: percent },
    initial: { smoke: false, battery: 96 },
    discovery: [
      config('binary_sensor', 'smoke', {
        device_class: 'smoke',
        payload_on: true,
        payload_off: false,
        value_template: '{{ value_json.smoke }}',
      }),
      config('sensor', 'battery', batteryOf('battery')),
    ],
    reports: ({ smoke, battery }) => state({ smoke, battery }),
  };
}

/** A Zigbee room sensor: temperature, humidity and battery in one JSON state. */
export function zigbeeRoomSensor(identity: Identity, initial: Facts): Thing {
  const { availability, config, state } = zigbee(identity, 'Virtual room sensor');
  return {
    ...identity,
    ...onlyTells,
    kind: 'sensor',
    availability,
    ranges: { temperature, humidity: percent, battery: percent },
    initial,
    discovery: [
      config('sensor', 'temperature', measured('temperature', '°C')),
      config('sensor', 'humidity', measured('humidity', '%')),
      config('sensor', 'battery', batteryOf('battery')),
    ],
    reports: (facts) => state(facts),
  };
}

/** An ESPHome room sensor: one plain number. */
export function plainRoomSensor(identity: Identity, initial: Facts): Thing {
  const { topic, availability, config } = esphome(identity, 'Virtual thermometer');
  const stateTopic = topic('sensor', 'temperature', 'state');
  return {
    ...identity,
    ...onlyTells,
    kind: 'sensor',
    availability,
    ranges: { temperature },
    initial,
    discovery: [
      config('sensor', 'temperature', {
        dev_cla: 'temperature',
        unit_of_meas: '°C',
        stat_cla: 'measurement',
        stat_t: stateTopic,
      }),
    ],
    reports: (facts) => [{ topic: stateTopic, payload: Number(facts['temperature']).toFixed(1) }],
  };
}

/** A room sensor that is discovered as a whole device, with full keys and a state topic that its components share. */
export function wholeRoomSensor(identity: Identity, initial: Facts): Thing {
  const { base, availability, configInFull } = wholeDevice(identity, 'Virtual climate sensor');
  return {
    ...identity,
    ...onlyTells,
    kind: 'sensor',
    availability,
    ranges: { temperature, humidity: percent },
    initial,
    discovery: [
      configInFull({
        temperature: { platform: 'sensor', ...measured('temperature', '°C') },
        humidity: { platform: 'sensor', ...measured('humidity', '%') },
      }),
    ],
    reports: (facts) => [{ topic: `${base}/state`, payload: JSON.stringify(facts) }],
  };
}

/** A door contact: ON is open, as Home Assistant has it for the class "door". */
export function doorContact(identity: Identity): Thing {
  const { topic, availability, config } = esphome(identity, 'Virtual contact');
  const stateTopic = topic('binary_sensor', 'contact', 'state');
  return {
    ...identity,
    ...onlyTells,
    kind: 'sensor',
    availability,
    ranges: { open: flag },
    initial: { open: false },
    discovery: [config('binary_sensor', 'contact', { dev_cla: 'door', stat_t: stateTopic })],
    reports: ({ open }) => [{ topic: stateTopic, payload: open === true ? 'ON' : 'OFF' }],
  };
}

function measured(what: 'temperature' | 'humidity', unit: string): Payload {
  return {
    name: what === 'temperature' ? 'Temperature' : 'Humidity',
    device_class: what,
    state_class: 'measurement',
    unit_of_measurement: unit,
    value_template: `{{ value_json.${what} }}`,
  };
}

function batteryOf(property: string): Payload {
  return {
    name: 'Battery',
    device_class: 'battery',
    entity_category: 'diagnostic',
    unit_of_measurement: '%',
    value_template: `{{ value_json.${property} }}`,
  };
}
