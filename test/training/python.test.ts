import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../training/', import.meta.url));

/** A Python that has what the phrase bank needs; training itself needs PyTorch on top, and its tests skip without it. */
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import regex'], { stdio: 'ignore' }).status === 0,
);

if (python === undefined)
  console.warn('The tests of the training code are skipped: no python3 with the package "regex".');

it.skipIf(python === undefined)('the tests of the training code pass', { timeout: 300_000 }, () => {
  const run = spawnSync(python ?? '', ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run.stderr).toMatch(/\nOK/);
  expect(run.status).toBe(0);
});
