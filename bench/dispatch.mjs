import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AdbTransport } from '../dist/adb/adb-transport.js';
import { systemClock } from '../dist/core/ports/clock.js';
import { VirtualPhone } from '../dist/virtual/phone/virtual-phone.js';
import { Carrier, planOf } from './carrier.mjs';
import { round, summary, timed } from './statistics.mjs';

const run = promisify(execFile);
const ROUNDS = 200;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A read on each of these phones, planned by hand: what is measured is gate, journal, schedule and bridge. */
const planFor = (phones) =>
  planOf(phones.map(({ serial }) => ({ function: 'get_battery_level', args: {}, device: `adb:${serial}` })));

/**
 * A call's whole way (approval, durable start, dispatch over the adb server, durable end) beside `adb shell` for the same
 * command, turn by turn in one run; then 20 phones at once.
 */
export async function benchDispatch() {
  const folder = mkdtempSync(`${tmpdir()}/tentacle-bench-`);
  const port = await freePort();
  const environment = { ...process.env, HOME: folder };
  const server = spawn('adb', ['-P', String(port), 'nodaemon', 'server'], { env: environment, stdio: 'ignore' });
  const phones = [];
  const closing = [];
  try {
    for (let index = 0; index < 20; index += 1) phones.push(await VirtualPhone.start({ serial: `BENCH${index}` }));
    const adb = (...args) => run('adb', ['-P', String(port), ...args], { env: environment });
    while (
      !(await adb('devices').then(
        () => true,
        () => false,
      ))
    )
      await delay(50);
    for (const phone of phones) await adb('connect', phone.address);
    const transport = new AdbTransport({
      dataFolder: folder,
      addresses: [],
      server: { host: '127.0.0.1', port },
      clock: systemClock,
      publicData: () => null,
    });
    closing.push(transport);
    const signal = new AbortController().signal;
    await transport.start({ signal, timeoutMs: 20_000 });
    while (transport.devices().filter(({ state }) => state === 'ready').length < phones.length) await delay(50);
    const carrier = new Carrier(folder, [transport]);
    closing.push(carrier);
    const carryOut = (plan) => carrier.carryOut(plan);
    const one = planFor(phones.slice(0, 1));
    const [raw, calls] = [[], []];
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      raw.push(await timed(() => adb('-s', phones[0].address, 'shell', 'dumpsys', 'battery')));
      calls.push(await timed(() => carryOut(one)));
    }
    const twenty = [];
    for (let turn = 0; turn < 20; turn += 1) twenty.push(await timed(() => carryOut(planFor(phones))));
    const [rawSummary, callSummary] = [summary(raw), summary(calls)];
    return {
      adbShell: rawSummary,
      call: callSummary,
      overheadP50: round(callSummary.p50 - rawSummary.p50),
      overheadP95: round(callSummary.p95 - rawSummary.p95),
      twentyPhones: summary(twenty),
      twentyPhonesPerCallP50: round(summary(twenty).p50 / phones.length),
    };
  } finally {
    for (const resource of closing.reverse()) await resource[Symbol.asyncDispose]();
    for (const phone of phones) await phone.stop();
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
