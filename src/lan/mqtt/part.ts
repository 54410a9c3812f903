import type { Entity } from './discovery.js';
import type { TextName, TopicName } from './entity-config.js';
import { Reading } from './reading.js';
import { type Compose, composition, type Extract, extraction, memberOf, parsedJson, textOf } from './template.js';

/** What an entity reports, in this adapter's words. */
export type ReadingName =
  | 'state'
  | 'brightness'
  | 'rgb'
  | 'hs'
  | 'xy'
  | 'color'
  | 'color_temp'
  | 'target'
  | 'current'
  | 'mode'
  | 'position'
  | 'percentage';

interface Source {
  readonly topic: TopicName;
  readonly templates: readonly TextName[];
}

const SOURCES: readonly (readonly [ReadingName, Source])[] = [
  ['state', { topic: 'state_topic', templates: ['state_value_template', 'value_template'] }],
  ['brightness', { topic: 'brightness_state_topic', templates: ['brightness_value_template'] }],
  ['rgb', { topic: 'rgb_state_topic', templates: ['rgb_value_template'] }],
  ['hs', { topic: 'hs_state_topic', templates: ['hs_value_template'] }],
  ['xy', { topic: 'xy_state_topic', templates: ['xy_value_template'] }],
  ['color_temp', { topic: 'color_temp_state_topic', templates: ['color_temp_value_template'] }],
  ['target', { topic: 'temperature_state_topic', templates: ['temperature_state_template', 'value_template'] }],
  ['current', { topic: 'current_temperature_topic', templates: ['current_temperature_template', 'value_template'] }],
  ['mode', { topic: 'mode_state_topic', templates: ['mode_state_template', 'value_template'] }],
  ['position', { topic: 'position_topic', templates: ['position_template'] }],
  ['percentage', { topic: 'percentage_state_topic', templates: ['percentage_value_template'] }],
];

/** Where a command goes, and how its payload is written. */
export interface Command {
  readonly topic: string;
  readonly compose: Compose;
}

/** An entity with what it reports: one switch, one sensor, the lamp in a lamp. */
export class Part {
  readonly entity: Entity;
  readonly #readings: ReadonlyMap<ReadingName, Reading>;
  readonly #availability: readonly { readonly reading: Reading; readonly online: string; readonly offline: string }[];

  constructor(entity: Entity) {
    this.entity = entity;
    this.#readings = readingsOf(entity);
    this.#availability = entity.availability.flatMap(({ topic, template, online, offline }) => {
      const extract = extraction(template);
      return extract ? [{ reading: new Reading(topic, extract), online, offline }] : [];
    });
  }

  reading(name: ReadingName): Reading | null {
    return this.#readings.get(name) ?? null;
  }

  /** Everything that has to be listened to. */
  allReadings(): readonly Reading[] {
    return [...this.#readings.values(), ...this.#availability.map(({ reading }) => reading)];
  }

  /** Whether it can be reached, by its own word; null while it has not said. */
  get isAvailable(): boolean | null {
    if (this.#availability.length === 0) return true;
    const said = this.#availability.map(({ reading, online, offline }) => {
      if (reading.value === online) return true;
      return reading.value === offline ? false : null;
    });
    switch (this.entity.config.texts.availability_mode) {
      case 'all':
        return said.includes(false) ? false : said.includes(null) ? null : true;
      case 'any':
        return said.includes(true) ? true : said.includes(null) ? null : false;
      default: {
        const latest = this.#availability.toSorted((a, b) => b.reading.at - a.reading.at)[0]?.reading;
        return said[this.#availability.findIndex(({ reading }) => reading === latest)] ?? null;
      }
    }
  }

  /** What was heard of its availability on a link that is gone. */
  forgetAvailability(): void {
    for (const { reading } of this.#availability) reading.forget();
  }

  /** A command of its own settings; null where it has none, or writes it in a way that is not supported. */
  command(topicName: TopicName, templateName: TextName, variables: readonly string[] = ['value']): Command | null {
    const topic = this.entity.config.topics[topicName];
    const compose = composition(this.entity.config.texts[templateName], variables);
    return topic === undefined || compose === null ? null : { topic, compose };
  }
}

function readingsOf(entity: Entity): ReadonlyMap<ReadingName, Reading> {
  const { topics, texts } = entity.config;
  if (entity.component === 'light' && texts.schema === 'json') return fromJson(entity, LIGHT_MEMBERS);
  if (entity.component === 'vacuum') return fromJson(entity, [['state', (value) => textOf(memberOf(value, 'state'))]]);
  const readings = new Map<ReadingName, Reading>();
  for (const [name, source] of SOURCES) {
    const topic = topics[source.topic];
    const extract = extraction(source.templates.map((template) => texts[template]).find((text) => text !== undefined));
    if (topic !== undefined && extract) readings.set(name, new Reading(topic, extract));
  }
  if (entity.component === 'light' && texts.schema === 'template') addTemplateLight(entity, readings);
  return readings;
}

type Member = readonly [ReadingName, (value: unknown) => string | null | undefined];

const LIGHT_MEMBERS: readonly Member[] = [
  ['state', (value) => textOf(memberOf(value, 'state'))],
  ['brightness', (value) => textOf(memberOf(value, 'brightness'))],
  ['color', (value) => textOf(memberOf(value, 'color'))],
  ['color_temp', (value) => textOf(memberOf(value, 'color_temp'))],
];

function fromJson(entity: Entity, members: readonly Member[]): ReadonlyMap<ReadingName, Reading> {
  const topic = entity.config.topics.state_topic;
  if (topic === undefined) return new Map();
  return new Map(
    members.map(([name, read]) => {
      const extract: Extract = (payload) => read(parsedJson(payload));
      return [name, new Reading(topic, extract)] as const;
    }),
  );
}

/** The template schema of lights: a template for each value of the one state topic. */
function addTemplateLight(entity: Entity, readings: Map<ReadingName, Reading>): void {
  const { topics, texts } = entity.config;
  const topic = topics.state_topic;
  if (topic === undefined) return;
  readings.clear();
  const read = (template: string | undefined): Extract | null => (template === undefined ? null : extraction(template));
  const [state, brightness] = [read(texts.state_template), read(texts.brightness_template)];
  const parts = [read(texts.red_template), read(texts.green_template), read(texts.blue_template)];
  if (state) readings.set('state', new Reading(topic, state));
  if (brightness) readings.set('brightness', new Reading(topic, brightness));
  if (parts.every((part) => part !== null)) {
    readings.set(
      'rgb',
      new Reading(topic, (payload) => {
        const values = parts.map((part) => part(payload));
        return values.every((value) => typeof value === 'string') ? values.join(',') : undefined;
      }),
    );
  }
}
