import { deviceSaid, refusedByDevice } from '../../../core/outcomes.js';
import { missingArgument, textArgument } from '../../call-arguments.js';
import { sendAndConfirm } from '../confirm.js';
import type { HomeFunction } from '../home-call.js';
import { bestMatch } from '../match-name.js';
import type { Part } from '../part.js';
import { messageOf, powerPayload } from './on-off.js';

/** Scene names that are told when none fits. */
const MAX_TOLD = 20;

export const sceneName = ({ entity }: Part): string => entity.name ?? entity.physical?.name ?? entity.uniqueId;

/** Scenes report nothing by which they could be seen: the broker took the command, and that is all there is. */
export const activateScene: HomeFunction = (thing) => {
  const scenes = thing.parts.filter(({ entity }) => entity.component === 'scene');
  if (scenes.length === 0) return null;
  return async (home) => {
    const name = textArgument(home, 'name');
    if (name === null) throw missingArgument('name');
    const scene = bestMatch(name, scenes, sceneName);
    const command = scene?.command('command_topic', 'command_template');
    if (!scene || !command) {
      const names = scenes.slice(0, MAX_TOLD).map(sceneName).join(', ');
      return refusedByDevice(`There is no one scene "${name}". Scenes: ${names}.`);
    }
    if (scene.isAvailable !== true) return refusedByDevice(`The scene ${sceneName(scene)} is offline.`);
    await sendAndConfirm(home, {
      messages: [{ ...messageOf(scene, command, powerPayload(scene, true)), retain: false }],
      expectations: [],
    });
    return deviceSaid(`Scene ${sceneName(scene)} called`);
  };
};
