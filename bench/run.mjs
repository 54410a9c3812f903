#!/usr/bin/env node
/**
 * `npm run bench`: how fast planning and dispatch are on this machine. Prints a table and writes bench/results/latest.json.
 * `-- --seconds=600` makes the load of 200 devices last ten minutes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { benchDispatch } from './dispatch.mjs';
import { benchNetwork } from './network.mjs';
import { benchPlanning } from './planning.mjs';

const seconds = Number(process.argv.find((word) => word.startsWith('--seconds='))?.split('=')[1] ?? 60);

const planning = await benchPlanning();
const dispatch = await benchDispatch();
const network = await benchNetwork({ seconds });
const result = {
  at: new Date().toISOString(),
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  planning,
  dispatch,
  network,
};
const folder = new URL('results/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('latest.json', folder), `${JSON.stringify(result, null, 2)}\n`);

const row = (name, { count, p50, p95, max }) =>
  `${name.padEnd(44)} ${String(count).padStart(5)} ${String(p50).padStart(8)} ${String(p95).padStart(8)} ${String(max).padStart(8)}`;
console.log(`${'milliseconds'.padEnd(44)} count      p50      p95      max`);
console.log(row('planning, model loaded', planning.warm));
console.log(row('loading the model', planning.load));
console.log(row('"tentacle plan", a whole process', planning.cold));
console.log(row('raw "adb shell dumpsys battery"', dispatch.adbShell));
console.log(row('a call: gate, journal, bridge, report', dispatch.call));
console.log(row('20 phones at once, one plan', dispatch.twentyPhones));
for (const [name, times] of Object.entries(network.protocols))
  console.log(row(`a call and its read-back over ${name}`, times));
for (const [name, times] of Object.entries(network.together)) console.log(row(`slow devices: ${name}`, times));
const { load } = network;
console.log(row(`${load.devices} devices, 50 calls a second: overhead`, load.overhead));
console.log(
  `load: ${load.calls} calls in ${load.seconds} s, ${load.effects} commands taken by the devices, ${load.notDone} not done`,
);
console.log(
  `dispatch above a raw adb shell: p50 ${dispatch.overheadP50} ms, p95 ${dispatch.overheadP95} ms (negative: faster than adb)`,
);
