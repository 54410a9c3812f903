#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/main/cli/main.js', import.meta.url);
if (existsSync(entry)) await import(entry.href);
else {
  process.stderr.write('Tentacle is not built yet. Run "npm ci" (or "npm run build") in its folder and try again.\n');
  process.exitCode = 5;
}
