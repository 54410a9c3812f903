import { type Failure, TentacleError } from '../../core/failure.js';
import { causeWords, peerWords } from '../../core/peer-words.js';
import { shownWords } from '../shown-words.js';

type Words = Omit<Failure, 'detail'>;

function thrown(words: Words, cause?: unknown): TentacleError {
  const detail =
    cause === undefined ? {} : { detail: typeof cause === 'string' ? peerWords(cause) : causeWords(cause) };
  return new TentacleError({ ...words, ...detail }, { cause });
}

/** No connection came about, so nothing of a request was sent. */
export const notReached = (name: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'NOT_REACHED',
      fault: 'link',
      message: `${name} does not answer at its address.`,
      next: 'Look whether the server runs and is in the network; Tentacle keeps trying.',
    },
    cause,
  );

/** A certificate that this computer has no reason to trust. */
export const certificateNotTrusted = (name: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'CERTIFICATE_NOT_TRUSTED',
      fault: 'link',
      message: `The certificate of ${name} is not trusted. Nothing was sent to it.`,
      next: 'Give the server a certificate that this computer knows, or look who answers in its place.',
    },
    cause,
  );

/** The connection ended under way: what was sent may have arrived. */
export const linkLost = (name: string, cause?: unknown): TentacleError =>
  thrown(
    {
      code: 'LINK_LOST',
      fault: 'link',
      message: `The connection to ${name} broke.`,
      next: 'Look whether the server runs; Tentacle reconnects by itself.',
    },
    cause,
  );

export const unauthorized = (name: string, hasToken: boolean): TentacleError =>
  thrown({
    code: 'UNAUTHORIZED',
    fault: 'user',
    message: hasToken ? `${name} does not accept the token.` : `${name} wants a token.`,
    next: 'Get a token from who runs the server, remove the connection and add it again with that token.',
  });

/** A server of the 2025 revisions has forgotten the session: it did nothing of the request. */
export const sessionEnded = (name: string): TentacleError =>
  thrown({
    code: 'SESSION_ENDED',
    fault: 'link',
    message: `${name} was started anew and did not take this call.`,
    next: 'Say it again: Tentacle is connecting anew.',
  });

export const notMcp = (name: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'NOT_MCP',
      fault: 'device',
      message: `What answers as ${name} is no MCP server.`,
      next: 'Check its address: it often ends in /mcp.',
    },
    cause,
  );

export const noTools = (name: string): TentacleError =>
  thrown({
    code: 'NO_TOOLS',
    fault: 'device',
    message: `${name} offers no tools.`,
    next: 'Nothing can be asked of it. Check that it is the right server.',
  });

/** More bytes in one answer than anybody has reason to send. */
export const tooMuch = (name: string): TentacleError =>
  thrown({
    code: 'NOT_CONFIRMED',
    fault: 'device',
    message: `${name} sent more than can be taken in one answer.`,
    next: 'Ask it for less.',
  });

/** An answer that is none by the rules of the protocol: of a call it leaves open what became of it. */
export const badAnswer = (name: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'NOT_CONFIRMED',
      fault: 'device',
      message: `What ${name} answers cannot be read.`,
      next: 'Update the server, or tell whoever makes it.',
    },
    cause,
  );

/** It was sent and something came back, but not what became of it. */
export const notConfirmed = (name: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'NOT_CONFIRMED',
      fault: 'device',
      message: `${name} did not say what became of it.`,
      next: 'Look whether it happened before you say it again.',
    },
    cause,
  );

export const refused = (name: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'SERVER_REFUSED',
      fault: 'device',
      message: `${name} did not take the call.`,
      next: 'The details say why, in the words of the server.',
    },
    cause,
  );

/** The tool wants to ask its user or a language model something in the middle of its work. */
export const wantsInput = (name: string): TentacleError =>
  thrown({
    code: 'WANTS_INPUT',
    fault: 'device',
    message: `${name} wants to ask something in between, and Tentacle answers no such questions.`,
    next: 'Give the tool all it needs in its arguments, or use it in a program that can talk with it.',
  });

export const programNotStarted = (name: string, command: string, cause: unknown): TentacleError =>
  thrown(
    {
      code: 'PROGRAM_NOT_STARTED',
      fault: 'user',
      message: `The program ${command} of ${name} cannot be started.`,
      next: 'Check that it is installed and that its name is right.',
    },
    cause,
  );

/** `words` are what the program wrote last on its standard error. */
export const programEnded = (name: string, words: string): TentacleError =>
  thrown({
    code: 'LINK_LOST',
    fault: 'link',
    message: `The program of ${name} ended${words === '' ? '.' : `. It said: ${shownWords(words, 200)}`}`,
    next: 'Start it by hand to see why; Tentacle starts it again by itself.',
  });

/** The first TentacleError in a chain of causes: the protocol's library wraps what it is given. */
export function innerFailure(error: unknown): TentacleError | null {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    if (each instanceof TentacleError) return each;
  }
  return null;
}
