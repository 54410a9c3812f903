import { z } from 'zod';
import type { Outcome } from '../../../core/outcome.js';
import { failed, refusedByDevice } from '../../../core/outcomes.js';
import type { Entity } from '../home/entity.js';
import { features, supports } from '../home/features.js';
import { simplified } from '../home/names.js';
import type { Fits, HomeCall } from './home-call.js';

const { turnOn, turnOff, selectSource, searchMedia } = features.player;

const OFF = new Set(['off', 'standby']);

export async function setTvPower(call: HomeCall): Promise<Outcome> {
  const power = call.boolean('power') === true;
  if (!supports(call.before, power ? turnOn : turnOff))
    return refusedByDevice(`${call.name} cannot be switched ${power ? 'on' : 'off'} from here.`);
  const seen = await call.change(`turn_${power ? 'on' : 'off'}`, {}, ({ entity }) =>
    power ? isOn(entity) : OFF.has(entity.state),
  );
  return call.done(seen, { prior: { power: isOn(call.before) } });
}

export const playMusicOnSpeaker = (call: HomeCall): Promise<Outcome> => play(call, 'music');
export const playVideoOnTv = (call: HomeCall): Promise<Outcome> => play(call, 'video');

/** Plays what a name says, by whoever of the house can find things by name. */
async function play(call: HomeCall, kind: 'music' | 'video'): Promise<Outcome> {
  const [name, service] = [call.text('name') ?? '', call.text('service')];
  const isMusicAssistant = isOfMusicAssistant(call);
  const source = service === null || isMusicAssistant ? null : sourceOf(call, service);
  if (source && 'why' in source) return refusedByDevice(source.why);
  const found = isMusicAssistant ? null : await search(call, name);
  if (found && 'why' in found)
    return failed('NOTHING_FOUND', found.why, 'Say another name, or start it on the player.');
  if (!isOn(call.before) && supports(call.before, turnOn) && call.home.services.has('media_player.turn_on'))
    await call.change('turn_on', {}, ({ entity }) => isOn(entity));
  if (source)
    await call.change('select_source', { source: source.name }, ({ entity }) => isSource(entity, source.name));
  const before = call.home.store.get(call.before.id) ?? call.before;
  const [asked, data] = isMusicAssistant
    ? (['music_assistant.play_media', { media_id: name }] as const)
    : (['play_media', found ?? { media_content_id: name, media_content_type: kind }] as const);
  const seen = await call.change(
    asked,
    data,
    isPlaying(name, 'media_content_id' in data ? data.media_content_id : null, before),
  );
  return call.done(seen, {}, `${call.name}: ${call.describe(seen)}${source ? ` on ${source.name}` : ''}`);
}

/** Music Assistant finds artists, albums and songs by their names; its service is for its own players alone. */
function isOfMusicAssistant(call: HomeCall): boolean {
  const service = 'music_assistant.play_media';
  return call.home.services.has(service) && call.home.entry(call.before.id)?.platform === 'music_assistant';
}

/**
 * The title or the content that was asked for; or another one that Home Assistant says this very call set going, as a name may be an
 * artist's or a playlist's.
 */
function isPlaying(name: string, contentId: string | null, before: Entity): Fits {
  return ({ entity, isOurs }) => {
    if (entity.state !== 'playing') return false;
    const { media_title: title, media_content_id: content } = entity.attributes;
    if (contentId !== null && content === contentId) return true;
    const [asked, shown] = [simplified(name), simplified(title ?? '')];
    if (shown !== '' && asked !== '' && (shown.includes(asked) || asked.includes(shown))) return true;
    const { media_title: oldTitle, media_content_id: oldContent } = before.attributes;
    return isOurs && (before.state !== 'playing' || title !== oldTitle || content !== oldContent);
  };
}

/** The player's own word for a service, or why it has none; null where it has no choice of sources at all. */
function sourceOf(call: HomeCall, service: string): { readonly name: string } | { readonly why: string } | null {
  const sources = call.before.attributes.source_list ?? [];
  if (sources.length === 0 || !supports(call.before, selectSource)) return null;
  const wanted = simplified(service);
  const name =
    sources.find((source) => simplified(source) === wanted) ??
    sources.find((source) => simplified(source).includes(wanted));
  if (name !== undefined) return { name };
  return { why: `${call.name} has no "${service}". It has: ${sources.slice(0, 12).join(', ')}.` };
}

const isSource = ({ attributes }: Entity, name: string): boolean =>
  attributes.source === name || attributes.app_name === name;

const foundSchema = z.object({
  media_content_id: z.string().min(1).max(2_000),
  media_content_type: z.string().min(1).max(200),
  title: z.string().catch(''),
});

const answerSchema = z.record(z.string(), z.object({ result: z.array(z.unknown()) }));

/** What `media_player.search_media` finds by the name; null where the player cannot search. */
async function search(
  call: HomeCall,
  name: string,
): Promise<
  { readonly media_content_id: string; readonly media_content_type: string } | { readonly why: string } | null
> {
  if (!supports(call.before, searchMedia) || !call.home.services.has('media_player.search_media')) return null;
  const answer = answerSchema.safeParse(await call.ask('search_media', { search_query: name }));
  const results = answer.success ? (answer.data[call.before.id]?.result ?? []) : [];
  const found = results.flatMap((result) => foundSchema.safeParse(result).data ?? []);
  const best = found.find(({ title }) => simplified(title) === simplified(name)) ?? found[0];
  if (!best) return { why: `${call.name} finds nothing called "${name}".` };
  return { media_content_id: best.media_content_id, media_content_type: best.media_content_type };
}

function isOn({ state }: Entity): boolean {
  return !OFF.has(state) && state !== 'unavailable' && state !== 'unknown';
}
