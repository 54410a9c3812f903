import { deviceSaid, readBack, refusedByDevice } from '../../../core/outcomes.js';
import { missingArgument, textArgument } from '../../call-arguments.js';
import { type Expectation, sendAndConfirm } from '../confirm.js';
import type { CommandMessage, HomeCall, HomeFunction } from '../home-call.js';
import { bestMatch } from '../match-name.js';
import type { Command, Part } from '../part.js';
import { partOf, type Thing } from '../thing.js';
import { expectPower, isOn, messageOf, powerPayload } from './on-off.js';

/** Longest text that Home Assistant lets a text entity have. */
const MAX_TEXT = 255;

/** What a player's text entity is called in discovery: "play", "Play video", "media", "music". */
const PLAY = /(?:^|[^a-z])(?:play|media|music|video|song|播放)/i;

/** The field that says what to play. */
export function playPart(parts: readonly Part[]): Part | null {
  return (
    parts.find(({ entity }) => {
      const { texts, topics } = entity.config;
      const names = [entity.name, texts.object_id, entity.uniqueId].map((name) => (name ?? '').replaceAll('_', ' '));
      return entity.component === 'text' && topics.command_topic !== undefined && names.some((name) => PLAY.test(name));
    }) ?? null
  );
}

/** The choice of a service, if there is one: its options name it. */
const servicePart = (thing: Thing): Part | null => partOf(thing, 'select');

export const playMusic: HomeFunction = (thing) => (thing.deviceClass === 'speaker' ? playOn(thing) : null);
export const playVideo: HomeFunction = (thing) => (thing.deviceClass === 'tv' ? playOn(thing) : null);

function playOn(thing: Thing) {
  const part = playPart(thing.parts);
  const command = part?.command('command_topic', 'command_template');
  return part && command ? (home: HomeCall) => play(home, part, command) : null;
}

async function play(home: HomeCall, part: Part, command: Command) {
  const { thing } = home;
  const name = textArgument(home, 'name');
  if (name === null) throw missingArgument('name');
  if (name.length > MAX_TEXT) return refusedByDevice(`${thing.name} takes at most ${MAX_TEXT} letters.`);
  const service = serviceWish(home);
  if (typeof service === 'string') return refusedByDevice(service);
  const reading = part.reading('state');
  const power = powerWish(thing);
  const expectations: readonly Expectation[] = [
    ...power.expectations,
    ...service.expectations,
    ...(reading ? [expectText(reading, name)] : []),
  ];
  const proof = await sendAndConfirm(home, {
    messages: [...power.messages, ...service.messages, messageOf(part, command, name)],
    expectations,
    isPartly: reading === null,
  });
  const receipt = `${thing.name}: playing ${name}${service.name === null ? '' : ` on ${service.name}`}`;
  return proof === 'read-back' ? readBack(receipt) : deviceSaid(receipt);
}

interface Side {
  readonly messages: readonly CommandMessage[];
  readonly expectations: readonly Expectation[];
}

/** A player that says it is off is switched on first. */
function powerWish(thing: Thing): Side {
  const part = partOf(thing, 'switch');
  const command = part?.command('command_topic', 'command_template');
  if (!part || !command || isOn(part, part.reading('state')?.value ?? null) !== false)
    return { messages: [], expectations: [] };
  return { messages: [messageOf(part, command, powerPayload(part, true))], expectations: expectPower(part, true) };
}

/** The service that was asked for, by the player's own word for it; a sentence where it has none such. */
function serviceWish(home: HomeCall): (Side & { readonly name: string | null }) | string {
  const said = textArgument(home, 'service');
  if (said === null) return { messages: [], expectations: [], name: null };
  const part = servicePart(home.thing);
  const command = part?.command('command_topic', 'command_template');
  const options = part?.entity.config.lists.options ?? [];
  if (!part || !command) return `${home.thing.name} cannot choose a service.`;
  const option = bestMatch(said, options, (name) => name);
  if (option === null) return `${home.thing.name} has no ${said}. It has: ${options.slice(0, 20).join(', ')}.`;
  const reading = part.reading('state');
  return {
    messages: [messageOf(part, command, option)],
    expectations: reading ? [expectText(reading, option)] : [],
    name: option,
  };
}

function expectText(reading: Expectation['reading'], wanted: string): Expectation {
  return {
    reading,
    judge: (value) => (value.trim() === wanted ? 'yes' : 'no'),
    words: (value) => `"${value}"`,
  };
}
