#!/usr/bin/env node
/** `npm run bench`: how fast planning and dispatch are on this machine. Prints a table and writes bench/results/latest.json. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { benchDispatch } from './dispatch.mjs';
import { benchPlanning } from './planning.mjs';

const planning = await benchPlanning();
const dispatch = await benchDispatch();
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
console.log(
  `dispatch above a raw adb shell: p50 ${dispatch.overheadP50} ms, p95 ${dispatch.overheadP95} ms (negative: faster than adb)`,
);
