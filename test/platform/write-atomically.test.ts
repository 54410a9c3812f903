import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';

const builtWriter = new URL('../../dist/platform/write-atomically.js', import.meta.url);

describe('writeAtomically', () => {
  it('leaves a whole file whenever its process is killed', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'models'));
    const path = join(folder.path, 'models', 'models.json');
    const script = `
      const { writeAtomically } = await import(${JSON.stringify(builtWriter.href)});
      for (let round = 0; ; round += 1) {
        await writeAtomically(${JSON.stringify(path)}, JSON.stringify({ round, text: String(round % 10).repeat(200_000) }));
        if (round === 2) console.log('writing');
      }`;
    for (let kill = 0; kill < 8; kill += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      if (!child.stdout) throw new RangeError('no standard output');
      await once(child.stdout, 'data');
      await delay(kill * 3);
      child.kill('SIGKILL');
      await ended;
      const { round, text } = JSON.parse(readFileSync(path, 'utf8')) as { round: number; text: string };
      expect(text).toBe(String(round % 10).repeat(200_000));
    }
  });
});
