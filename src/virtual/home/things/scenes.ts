import { type Facts, oneOf } from '../facts.js';
import { esphome } from '../forms/esphome.js';
import type { Identity, Thing } from '../thing.js';

/** A scene: what it is called in this home, and what it changes, by thing. */
export interface Scene {
  readonly object: string;
  readonly name: string;
  readonly changes: Readonly<Record<string, Facts>>;
}

/**
 * The scenes of a home, each a component of its own. Scenes have no state in Home Assistant's discovery: whether one was
 * activated shows only in the things it changes. `last` is for those who look from outside.
 */
export function sceneController(identity: Identity, scenes: readonly Scene[]): Thing {
  const { topic, availability, config } = esphome(identity, 'Virtual scene controller');
  const commandTopic = (scene: Scene): string => topic('scene', scene.object, 'command');
  return {
    ...identity,
    kind: 'scenes',
    availability,
    ranges: { last: oneOf('', ...scenes.map((scene) => scene.object)) },
    initial: { last: '' },
    discovery: scenes.map((scene) =>
      config('scene', scene.object, { name: scene.name, cmd_t: commandTopic(scene), pl_on: 'ON' }),
    ),
    commandTopics: scenes.map(commandTopic),
    reports: () => [],
    obey: (command) => {
      const scene = scenes.find((candidate) => commandTopic(candidate) === command.topic);
      if (!scene || command.payload !== 'ON') return null;
      return { steps: [{ after: 0, facts: { last: scene.object } }], elsewhere: scene.changes };
    },
  };
}
