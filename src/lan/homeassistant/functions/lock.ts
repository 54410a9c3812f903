import { TentacleError } from '../../../core/failure.js';
import type { Outcome } from '../../../core/outcome.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import type { HomeCall } from './home-call.js';

const LOCKED = new Set(['locked']);
/** A lock that also draws its latch says "open" for a while. */
const UNLOCKED = new Set(['unlocked', 'open']);

export async function setDoorLock(call: HomeCall): Promise<Outcome> {
  const locked = call.boolean('locked') === true;
  if (asksForCode(call)) {
    const word = locked ? 'lock' : 'unlock';
    return refusedByDevice(
      `${call.name} asks for a code to ${word}, and Tentacle keeps no door codes. Do it in Home Assistant, or set a default code there in the lock's own settings.`,
    );
  }
  const wanted = locked ? LOCKED : UNLOCKED;
  const seen = await call.change(locked ? 'lock' : 'unlock', {}, ({ entity }) => {
    if (entity.state === 'jammed') throw jammed(call.name);
    return wanted.has(entity.state);
  });
  const { state } = call.before;
  const prior = LOCKED.has(state) ? { locked: true } : UNLOCKED.has(state) ? { locked: false } : undefined;
  return call.done(seen, { prior });
}

/** Home Assistant fills in the lock's default code by itself where the user has set one. */
function asksForCode(call: HomeCall): boolean {
  const hasDefault = Boolean(call.home.entry(call.before.id)?.options?.lock?.default_code);
  return Boolean(call.before.attributes.code_format) && !hasDefault;
}

const jammed = (name: string): TentacleError =>
  new TentacleError({
    code: 'LOCK_JAMMED',
    fault: 'device',
    message: `${name} is jammed: the bolt did not move all the way.`,
    next: 'Look at the door: it may not be shut.',
  });
