#!/usr/bin/env node
import { existsSync } from 'node:fs';

const OLDEST = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
const entry = new URL('../dist/main/cli/main.js', import.meta.url);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(`Tentacle needs Node ${OLDEST.join('.')} or later, and this is ${process.versions.node}.\n`);
  process.exitCode = 5;
} else if (existsSync(entry)) await import(entry.href);
else {
  process.stderr.write('Tentacle is not built yet. Run "npm ci" (or "npm run build") in its folder and try again.\n');
  process.exitCode = 5;
}
