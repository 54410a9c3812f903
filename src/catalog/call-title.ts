import type { CallArguments } from '../core/plan.js';
import { findFunction } from './catalog.js';

/** What a switch does in each of its positions, where the function's own name would leave that open. */
const titles: Readonly<Record<string, (args: CallArguments) => string | null>> = {
  set_door_lock: ({ locked }) => (locked === true ? 'Lock door' : locked === false ? 'Unlock door' : null),
  set_car_lock: ({ locked }) => (locked === true ? 'Lock car' : locked === false ? 'Unlock car' : null),
  set_cover: ({ kind, position }) => {
    const what =
      kind === 'garage' ? 'garage door' : kind === 'curtain' ? 'curtains' : kind === 'blinds' ? 'blinds' : null;
    if (what === null || typeof position !== 'number') return null;
    return position === 0 ? `Close ${what}` : kind === 'garage' || position === 100 ? `Open ${what}` : `Move ${what}`;
  },
  control_window: ({ position }) =>
    typeof position !== 'number' ? null : position === 0 ? 'Close car windows' : 'Open car windows',
  operate_sunroof: ({ action }) => (action === 'open' ? 'Open sunroof' : action === 'close' ? 'Close sunroof' : null),
};

/** A call in a person's words: the function's title, or what exactly it would do where that matters for a yes. */
export function callTitle(name: string, args: CallArguments): string {
  return titles[name]?.(args) ?? findFunction(name)?.title ?? name;
}
