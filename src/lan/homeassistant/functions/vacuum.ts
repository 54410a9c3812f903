import { TentacleError } from '../../../core/failure.js';
import type { Outcome } from '../../../core/outcome.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import { features, supports } from '../home/features.js';
import type { HomeCall } from './home-call.js';

interface Move {
  readonly service: string;
  readonly bit: number;
  readonly states: readonly string[];
}

const { start, stop, pause, returnHome } = features.vacuum;

/** By what is asked; the first that the cleaner can do is taken. */
const MOVES: Readonly<Record<string, readonly Move[]>> = {
  start: [{ service: 'start', bit: start, states: ['cleaning'] }],
  stop: [
    { service: 'stop', bit: stop, states: ['idle', 'paused', 'docked'] },
    { service: 'pause', bit: pause, states: ['paused', 'idle', 'docked'] },
  ],
  dock: [{ service: 'return_to_base', bit: returnHome, states: ['returning', 'docked'] }],
};

export async function controlVacuum(call: HomeCall): Promise<Outcome> {
  const action = call.text('action') ?? '';
  const move = MOVES[action]?.find(
    ({ service, bit }) => supports(call.before, bit) && call.home.services.has(`vacuum.${service}`),
  );
  if (!move) return refusedByDevice(`${call.name} cannot ${action === 'dock' ? 'be sent to its dock' : action}.`);
  const seen = await call.change(move.service, {}, ({ entity }) => {
    if (entity.state === 'error') throw stuck(call.name);
    return move.states.includes(entity.state);
  });
  return call.done(seen);
}

const stuck = (name: string): TentacleError =>
  new TentacleError({
    code: 'VACUUM_ERROR',
    fault: 'device',
    message: `${name} reports an error.`,
    next: 'Look at the cleaner: it may be stuck, or its bin full.',
  });
