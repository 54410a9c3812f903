import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandServer } from '../../../src/virtual/phone/command-server.js';
import { VirtualPhone } from '../../../src/virtual/phone/virtual-phone.js';
import { describePhone } from '../../adb/phone-contract.js';
import { openRigTo, type PhoneRig, type Way } from '../../adb/phone-rig.js';
import { Cleanup } from '../../support/cleanup.js';
import { freePort } from '../../support/free-port.js';

const folder = process.env.TENTACLE_CONFORMANCE;
if (folder === undefined) throw new Error('Run it by test/conformance/adbd/run.sh, which prepares the daemon.');
const root = join(folder, 'root');

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}

/** AOSP's daemon in its own root, with a new virtual phone's state behind its programs. */
async function openAdbd(way: Way): Promise<PhoneRig> {
  const cleanup = new Cleanup();
  for (const name of ['run/phone.sock', 'sdcard']) rmSync(join(root, name), { recursive: true, force: true });
  mkdirSync(join(root, 'sdcard'), { recursive: true });
  const phone = cleanup.use(await VirtualPhone.start({ serial: 'ADBD0001' }));
  cleanup.use(await CommandServer.start(phone, { socketPath: join(root, 'run/phone.sock'), rootFolder: root }));
  const port = await freePort();
  const daemon = spawn('chroot', [root, '/usr/lib/android-sdk/platform-tools/adbd'], {
    env: {
      PATH: '/usr/bin:/bin:/usr/sbin',
      LC_ALL: 'C',
      ADBD_PORT: String(port),
      LD_LIBRARY_PATH: '/usr/lib/x86_64-linux-gnu/android:/usr/lib/aarch64-linux-gnu/android',
      HOME: '/',
    },
    stdio: 'ignore',
  });
  cleanup.defer(async () => {
    const ended = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await ended;
  });
  for (let tries = 0; !(await isListening(port)); tries += 1) {
    if (tries > 100 || daemon.exitCode !== null) throw new Error('adbd does not listen');
    await delay(50);
  }
  const rig = await openRigTo(phone, `127.0.0.1:${port}`, way);
  cleanup.use(rig);
  return { ...rig, [Symbol.asyncDispose]: () => cleanup[Symbol.asyncDispose]() };
}

describePhone("on AOSP's adbd, directly", () => openAdbd('direct TCP'));
describePhone("on AOSP's adbd, over the adb server", () => openAdbd('adb server'));
