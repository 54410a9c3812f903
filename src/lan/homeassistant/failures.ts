import { type Failure, TentacleError } from '../../core/failure.js';
import { peerWords } from '../../core/peer-words.js';

/** The failures that belong to Home Assistant itself, each with what the person can do. */

export const notAnAddress = (url: string, why: string): TentacleError =>
  new TentacleError({
    code: 'BAD_ADDRESS',
    fault: 'user',
    message: `"${peerWords(url, 100)}" is not an address of Home Assistant: ${why}`,
    next: 'Give it as the browser shows it, such as http://homeassistant.local:8123 or https://home.example.org.',
  });

export const plainRefused = (host: string): TentacleError =>
  new TentacleError({
    code: 'HA_PLAIN_REFUSED',
    fault: 'user',
    message: `The access token is not sent unencrypted to ${peerWords(host, 100)}, which is not in your own network.`,
    next: 'Use the https address of Home Assistant, or its address inside your network.',
  });

export const tokenRefused = (words: string): TentacleError =>
  new TentacleError({
    code: 'HA_UNAUTHORIZED',
    fault: 'user',
    message: 'Home Assistant does not accept the access token.',
    next: 'In Home Assistant open your profile, Security, create a long-lived access token and enter it in Tentacle.',
    detail: peerWords(words),
  });

export const unreachable = (shown: string, detail: string): TentacleError =>
  new TentacleError({
    code: 'HA_UNREACHABLE',
    fault: 'link',
    message: `Home Assistant at ${shown} does not answer.`,
    next: 'Look whether it is running and reachable at this address; Tentacle tries again by itself.',
    detail: peerWords(detail),
  });

export const linkLost = (detail: string): TentacleError =>
  new TentacleError({
    code: 'LINK_LOST',
    fault: 'link',
    message: 'The connection to Home Assistant broke.',
    next: 'Tentacle reconnects by itself; look whether Home Assistant is running.',
    detail: peerWords(detail),
  });

/** Codes of a result's error that leave open whether the service did something. */
const OPEN_ERRORS = new Set(['timeout']);

/** What a `result` with `success: false` says. */
export function serviceFailed(code: string, words: string): TentacleError {
  const open = OPEN_ERRORS.has(code);
  return new TentacleError({
    code: open ? 'NOT_CONFIRMED' : code === 'unauthorized' ? 'HA_NOT_ALLOWED' : 'HA_SERVICE_ERROR',
    fault: 'device',
    message: `Home Assistant answered: ${peerWords(words, 200) || 'no reason given'}.`.replace(/\.\.$/, '.'),
    next:
      code === 'unauthorized'
        ? "The access token's user may not do this: give it the right, or use another user's token."
        : 'Look at the device in Home Assistant; its log under Settings, System says more.',
    detail: peerWords(`${code}: ${words}`),
  });
}

export const messageTooBig = (bytes: number, limit: number): Failure => ({
  code: 'HA_MESSAGE_TOO_BIG',
  fault: 'device',
  message: `Home Assistant sent a message of ${Math.round(bytes / 1e6)} MB; above ${Math.round(limit / 1e6)} MB they are left unread.`,
  next: 'Look in Home Assistant for an entity with huge attributes, and exclude it.',
});

export const messageUnreadable = (detail: string): Failure => ({
  code: 'HA_MESSAGE_UNREADABLE',
  fault: 'device',
  message: 'Home Assistant sent a message that cannot be read; it was left out.',
  next: 'Update Home Assistant; if it stays, report it to Tentacle.',
  detail: peerWords(detail),
});

export const tooManyEntities = (limit: number): Failure => ({
  code: 'HA_TOO_MANY_ENTITIES',
  fault: 'user',
  message: `Home Assistant has more than ${limit} entities; the others are left out.`,
  next: 'Give Tentacle a user of its own that sees fewer, or hide entities that you never speak of.',
});

export const badEntities = (count: number, example: string): Failure => ({
  code: 'HA_BAD_ENTITIES',
  fault: 'device',
  message: `${count} ${count === 1 ? 'state' : 'states'} from Home Assistant could not be read and ${count === 1 ? 'was' : 'were'} left out.`,
  next: 'Look in Home Assistant for the integration that makes them.',
  detail: peerWords(example, 200),
});

export const listUnreadable = (what: string, detail: string): Failure => ({
  code: `HA_${what.toUpperCase()}_UNREADABLE`,
  fault: 'device',
  message: `Home Assistant did not tell its ${what}; names and rooms may be missing.`,
  next: "Look whether the access token's user may see them, and update Home Assistant.",
  detail: peerWords(detail),
});
