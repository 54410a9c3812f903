import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualPhone } from '../../../src/virtual/phone/virtual-phone.js';
import { AdbServerProcess } from '../../support/adb.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const run = promisify(execFile);

describe("Debian's adb and the virtual phone", () => {
  let server: AdbServerProcess;
  let phone: VirtualPhone;
  const folder = temporaryFolder();
  beforeAll(async () => {
    server = await AdbServerProcess.start();
    phone = await VirtualPhone.start({ serial: 'REAL0001' });
    await server.connect(phone.address);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await phone.stop();
    folder[Symbol.dispose]();
  });
  const shell = (line: string) => server.adb('-s', phone.address, 'shell', line);

  it('is listed as what it is', async () => {
    expect(await server.adb('devices', '-l')).toMatch(/device product:virtual_phone model:Virtual_Phone/);
    expect(await shell('getprop ro.tentacle.virtual')).toBe('1\n');
  });

  it('passes exit codes and both streams', async () => {
    await expect(
      run('adb', ['-P', String(server.port), '-s', phone.address, 'shell', 'echo out; echo err >&2; exit 7']),
    ).rejects.toMatchObject({ code: 7, stdout: 'out\n', stderr: 'err\n' });
  });

  it('takes line after line', async () => {
    const child = spawn('adb', ['-P', String(server.port), '-s', phone.address, 'shell']);
    let shown = '';
    child.stdout.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
    });
    child.stdin.end('getprop ro.serialno\nfalse\n');
    const [code] = await once(child, 'close');
    expect(shown).toBe('REAL0001\n');
    expect(code).toBe(1);
  });

  it('takes and gives files, bytes and all', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
    const [there, back] = [join(folder.path, 'there'), join(folder.path, 'back')];
    await writeFile(there, bytes);
    await server.adb('-s', phone.address, 'push', there, '/sdcard/Download/data.bin');
    await server.adb('-s', phone.address, 'pull', '/sdcard/Download/data.bin', back);
    expect((await readFile(back)).equals(bytes)).toBe(true);
    expect(await shell('ls /sdcard/Download')).toBe('data.bin\n');
    await expect(server.adb('-s', phone.address, 'push', there, '/system/data.bin')).rejects.toMatchObject({
      stdout: expect.stringContaining('Permission denied'),
    });
    await expect(server.adb('-s', phone.address, 'pull', '/sdcard/none', back)).rejects.toMatchObject({
      stdout: expect.stringContaining('No such file'),
    });
  });

  it('lets nobody in whom its owner does not allow', async () => {
    await using stranger = await VirtualPhone.start({ serial: 'REAL0002', authorize: 'never' });
    await server.adb('connect', stranger.address);
    expect(await server.adb('devices')).toContain(`${stranger.address}\tunauthorized`);
    await expect(server.adb('-s', stranger.address, 'shell', 'echo in')).rejects.toThrow(/unauthorized/);
    expect(stranger.effects).toEqual([]);
  });
});
