import type { Outcome } from '../../../core/outcome.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import type { Entity } from '../home/entity.js';
import { features, supports } from '../home/features.js';
import type { HomeCall } from './home-call.js';

/** Percent: motors that count time or turns stop beside the mark. */
const SLACK = 3;

export async function setCover(call: HomeCall): Promise<Outcome> {
  const asked = call.number('position');
  if (asked === null) return refusedByDevice('The position is missing.');
  const position = Math.round(asked);
  const settable = supports(call.before, features.cover.setPosition);
  if (!settable && position > 0 && position < 100)
    return refusedByDevice(`${call.name} can only be opened and closed all the way, not to ${position} %.`);
  const needed = position === 0 ? features.cover.close : features.cover.open;
  const whole = (position === 0 || position === 100) && supports(call.before, needed);
  if (!whole && !settable) return refusedByDevice(`${call.name} cannot be ${position === 0 ? 'closed' : 'opened'}.`);
  const service = whole ? (position === 0 ? 'close_cover' : 'open_cover') : 'set_cover_position';
  const seen = await call.change(service, whole ? {} : { position }, ({ entity }) => isAt(entity, position));
  return call.done(seen, { prior: priorOf(call.before) });
}

/** A cover on its way is not there yet, whatever position it passes. */
function isAt({ state, attributes }: Entity, position: number): boolean {
  if (state === 'opening' || state === 'closing') return false;
  if (typeof attributes.current_position === 'number') return Math.abs(attributes.current_position - position) <= SLACK;
  return state === (position === 0 ? 'closed' : 'open');
}

/** A garage is said so, as opening one again needs the user's yes. */
function priorOf({ state, attributes }: Entity): Record<string, string | number> | undefined {
  const position = attributes.current_position ?? (state === 'closed' ? 0 : state === 'open' ? 100 : null);
  if (position === null) return undefined;
  return { position: Math.round(position), ...(attributes.device_class === 'garage' ? { kind: 'garage' } : {}) };
}
