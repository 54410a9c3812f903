import type { Outcome } from '../../../core/outcome.js';
import { failed, refusedByDevice } from '../../../core/outcomes.js';
import type { LanCall } from '../../lan-call.js';
import type { Entity } from '../home/entity.js';
import { simplified } from '../home/names.js';
import { type HomeAccess, HomeCall } from './home-call.js';

/** Words that people put around a scene's name. */
const AROUND = /\b(?:the|a|my|scene|script|mode|routine)\b/g;

/** Finds the scene or script that a name says, and activates it. */
export async function activateScene(call: LanCall, home: HomeAccess, scenes: readonly Entity[]): Promise<Outcome> {
  const said = typeof call.args['name'] === 'string' ? call.args['name'] : '';
  const found = findScenes(said, scenes, home);
  const [scene] = found;
  if (!scene) {
    const names = scenes.slice(0, 12).map(sceneName).join(', ');
    return failed('NO_SUCH_SCENE', `There is no scene called "${said}".`, `Say one of these: ${names}.`);
  }
  if (found.length > 1)
    return refusedByDevice(`"${said}" may be ${found.slice(0, 5).map(sceneName).join(' or ')}: say which.`);
  const name = sceneName(scene);
  if (scene.state === 'unavailable') return refusedByDevice(`Home Assistant cannot activate ${name} now.`);
  const one = new HomeCall(call, name, home, scene);
  // A scene's state is the time of its last activation; a script keeps that in an attribute.
  const seen = await one.change('turn_on', {}, ({ entity }) => activation(entity) !== activation(scene));
  return one.done(seen, {}, scene.domain === 'script' ? `${name} was started` : `${name} was activated`);
}

function activation({ domain, state, attributes }: Entity): string {
  return domain === 'scene' ? state : (attributes.last_triggered ?? '');
}

function findScenes(said: string, scenes: readonly Entity[], home: HomeAccess): Entity[] {
  const wanted = simplified(said);
  const bare = core(said);
  const named = (fits: (name: string) => boolean): Entity[] =>
    scenes.filter((scene) => [sceneName(scene), ...home.aliases(scene.id)].some(fits));
  for (const fits of [
    (name: string) => simplified(name) === wanted,
    (name: string) => core(name) === bare,
    (name: string) => bare !== '' && ` ${simplified(name)} `.includes(` ${bare} `),
  ]) {
    const found = named(fits);
    if (found.length > 0) return preferScenes(found);
  }
  return [];
}

/** Where a scene and a script have the same name, the scene is meant. */
function preferScenes(found: Entity[]): Entity[] {
  const scenes = found.filter(({ domain }) => domain === 'scene');
  return scenes.length === 1 ? scenes : found;
}

const core = (name: string): string => simplified(simplified(name).replace(AROUND, ' '));

const sceneName = ({ id, attributes }: Entity): string => attributes.friendly_name || id;
