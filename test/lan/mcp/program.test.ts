import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProgramServer } from '../../../src/lan/mcp/server-facts.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { allowAll, device, invoke, mcpTransport, PROGRAM, program, until, waiting } from './mcp-rig.js';

let cleanup: Cleanup;
let folder: string;
let diary: string;
beforeEach(() => {
  cleanup = new Cleanup();
  folder = cleanup.use(temporaryFolder()).path;
  diary = join(folder, 'diary');
});
afterEach(() => cleanup[Symbol.asyncDispose]());

async function started(server: ProgramServer) {
  const transport = cleanup.use(mcpTransport({ server, folder }));
  await transport.start(waiting);
  return transport;
}

const written = (): string[] => readFileSync(diary, 'utf8').trim().split('\n');
const processes = (): number[] =>
  written().flatMap((line) => (line.startsWith('started ') ? [Number(line.slice('started '.length))] : []));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function textOf(transport: Awaited<ReturnType<typeof started>>, name: string): Promise<unknown> {
  const outcome = await invoke(transport, `tool:${name}`);
  if (outcome.status !== 'done') throw new TypeError(`Not done: ${JSON.stringify(outcome)}`);
  return JSON.parse(String(outcome.data?.value));
}

describe('a program that speaks MCP', () => {
  it('is given PATH, HOME, LANG and what the user names, and nothing else', async () => {
    process.env['TENTACLE_TEST_SECRET'] = 'secret';
    cleanup.defer(() => delete process.env['TENTACLE_TEST_SECRET']);
    const transport = await started({ ...program('today'), environment: { NAMED: 'by the user' } });
    await allowAll(transport);
    const environment = z.array(z.tuple([z.string(), z.string()])).parse(await textOf(transport, 'environment'));
    const expected = ['HOME', 'LANG', 'PATH'].filter((name) => process.env[name] !== undefined);
    expect(environment.map(([name]) => name)).toEqual([...expected, 'NAMED'].sort());
    expect(environment).toContainEqual(['NAMED', 'by the user']);
  });

  it('is started by no shell: its arguments arrive as they are', async () => {
    const wild = ['$(touch /tmp/x)', '; echo', '*', 'two words', '"', ''];
    const transport = await started(program('today', diary, ...wild));
    await allowAll(transport);
    expect(await textOf(transport, 'arguments')).toEqual(['today', diary, ...wild]);
  });

  it('is started once, and ends with the transport', async () => {
    const transport = await started(program('today', diary));
    expect(device(transport)).toMatchObject({ state: 'ready', details: { software: 'program 1 (MCP 2026-07-28)' } });
    expect(processes()).toHaveLength(1);
    await transport[Symbol.asyncDispose]();
    expect(processes().filter(isRunning)).toEqual([]);
  });

  it('may be one of 2025, which ends when it is asked for a later revision', async () => {
    const transport = await started(program('old', diary));
    await allowAll(transport);
    expect(await invoke(transport, 'tool:greet')).toMatchObject({ status: 'done', receipt: 'hello from 2025' });
    expect(written().filter((line) => line === 'initialize')).toHaveLength(1);
  });

  it('may print lines that are no messages', async () => {
    const transport = await started(program('chatty'));
    expect(device(transport).state).toBe('ready');
  });

  it('leaves a call unknown when it dies over it, says what it said last, and is started again', async () => {
    const transport = await started(program('today', diary));
    await allowAll(transport);
    const reasons = new Set<string | null>();
    transport.watch(([found]) => reasons.add(found?.stateReason ?? null));
    expect(await invoke(transport, 'tool:die')).toMatchObject({ status: 'unknown' });
    expect(written()).toContain('dying');
    await until(() => device(transport).state === 'ready' && processes().length === 2);
    expect([...reasons].join(' ')).toContain('It was too much for me.');
  });

  it('is told when nobody waits any more', async () => {
    const transport = await started(program('today', diary));
    await allowAll(transport);
    expect(await invoke(transport, 'tool:wait', {}, { timeoutMs: 400 })).toMatchObject({ status: 'unknown' });
    await until(() => written().includes('cancelled'));
    expect(device(transport).state).toBe('ready');
  });

  it('is offline when there is no such program', async () => {
    const transport = await started({ command: 'tentacle-no-such-program', arguments: [] });
    expect(device(transport)).toMatchObject({ state: 'offline' });
    expect(device(transport).stateReason).toContain('tentacle-no-such-program');
  });

  it('is ended when it writes a line without an end', async () => {
    const transport = await started(program('endless', diary));
    expect(device(transport).state).toBe('offline');
    expect(device(transport).stateReason).toContain('too long');
    const [first = 0] = processes();
    await until(() => !isRunning(first));
  });

  it('ends, with what it started, when the transport is disposed of while it does not answer', async () => {
    const nested = `require('child_process').spawn(process.execPath, [${JSON.stringify(PROGRAM)}, 'deaf', ${JSON.stringify(diary)}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`;
    const transport = mcpTransport({ server: { command: process.execPath, arguments: ['-e', nested] }, folder });
    await transport.start({ signal: waiting.signal, timeoutMs: 1_500 });
    await until(() => {
      try {
        return processes().length === 1;
      } catch {
        return false;
      }
    });
    const begun = performance.now();
    await transport[Symbol.asyncDispose]();
    expect(performance.now() - begun).toBeLessThan(5_000);
    await until(() => !processes().some(isRunning));
  });
});
