import { basename } from 'node:path';
import { TentacleError } from '../../core/failure.js';
import { isOwnNetwork, isThisPc } from '../../platform/host-reach.js';
import { shownWords } from '../shown-words.js';

/** A server over HTTP, with its bearer token if it wants one. */
export interface HttpServer {
  readonly url: string;
  readonly token?: string;
}

/** A program on this computer that speaks MCP on its standard input and output. */
export interface ProgramServer {
  /** Its name in PATH, or its path. It is started as it is, by no shell. */
  readonly command: string;
  readonly arguments: readonly string[];
  /** Variables of its environment, by name, besides PATH, HOME and LANG: it is given no others. */
  readonly environment?: Readonly<Record<string, string>>;
}

export type McpServer = HttpServer | ProgramServer;

export const isProgram = (server: McpServer): server is ProgramServer => 'command' in server;

/**
 * Checks where a server is before anything is sent there.
 *
 * @throws TentacleError BAD_ADDRESS; NOT_ENCRYPTED for plain http to the internet; TOKEN_IN_CLEAR for a token over plain http to
 *   any other computer; BAD_TOKEN; BAD_PROGRAM
 */
export function checkServer(server: McpServer): void {
  if (isProgram(server)) checkProgram(server);
  else checkUrl(server);
}

/** Where it is, in words for a list: without a query, which may hold a key. */
export function addressOf(server: McpServer): string {
  if (isProgram(server)) return shownWords([basename(server.command), ...server.arguments].join(' '), 100);
  const { origin, pathname } = new URL(server.url);
  return `${origin}${pathname}`;
}

function checkUrl({ url: text, token }: HttpServer): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isHttp || url.username !== '' || url.password !== '') {
    throw refusal(
      'BAD_ADDRESS',
      'This is no address of an MCP server.',
      'Write a URL such as https://192.168.1.9/mcp.',
    );
  }
  if (token !== undefined && !/^[\x21-\x7e]{1,8192}$/.test(token)) {
    throw refusal('BAD_TOKEN', 'This is no token.', 'A token has letters, digits and signs, without spaces.');
  }
  if (url.protocol === 'https:') return;
  if (token !== undefined && !isThisPc(url)) {
    throw refusal(
      'TOKEN_IN_CLEAR',
      'Over http the token could be read by everybody on the way. Nothing was sent.',
      'Use an https address.',
    );
  }
  if (isThisPc(url) || isOwnNetwork(url)) return;
  throw refusal(
    'NOT_ENCRYPTED',
    'Plain http is used within the own network alone, and this name may lie outside of it.',
    'Use an https address, or the IP address of the computer in your network.',
  );
}

function checkProgram({ command, arguments: given, environment = {} }: ProgramServer): void {
  const texts = [command, ...given, ...Object.values(environment)];
  const names = Object.keys(environment);
  const isSound =
    command.trim() !== '' &&
    texts.every((text) => !text.includes('\0')) &&
    names.every((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (!isSound) throw refusal('BAD_PROGRAM', 'This is no program with its arguments.', 'Give its name or path.');
}

function refusal(code: string, message: string, next: string): TentacleError {
  return new TentacleError({ code, fault: 'user', message, next });
}
