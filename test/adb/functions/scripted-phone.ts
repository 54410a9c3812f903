import type { AdbSocket } from '@yume-chan/adb';
import { ReadableStream, WritableStream } from '@yume-chan/stream-extra';
import { carryOut, type PhoneFunction } from '../../../src/adb/carry-out.js';
import { linkLost } from '../../../src/adb/failures.js';
import type { Link } from '../../../src/adb/link/link.js';
import { PhoneCall } from '../../../src/adb/phone-call.js';
import type { PhoneFacts } from '../../../src/adb/probe/phone-facts.js';
import { Mutex } from '../../../src/core/mutex.js';
import type { Outcome } from '../../../src/core/outcome.js';
import type { CallArguments } from '../../../src/core/plan.js';
import type { Clock } from '../../../src/core/ports/clock.js';

/** The link ends before the answer. */
export const LOST = Symbol('the link is lost');

/** What a command prints; a text alone is its standard output. */
export type Answer =
  | string
  | typeof LOST
  | { readonly stdout?: string | Uint8Array; readonly stderr?: string; readonly exitCode?: number };

/** Answers by a pattern of the command, its words unquoted; the first that fits. A function may answer differently each time. */
export type Script = readonly (readonly [pattern: RegExp, answer: Answer | (() => Answer)])[];

export interface ScriptedRun {
  readonly outcome: Outcome;
  /** The commands in order, words unquoted. */
  readonly commands: readonly string[];
}

export interface ScriptedOptions {
  readonly args?: CallArguments;
  readonly facts?: Partial<PhoneFacts>;
  readonly picturesFolder?: string;
}

const facts: PhoneFacts = {
  serial: 'SCRIPTED',
  name: 'Scripted phone',
  model: 'Scripted',
  maker: 'Tests',
  apiLevel: 34,
  release: '14',
  securityPatch: '2026-10-05',
  virtual: false,
  user: 0,
  packages: new Set(),
};

/** A second passes between two looks at it, so that patience ends without waiting. */
function leapingClock(): Clock {
  let elapsed = 0;
  return {
    now: () => Date.UTC(2026, 10, 21, 7, 0, 0, 123),
    monotonic: () => {
      elapsed += 1_000;
      return elapsed;
    },
  };
}

/**
 * Carries out a phone function on a phone that answers from a script: for what real phones print and the virtual one does
 * not. Speaks the shell protocol on the link, so that everything above it is the bridge's own.
 */
export async function runScripted(
  run: PhoneFunction,
  script: Script,
  options: ScriptedOptions = {},
): Promise<ScriptedRun> {
  const commands: string[] = [];
  const link: Link = {
    features: new Set(['shell_v2']),
    isWireless: false,
    lost: new AbortController().signal,
    close: () => {},
    open: async (service, { onSent }) => {
      const command = unquoted(service.replace(/^shell,v2,raw:/, ''));
      onSent?.();
      commands.push(command);
      return socketOf(answerTo(script, command));
    },
  };
  const invocation = { callId: 'c1', function: 'scripted', args: options.args ?? {}, contacts: {} };
  const surroundings = {
    clock: leapingClock(),
    publicData: null,
    picturesFolder: options.picturesFolder ?? '/nowhere',
    screen: new Mutex(),
  };
  const signal = AbortSignal.timeout(10_000);
  const call = new PhoneCall(link, { ...facts, ...options.facts }, invocation, surroundings, signal);
  const outcome = await carryOut(call, run, async () => link);
  return { outcome, commands };
}

function answerTo(script: Script, command: string): Answer {
  const found = script.find(([pattern]) => pattern.test(command))?.[1];
  if (found === undefined) return { stderr: `sh: ${command}: inaccessible or not found\n`, exitCode: 127 };
  return typeof found === 'function' ? found() : found;
}

/** The words of a command line in which each is between single quotes. */
function unquoted(line: string): string {
  return [...line.matchAll(/'((?:[^']|'\\'')*)'(?: |$)/g)]
    .map(([, word]) => (word ?? '').replaceAll("'\\''", "'"))
    .join(' ');
}

const encoder = new TextEncoder();

/** One packet of the shell protocol: 1 standard output, 2 standard error, 3 the exit code. */
function packet(id: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + data.byteLength);
  bytes[0] = id;
  new DataView(bytes.buffer).setUint32(1, data.byteLength, true);
  bytes.set(data, 5);
  return bytes;
}

function socketOf(answer: Answer): AdbSocket {
  const said = typeof answer === 'string' ? { stdout: answer } : answer === LOST ? {} : answer;
  const { stdout = '', stderr = '', exitCode = 0 } = said;
  return {
    service: 'shell',
    closed: new Promise<undefined>(() => {}),
    close: () => {},
    writable: new WritableStream(),
    readable: new ReadableStream<Uint8Array>({
      start: (controller) => {
        if (answer === LOST) {
          controller.error(linkLost('scripted'));
          return;
        }
        controller.enqueue(packet(1, typeof stdout === 'string' ? encoder.encode(stdout) : stdout));
        controller.enqueue(packet(2, encoder.encode(stderr)));
        controller.enqueue(packet(3, Uint8Array.of(exitCode)));
        controller.close();
      },
    }),
  };
}

/** What `dumpsys activity activities` says of the app in front. */
export function activities(packageName: string, isLocked = false): string {
  return `  topResumedActivity=ActivityRecord{3e2f1a8 u0 ${packageName}/.Main t12}\n    mKeyguardShowing=${isLocked}\n`;
}

/** What `am start -W` says of a screen that came up. */
export function started(component: string): string {
  return `Starting: Intent { }\nStatus: ok\nLaunchState: WARM\nActivity: ${component}\nTotalTime: 41\nWaitTime: 45\nComplete\n`;
}
