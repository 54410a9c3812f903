import { z } from 'zod';
import { type Facts, numberFrom, oneOf, plainNumber } from '../facts.js';
import { esphome } from '../forms/esphome.js';
import { wholeDevice } from '../forms/whole-device.js';
import { zigbee } from '../forms/zigbee.js';
import type { Identity, Reaction, Step, Thing } from '../thing.js';
import { jsonOrWord } from './json-command.js';

/** How far a motor runs between two reports, in percent of the way. */
const STRIDE = 10;

const ranges = { position: numberFrom(0, 100), motion: oneOf('open', 'closed', 'opening', 'closing') };
const atRest = (position: number): string => (position > 0 ? 'open' : 'closed');

/** Runs to a position, 0 shut and 100 open, and tells where it is on the way. */
function moveTo(target: number, facts: Facts): Reaction {
  const from = Number(facts['position']);
  const way = target - from;
  const motion = way > 0 ? 'opening' : 'closing';
  const strides = Math.ceil(Math.abs(way) / STRIDE);
  const steps: Step[] = strides === 0 ? [] : [{ after: 0, facts: { position: from, motion } }];
  for (let stride = 1; stride < strides; stride += 1) {
    const position = from + Math.sign(way) * STRIDE * stride;
    steps.push({ after: STRIDE / 100, facts: { position, motion } });
  }
  const last = strides === 0 ? 0 : STRIDE / 100;
  return { steps: [...steps, { after: last, facts: { position: target, motion: atRest(target) } }] };
}

function obeyWord(word: unknown, facts: Facts): Reaction {
  if (word === 'OPEN') return moveTo(100, facts);
  if (word === 'CLOSE') return moveTo(0, facts);
  if (word !== 'STOP') return null;
  const position = Number(facts['position']);
  return { steps: [{ after: 0, facts: { position, motion: atRest(position) } }] };
}

function obeyPosition(position: number | null, facts: Facts): Reaction {
  return position === null || position < 0 || position > 100 ? null : moveTo(Math.round(position), facts);
}

/** Moved by hand, it is open or closed where it was left. */
const derive = (change: Facts): Facts =>
  typeof change['position'] === 'number' && change['motion'] === undefined
    ? { motion: atRest(change['position']) }
    : change['motion'] === 'closed' && change['position'] === undefined
      ? { position: 0 }
      : change['motion'] === 'open' && change['position'] === undefined
        ? { position: 100 }
        : {};

const zigbeeCommandSchema = z.object({ state: z.string().optional(), position: z.number().optional() });

/** A Zigbee blind: the position and the moving direction in one JSON state, a template around the position told. */
export function zigbeeBlinds(identity: Identity): Thing {
  const { base, command, availability, config, state } = zigbee(identity, 'Virtual blinds');
  const moving: Readonly<Record<string, string>> = { opening: 'UP', closing: 'DOWN' };
  return {
    ...identity,
    kind: 'blinds',
    availability,
    ranges,
    initial: { position: 100, motion: 'open' },
    derive,
    discovery: [
      config('cover', 'cover', {
        device_class: 'blind',
        command_topic: command,
        state_opening: 'UP',
        state_closing: 'DOWN',
        state_stopped: 'STOP',
        value_template:
          '{% if "moving" in value_json and value_json.moving %} {{ value_json.moving }} {% else %} STOP {% endif %}',
        position_topic: base,
        position_template: '{{ value_json.position }}',
        set_position_topic: command,
        set_position_template: '{ "position": {{ position }} }',
      }),
    ],
    commandTopics: [command],
    reports: ({ position, motion }) =>
      state({ position, state: atRest(Number(position)).toUpperCase(), moving: moving[String(motion)] ?? 'STOP' }),
    obey: ({ payload }, facts) => {
      const told = zigbeeCommandSchema.safeParse(jsonOrWord(payload));
      if (!told.success) return null;
      const { position, state: word } = told.data;
      return position === undefined ? obeyWord(word, facts) : obeyPosition(position, facts);
    },
  };
}

/** A curtain that is discovered as a whole device: plain numbers on topics of their own. */
export function plainCurtain(identity: Identity): Thing {
  const { base, availability, config } = wholeDevice(identity, 'Virtual curtain motor');
  return {
    ...identity,
    kind: 'curtain',
    availability,
    ranges,
    initial: { position: 0, motion: 'closed' },
    derive,
    discovery: [
      config({
        curtain: {
          p: 'cover',
          dev_cla: 'curtain',
          cmd_t: '~/set',
          stat_t: '~/state',
          pos_t: '~/position',
          set_pos_t: '~/position/set',
        },
      }),
    ],
    commandTopics: [`${base}/set`, `${base}/position/set`],
    reports: ({ position, motion }) => [
      { topic: `${base}/position`, payload: String(position) },
      { topic: `${base}/state`, payload: String(motion) },
    ],
    obey: ({ topic, payload }, facts) =>
      topic.endsWith('/position/set') ? obeyPosition(plainNumber(payload), facts) : obeyWord(payload, facts),
  };
}

/** A garage door that opens and shuts, and tells no position. */
export function garageDoor(identity: Identity): Thing {
  const { topic, availability, config } = esphome(identity, 'Virtual garage door');
  const [stateTopic, commandTopic] = [topic('cover', 'door', 'state'), topic('cover', 'door', 'command')];
  return {
    ...identity,
    kind: 'garage',
    availability,
    ranges,
    initial: { position: 0, motion: 'closed' },
    derive,
    discovery: [config('cover', 'door', { dev_cla: 'garage', stat_t: stateTopic, cmd_t: commandTopic })],
    commandTopics: [commandTopic],
    reports: ({ motion }) => [{ topic: stateTopic, payload: String(motion) }],
    obey: ({ payload }, facts) => obeyWord(payload, facts),
  };
}
