import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadIdentity } from '../../../src/lan/native/identity.js';
import { NativeTransport } from '../../../src/lan/native/native-transport.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { invoke, waiting } from '../native/native-rig.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A project of somebody else, which has the built package and zod. */
async function otherProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'node_modules', '@types'), { recursive: true });
  await symlink(root, join(folder, 'node_modules', 'tentacle'));
  for (const name of ['zod', '@types/node']) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
}

it('the example runs in another project, and its lamp is paired and switched', async () => {
  await using cleanup = new Cleanup();
  const folder = cleanup.use(temporaryFolder()).path;
  await otherProject(folder);
  await copyFile(join(root, 'examples', 'device.mjs'), join(folder, 'device.mjs'));
  const child = spawn(process.execPath, ['device.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  cleanup.defer(async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'close');
  });
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (/PIN \d{8}/.test(text)) resolve(text);
    });
    child.once('close', () => reject(new TypeError(`The example ended: ${text}`)));
  });
  const [, port, pin] = /Port (\d+)[\s\S]*PIN (\d{8})/.exec(said) ?? [];
  const identity = await loadIdentity(join(folder, 'computer'));
  const transport = cleanup.use(new NativeTransport({ folder: join(folder, 'computer'), identity }));
  const paired = await transport.pair(`127.0.0.1:${port}`, pin ?? '', waiting);
  if (!paired.ok) throw new TypeError(paired.error.message);
  expect(paired.value).toMatchObject({ name: 'Desk lamp', deviceClass: 'light', functions: ['set_light'] });
  const outcome = await invoke(transport, paired.value.id, 'set_light', { power: true });
  expect(outcome).toMatchObject({ status: 'done', proof: 'read-back', receipt: 'on' });
});

it('its types hold in another project, and refuse what is wrong', async () => {
  await using cleanup = new Cleanup();
  const folder = cleanup.use(temporaryFolder()).path;
  await otherProject(folder);
  const program = (
    receipt: string,
  ) => `import { createDevice, defineFunction, type RunningDevice } from 'tentacle/device';
import { z } from 'zod';
const f = defineFunction({ name: 'x', args: z.object({ n: z.number() }), repeat: 'safe',
  run: async ({ n }) => ({ receipt: ${receipt}, readBack: true }) });
export const d: RunningDevice = await createDevice({ name: 'x', kind: 'home', folder: 'x', functions: [f], onPin: () => {} });
`;
  await writeFile(join(folder, 'right.ts'), program('n.toFixed()'));
  await writeFile(join(folder, 'wrong.ts'), program('n'));
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'ESNext.Disposable'],
    module: 'NodeNext',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['right.ts', 'wrong.ts'] }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const checked = spawn(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  checked.stdout.on('data', (bytes: Buffer) => {
    complaints += bytes.toString();
  });
  await once(checked, 'close');
  expect(complaints).toContain('wrong.ts');
  expect(complaints).not.toContain('right.ts');
}, 120_000);
