import { z } from 'zod';
import { readBack, refusedByDevice } from '../../../core/outcomes.js';
import { missingArgument } from '../../call-arguments.js';
import { answeredNo, command, readState, sendAndConfirm, type Verdict } from '../confirm.js';
import type { MatterCall, MatterFunction } from '../matter-call.js';
import type { Answer, Wanted } from '../matter-node.js';
import { readNumber } from './reading.js';

const actionSchema = z.enum(['start', 'stop', 'dock']);
type Action = z.infer<typeof actionSchema>;

export const vacuumWanted: readonly Wanted[] = [
  { cluster: 'rvcRunMode', names: ['supportedModes', 'currentMode'] },
  { cluster: 'rvcOperationalState', names: ['operationalState', 'acceptedCommandList'] },
];

/** Common tags of modes: Idle and Cleaning of the run mode cluster (application clusters 7.2.7.2). */
const IDLE = 0x4000;
const CLEANING = 0x4001;
/** The numbers of two optional commands of the operational state cluster. */
const PAUSE = 0x00;
const RESUME = 0x03;
const GO_HOME = 0x80;

const STATES: ReadonlyMap<number, string> = new Map([
  [0, 'stopped'],
  [1, 'cleaning'],
  [2, 'paused'],
  [3, 'in error'],
  [64, 'on the way to its dock'],
  [65, 'charging'],
  [66, 'docked'],
  [67, 'emptying its dust bin'],
  [68, 'cleaning its mop'],
  [69, 'filling its tank'],
  [70, 'updating its map'],
]);

const modesSchema = z
  .array(z.object({ mode: z.number(), modeTags: z.array(z.object({ value: z.number() })) }))
  .catch([]);

export interface VacuumState {
  readonly state: number | null;
  readonly mode: number | null;
  readonly idleModes: readonly number[];
  readonly cleaningModes: readonly number[];
  /** The numbers of the commands that it takes. */
  readonly commands: readonly number[];
}

export function vacuumState(answer: Answer): VacuumState {
  const modes = modesSchema.parse(answer.get('rvcRunMode')?.['supportedModes']);
  const tagged = (tag: number): readonly number[] =>
    modes.filter(({ modeTags }) => modeTags.some(({ value }) => value === tag)).map(({ mode }) => mode);
  return {
    state: readNumber(answer, 'rvcOperationalState', 'operationalState'),
    mode: readNumber(answer, 'rvcRunMode', 'currentMode'),
    idleModes: tagged(IDLE),
    cleaningModes: tagged(CLEANING),
    commands: z.array(z.number()).catch([]).parse(answer.get('rvcOperationalState')?.['acceptedCommandList']),
  };
}

export const vacuumWords = ({ state }: VacuumState): string | null =>
  state === null ? null : (STATES.get(state) ?? null);

export const controlVacuum: MatterFunction = ({ endpoint, name }) => {
  if (endpoint.cluster('rvcRunMode') === null || endpoint.cluster('rvcOperationalState') === null) return null;
  return async (home) => {
    const action = actionSchema.safeParse(home.call.args['action']).data;
    if (action === undefined) throw missingArgument('action');
    const before = vacuumState(await readState(home, vacuumWanted));
    const step = stepFor(action, before);
    if (step === null) return refusedByDevice(`${name} cannot ${action}.`);
    const after = await sendAndConfirm<VacuumState>(home, {
      send: (signal) => send(home, step, signal),
      look: async (signal) => vacuumState(await home.node.read(endpoint.number, vacuumWanted, signal)),
      judge: (state) => judge(action, state),
      words: (state) => vacuumWords(state) ?? 'nothing',
    });
    return readBack(`${name}: ${vacuumWords(after) ?? action}`);
  };
};

type Step = { readonly command: 'pause' | 'resume' | 'goHome' } | { readonly mode: number };

/** How an action is asked of this vacuum as it stands, or null for one that cannot. */
function stepFor(action: Action, { state, mode, idleModes, cleaningModes, commands }: VacuumState): Step | null {
  if (action === 'dock') return commands.includes(GO_HOME) ? { command: 'goHome' } : null;
  if (action === 'stop') {
    const [idle] = idleModes;
    return idle !== undefined ? { mode: idle } : commands.includes(PAUSE) ? { command: 'pause' } : null;
  }
  const isPaused = state === 2 && mode !== null && cleaningModes.includes(mode);
  if (isPaused && commands.includes(RESUME)) return { command: 'resume' };
  const [cleaning] = cleaningModes;
  return cleaning === undefined ? null : { mode: cleaning };
}

/** What the device answers to a step: its own error, by number. */
const answerSchema = z.union([
  z.object({ status: z.number(), statusText: z.string().optional() }),
  z.object({ commandResponseState: z.object({ errorStateId: z.number(), errorStateDetails: z.string().optional() }) }),
]);

async function send(home: MatterCall, step: Step, signal: AbortSignal): Promise<void> {
  const answer = answerSchema.parse(
    'mode' in step
      ? await command(home, 'rvcRunMode', 'changeToMode', { newMode: step.mode }, signal)
      : await command(home, 'rvcOperationalState', step.command, undefined, signal),
  );
  const [code, words] =
    'status' in answer
      ? [answer.status, answer.statusText]
      : [answer.commandResponseState.errorStateId, answer.commandResponseState.errorStateDetails];
  if (code !== 0) throw answeredNo(home.thing, words || `error ${code}`);
}

function judge(action: Action, { state, mode, cleaningModes }: VacuumState): Verdict {
  if (state === null) return 'unclear';
  // Running in an idle mode is on the way to the dock, or at work for its own sake.
  if (action === 'start') return state === 1 && (mode === null || cleaningModes.includes(mode)) ? 'yes' : 'no';
  // It has minutes of way: that it is on it is what was asked.
  if (action === 'dock') return state >= 64 && state <= 69 ? 'yes' : 'no';
  return state !== 1 && state !== 3 ? 'yes' : 'no';
}
