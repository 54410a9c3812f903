import { readBack } from '../../../core/outcomes.js';
import { flagArgument, missingArgument, priorOf } from '../../call-arguments.js';
import { command, readState, sendAndConfirm } from '../confirm.js';
import type { MatterFunction } from '../matter-call.js';
import { readNumber } from './reading.js';

const WANTED = [{ cluster: 'doorLock', names: ['lockState'] }] as const;
/** The lock state attribute's values, in their order; "unlatched" stands open. */
const STATES = ['not fully locked', 'locked', 'unlocked', 'unlatched'] as const;
export type LockState = (typeof STATES)[number];

export const lockStateOf = (value: number | null): LockState | null => STATES[value ?? -1] ?? null;

export const setDoorLock: MatterFunction = ({ endpoint, name }) => {
  if (endpoint.cluster('doorLock') === null) return null;
  return async (home) => {
    const locked = flagArgument(home, 'locked');
    if (locked === null) throw missingArgument('locked');
    const was = lockStateOf(readNumber(await readState(home, WANTED), 'doorLock', 'lockState'));
    await sendAndConfirm<LockState | null>(home, {
      send: async (signal) => void (await command(home, 'doorLock', locked ? 'lockDoor' : 'unlockDoor', {}, signal)),
      look: async (signal) =>
        lockStateOf(readNumber(await home.node.read(endpoint.number, WANTED, signal), 'doorLock', 'lockState')),
      judge: (state) => {
        if (state === null) return 'unclear';
        const isLocked = state === 'locked';
        const isUnlocked = state === 'unlocked' || state === 'unlatched';
        return (locked ? isLocked : isUnlocked) ? 'yes' : 'no';
      },
      words: (state) => state ?? 'nothing',
    });
    const prior =
      was === 'locked' || was === 'unlocked' ? { prior: priorOf(home, ['locked'], { locked: was === 'locked' }) } : {};
    return readBack(`${name}: ${locked ? 'locked' : 'unlocked'}`, prior);
  };
};
