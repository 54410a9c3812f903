import { z } from 'zod';
import { readBack, refusedByDevice } from '../../../core/outcomes.js';
import { missingArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { command, readState, sendAndConfirm } from '../confirm.js';
import type { MatterFunction } from '../matter-call.js';
import type { Answer } from '../matter-node.js';
import { bitOf, readNumber } from './reading.js';

/** How far a motor may stop from where it was sent, in percent. */
const NEAR = 3;

export const coverWanted = [
  { cluster: 'windowCovering', names: ['currentPositionLiftPercent100ths', 'operationalStatus'] },
] as const;

export interface CoverState {
  /** How far it is open, 0..100, or null for a motor that does not know. */
  readonly open: number | null;
  readonly isMoving: boolean;
}

const statusSchema = z.object({ operationalStatus: z.object({ global: z.number() }) });

export function coverState(answer: Answer): CoverState {
  // Matter counts hundredths of a percent of the way down.
  const closed = readNumber(answer, 'windowCovering', 'currentPositionLiftPercent100ths');
  const status = statusSchema.safeParse(answer.get('windowCovering'));
  return {
    open: closed === null ? null : Math.round(100 - closed / 100),
    isMoving: status.success && status.data.operationalStatus.global !== 0,
  };
}

export function openWords(open: number | null): string {
  if (open === null) return 'nothing of its position';
  if (open <= 0) return 'closed';
  return open >= 100 ? 'open' : `${open} % open`;
}

export const setCover: MatterFunction = ({ endpoint, name }) => {
  const covering = endpoint.cluster('windowCovering');
  if (covering === null) return null;
  const knowsPosition = bitOf(covering, 'featureMap', 'positionAwareLift');
  return async (home) => {
    const position = numberArgument(home, 'position');
    if (position === null) throw missingArgument('position');
    if (!knowsPosition && position > 0 && position < 100) return refusedByDevice(`${name} can only open and close.`);
    const was = coverState(await readState(home, coverWanted)).open;
    const after = await sendAndConfirm<CoverState>(home, {
      send: async (signal) => {
        const value = Math.round((100 - position) * 100);
        if (knowsPosition)
          await command(home, 'windowCovering', 'goToLiftPercentage', { liftPercent100thsValue: value }, signal);
        else await command(home, 'windowCovering', position > 0 ? 'upOrOpen' : 'downOrClose', undefined, signal);
      },
      look: async (signal) => coverState(await home.node.read(endpoint.number, coverWanted, signal)),
      judge: ({ open, isMoving }) => {
        // Near the goal and still moving, it may yet pass it.
        if (isMoving && open !== position) return 'moving';
        if (open === null) return 'unclear';
        return Math.abs(open - position) <= NEAR ? 'yes' : 'no';
      },
      words: ({ open }) => openWords(open),
    });
    const prior = was === null ? {} : { prior: priorOf(home, ['position'], { position: was }) };
    return readBack(`${name}: ${openWords(after.open)}`, prior);
  };
};
