import { type Failure, TentacleError } from '../core/failure.js';
import { causeWords, peerWords } from '../core/peer-words.js';

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

/** A failure of the phone's own making, thrown where a function cannot go on. */
export function phoneFailure(code: string, message: string, next: string, detail?: string): TentacleError {
  const failure: Failure = { code, fault: 'device', message, next };
  return new TentacleError(detail === undefined ? failure : { ...failure, detail: peerWords(detail) });
}
