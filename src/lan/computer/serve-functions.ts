import { z } from 'zod';
import { TentacleError } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import { causeWords, peerWords } from '../../core/peer-words.js';
import type { DeviceFunction } from '../device/define-function.js';
import type { WireOutcome } from '../native/profile.js';
import type { ComputerFunction } from './computer-function.js';
import type { ComputerSurroundings } from './surroundings.js';

/** The functions of this computer for other computers, to which this one is a device. */
export function servedFunctions(
  functions: readonly ComputerFunction[],
  surroundings: ComputerSurroundings,
): readonly DeviceFunction[] {
  return functions.map((each) => ({
    name: each.name,
    description: '',
    inputSchema: z.toJSONSchema(each.args, { io: 'input' }),
    repeat: each.repeat,
    leaseMs: null,
    objection: (args) => {
      const parsed = each.args.safeParse(args);
      return parsed.success ? null : peerWords(z.prettifyError(parsed.error));
    },
    run: async (args, { signal, key }) => {
      let isSent = false;
      const markSent = (): void => {
        isSent = true;
      };
      try {
        return wireOutcome(await each.run(args, surroundings, { signal, key, markSent }));
      } catch (error) {
        const why = error instanceof TentacleError ? peerWords(error.failure.message) : causeWords(error);
        return isSent ? { status: 'unknown', why } : { status: 'failed', message: why };
      }
    },
  }));
}

function wireOutcome(outcome: Outcome): WireOutcome {
  switch (outcome.status) {
    case 'done': {
      const { proof, receipt, data, prior } = outcome;
      return {
        status: 'done',
        proof,
        receipt,
        ...(data === null ? {} : { data: { value: data.value, text: data.text } }),
        ...(prior === null ? {} : { prior }),
      };
    }
    case 'refused':
      return { status: 'refused', reason: 'device', why: outcome.why };
    case 'failed': {
      const { message, next, detail } = outcome.failure;
      return { status: 'failed', message: detail === undefined ? message : `${message} (${detail})`, next };
    }
    case 'unknown':
      return { status: 'unknown', why: outcome.why };
    // Nobody sits at this computer to do the rest.
    case 'handed-over':
      return { status: 'failed', message: `It is not finished: ${outcome.left}` };
  }
}
