import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Cleanup } from '../../support/cleanup.js';
import { Cli, type CliResult } from '../../support/cli.js';
import { startXServer } from '../../support/desktop/desktop.js';
import { execProgram } from '../../support/desktop/exec-program.js';
import { hasPrograms } from '../../support/desktop/programs.js';
import { NamespacePair, type NetworkNamespace, skipAloud, whyNoNamespaces } from '../../support/namespaces.js';

const entry = fileURLToPath(new URL('../../../bin/tentacle.mjs', import.meta.url));
const what = 'two machines with tentacle device';
const why = whyNoNamespaces();
if (why) skipAloud(what, why);
const isPossible = why === null && hasPrograms(what, { Xvfb: 'xvfb', xclip: 'xclip' });

/** The command line on one of the two machines. */
function start(machine: NetworkNamespace, env: NodeJS.ProcessEnv, ...args: string[]): ChildProcess {
  const [program, ...words] = machine.command(process.execPath, entry, ...args);
  return spawn(program, words, { env, stdio: ['pipe', 'pipe', 'pipe'] });
}

async function run(machine: NetworkNamespace, env: NodeJS.ProcessEnv, ...args: string[]): Promise<CliResult> {
  const child = start(machine, env, ...args);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), 45_000);
  await once(child, 'close');
  clearTimeout(timer);
  return { code: child.exitCode, stdout, stderr };
}

/** `tentacle device` on a machine, once it shows its PIN. */
async function startDevice(machine: NetworkNamespace, env: NodeJS.ProcessEnv, folder: string) {
  const child = start(machine, env, 'device', '--name', 'Workshop', '--port', '7420', '--folder', folder, '--pair');
  let said = '';
  const pin = await new Promise<string>((resolve, reject) => {
    const hear = (bytes: Buffer): void => {
      said += bytes.toString();
      const digits = /PIN (\d{4}) (\d{4})/.exec(said);
      if (digits) resolve(`${digits[1]}${digits[2]}`);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', () => reject(new TypeError(`tentacle device ended: ${said}`)));
  });
  return {
    pin,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGINT');
      await once(child, 'close');
    },
  };
}

it.skipIf(!isPossible)(
  'a computer is found, paired, commanded, found again at another address, and its impostor refused',
  async () => {
    await using cleanup = new Cleanup();
    const network = cleanup.use(await NamespacePair.open());
    const screen = cleanup.use(await startXServer());
    const workshop = cleanup.use(await Cli.open({ ...screen.env, DBUS_SESSION_BUS_ADDRESS: '' }));
    const me = cleanup.use(await Cli.open());
    const folder = join(workshop.dataFolder, 'device');
    const clipboard = async () =>
      (await execProgram('xclip', ['-o', '-selection', 'clipboard'], { ...process.env, ...screen.env })).stdout;
    const say = (sentence: string) => run(network.right, me.environment, sentence);
    const device = cleanup.use(await startDevice(network.left, workshop.environment, folder));

    const wrong = { ...me.environment, PIN: device.pin === '00000000' ? '00000001' : '00000000' };
    const guessed = await run(network.right, wrong, 'add', 'device', 'workshop', '--secret-variable', 'PIN');
    expect(guessed).toMatchObject({ code: 1, stderr: expect.stringContaining('PIN is wrong') });

    const withPin = { ...me.environment, PIN: device.pin };
    const added = await run(network.right, withPin, 'add', 'device', 'workshop', '--secret-variable', 'PIN');
    expect(added.stdout).toContain('Workshop  10.77.0.1:7420  shows a PIN');
    expect(added).toMatchObject({ code: 0, stderr: expect.stringContaining('Workshop is added') });

    const first = await say('put hello on the clipboard of the workshop');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('the clipboard holds "hello"') });
    expect(await clipboard()).toBe('hello');

    await network.readdress(network.left, '10.77.0.9');
    let listed = '';
    for (let tries = 0; tries < 6 && !listed.includes('10.77.0.9:7420'); tries += 1) {
      listed = (await run(network.right, me.environment, 'devices', '--json')).stdout;
    }
    expect(JSON.parse(listed)).toContainEqual(
      expect.objectContaining({ name: 'Workshop', address: '10.77.0.9:7420', state: 'ready' }),
    );
    const second = await say('put goodbye on the clipboard of the workshop');
    // Where the text ends is the planner's business, and not of this test.
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('the clipboard holds "goodbye') });
    const held = await clipboard();
    expect(held).toMatch(/^goodbye/);

    // The same id, name, address and pairings, and another key.
    await device[Symbol.asyncDispose]();
    const stolen = join(workshop.dataFolder, 'stolen');
    await mkdir(stolen);
    await copyFile(join(folder, 'device.json'), join(stolen, 'device.json'));
    cleanup.use(await startDevice(network.left, workshop.environment, stolen));
    const refused = await run(network.right, me.environment, 'devices', '--json');
    expect(JSON.parse(refused.stdout)).toContainEqual(
      expect.objectContaining({
        name: 'Workshop',
        state: 'unauthorized',
        stateReason: expect.stringContaining('Another key'),
      }),
    );
    expect((await say('put secret on the clipboard of the workshop')).code).not.toBe(0);
    expect(await clipboard()).toBe(held);
  },
  180_000,
);
