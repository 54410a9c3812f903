import { deviceSaid, readBack, refusedByDevice } from '../../../core/outcomes.js';
import { missingArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { type Expectation, sendAndConfirm } from '../confirm.js';
import type { CommandMessage, HomeFunction } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf } from '../thing.js';
import { messageOf } from './on-off.js';

/** How far a motor may stop from where it was sent, in percent. */
const NEAR = 3;

export type CoverState = 'open' | 'closed' | 'opening' | 'closing' | 'stopped';

/** A reported state in the field's words, by the cover's own; null for another. */
export function coverState(part: Part, value: string | null): CoverState | null {
  const { texts } = part.entity.config;
  const words: readonly (readonly [CoverState, string])[] = [
    ['open', texts.state_open ?? 'open'],
    ['closed', texts.state_closed ?? 'closed'],
    ['opening', texts.state_opening ?? 'opening'],
    ['closing', texts.state_closing ?? 'closing'],
    ['stopped', texts.state_stopped ?? 'stopped'],
  ];
  return words.find(([, word]) => word === value)?.[0] ?? null;
}

/** The ends of its own scale: shut and open. */
function endsOf(part: Part): { readonly shut: number; readonly open: number } {
  const { position_closed: shut = 0, position_open: open = 100 } = part.entity.config.numbers;
  return shut === open ? { shut: 0, open: 100 } : { shut, open };
}

/** How far it is open in percent, as last reported, or null. */
export function openPercent(part: Part): number | null {
  const position = part.reading('position')?.number ?? null;
  const { shut, open } = endsOf(part);
  if (position !== null) return Math.round(((position - shut) / (open - shut)) * 100);
  const state = coverState(part, part.reading('state')?.value ?? null);
  if (part.reading('position') === null && state === 'open') return 100;
  return part.reading('position') === null && state === 'closed' ? 0 : null;
}

export const setCover: HomeFunction = (thing) => {
  const part = partOf(thing, 'cover');
  const move = part && commandsOf(part);
  if (!part || !move) return null;
  return async (home) => {
    const percent = numberArgument(home, 'position');
    if (percent === null) throw missingArgument('position');
    const message = move(percent);
    if (message === null) return refusedByDevice(`${thing.name} can only open and close.`);
    const was = openPercent(part);
    const proof = await sendAndConfirm(home, {
      messages: [{ ...message, retain: false }],
      expectations: expectPosition(part, percent),
      isSlow: true,
    });
    const receipt = `${thing.name}: ${positionWords(percent)}`;
    const facts = was === null ? {} : { prior: priorOf(home, ['position'], { position: was }) };
    return proof === 'read-back' ? readBack(receipt, facts) : deviceSaid(receipt, facts);
  };
};

export function positionWords(percent: number): string {
  if (percent <= 0) return 'closed';
  return percent >= 100 ? 'open' : `${Math.round(percent)} % open`;
}

/** The message that moves it to a position, null for a position that it does not know; null for a cover that cannot be told. */
function commandsOf(part: Part): ((percent: number) => CommandMessage | null) | null {
  const { texts, off } = part.entity.config;
  const variables = ['value', 'position', 'position_open', 'position_closed'];
  const position = part.command('set_position_topic', 'set_position_template', variables);
  const word = part.command('command_topic', 'command_template');
  if (!position && !word) return null;
  const { shut, open } = endsOf(part);
  return (percent) => {
    if (position) {
      const value = Math.round(shut + (percent / 100) * (open - shut));
      const more = { position: Math.round(percent), position_open: open, position_closed: shut };
      return messageOf(part, position, value, more);
    }
    if (word && percent >= 100 && !off.has('payload_open')) return messageOf(part, word, texts.payload_open ?? 'OPEN');
    if (word && percent <= 0 && !off.has('payload_close')) return messageOf(part, word, texts.payload_close ?? 'CLOSE');
    return null;
  };
}

function expectPosition(part: Part, percent: number): readonly Expectation[] {
  const position = part.reading('position');
  const state = part.reading('state');
  const movement = (): CoverState | null => coverState(part, state?.value ?? null);
  const isMoving = (): boolean => movement() === 'opening' || movement() === 'closing';
  if (position) {
    return [
      {
        reading: position,
        judge: () => {
          const now = openPercent(part);
          if (now === null) return 'unclear';
          const off = Math.abs(now - percent);
          // Near the goal and still moving, it may yet pass it.
          if (isMoving() && off > 0.5) return 'moving';
          return off <= NEAR ? 'yes' : 'no';
        },
        words: () => positionWords(openPercent(part) ?? 0),
      },
    ];
  }
  if (!state) return [];
  return [
    {
      reading: state,
      judge: () => {
        if (isMoving()) return 'moving';
        // "stopped" says that it stands, and not where.
        if (movement() === null || movement() === 'stopped') return 'unclear';
        return (movement() === 'open') === percent > 0 ? 'yes' : 'no';
      },
      words: () => movement() ?? 'nothing',
    },
  ];
}
