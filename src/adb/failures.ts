import { type Failure, TentacleError } from '../core/failure.js';

/** The longest piece of a peer's own words that goes into a failure's detail, in UTF-16 code units. */
const MAX_DETAIL = 500;

/** A peer's own words, capped, without control characters that could redraw a terminal. */
export function peerWords(text: string, limit: number = MAX_DETAIL): string {
  const clean = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}

/** The words of anything that was thrown. */
export function causeWords(cause: unknown): string {
  return peerWords(cause instanceof Error ? cause.message : String(cause));
}

/** The link to the phone ended before the answer: thrown, because it unwinds whatever was going on. */
export function linkLost(cause: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'LINK_LOST',
      fault: 'link',
      message: 'The connection to the phone was lost.',
      next: 'Check the cable or the Wi-Fi; Tentacle reconnects by itself.',
      detail: causeWords(cause),
    },
    { cause },
  );
}

export function deadlinePassed(what: string, timeoutMs: number): TentacleError {
  return new TentacleError({
    code: 'DEADLINE',
    fault: 'device',
    message: `${what} gave no answer within ${Math.round(timeoutMs / 100) / 10} s.`,
    next: 'Look at the phone: it may be busy, asleep or asking something.',
  });
}

export function cancelled(): TentacleError {
  return new TentacleError({
    code: 'CANCELLED',
    fault: 'user',
    message: 'Cancelled.',
    next: 'Say it again if you still want it.',
  });
}

/** A failure of the phone's own making, thrown where a function cannot go on. */
export function phoneFailure(code: string, message: string, next: string, detail?: string): TentacleError {
  const failure: Failure = { code, fault: 'device', message, next };
  return new TentacleError(detail === undefined ? failure : { ...failure, detail: peerWords(detail) });
}

export function hasCode(error: unknown, code: string): error is TentacleError {
  return error instanceof TentacleError && error.failure.code === code;
}
