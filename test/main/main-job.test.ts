import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VirtualPhone } from '../../src/virtual/phone/virtual-phone.js';
import { AdbServerProcess } from '../support/adb.js';
import { Cli } from '../support/cli.js';

const sentence = "text Anna that I'm late and set an alarm for 7:30";
const sentTo = (phone: VirtualPhone) =>
  phone.state.messages.filter(({ box }) => box === 'sent').map(({ address, body }) => [address, body]);

describe('the main job', () => {
  it('works on a bare machine: the virtual phone, said in one line', async () => {
    await using cli = await Cli.open();
    const { code, stdout, stderr } = await cli.run(['--yes', sentence]);
    expect(stderr).toMatch(
      /^(?:Looking for devices …\n)?You have no devices here yet: using a virtual phone \(adb connect 127\.0\.0\.1:\d+\), car \(127\.0\.0\.1:\d+\), home \(mqtt:\/\/127\.0\.0\.1:\d+\) and computer \(Virtual PC\)\.\n(?:Planning …\n)?$/,
    );
    expect(stdout).toMatch(/Plan: 2 calls/);
    expect(stdout).toMatch(/done {2}Send text message on Virtual Phone {2}\d+ ms/);
    expect(stdout).toMatch(/next alarm .* 07:30 · read back/);
    expect(stdout).toMatch(/2 of 2 done/);
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(0);
  });

  it.each(['direct TCP', 'adb server'] as const)('reaches a phone over %s, and the phone agrees', async (way) => {
    await using phone = await VirtualPhone.start();
    await using server = way === 'adb server' ? await AdbServerProcess.start() : null;
    if (server) await server.connect(phone.address);
    await using cli = await Cli.open(server ? { ANDROID_ADB_SERVER_PORT: String(server.port) } : {});
    const { code, stdout } = await cli.run(
      server ? ['--yes', sentence] : ['--yes', '--connect', phone.address, sentence],
    );
    expect(code, stdout).toBe(0);
    expect(sentTo(phone)).toEqual([['+15550100', "I'm late"]]);
    expect(phone.state.alarms).toMatchObject([{ hour: 7, minute: 30 }]);
  });

  it('sends nothing to a person without a yes, and says so', async () => {
    await using phone = await VirtualPhone.start();
    await using cli = await Cli.open();
    const { code, stdout } = await cli.run(['--connect', phone.address, sentence]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/refused {2}Send text message/);
    expect(stdout).toMatch(/--yes/);
    expect(sentTo(phone)).toEqual([]);
    expect(phone.state.alarms).toHaveLength(1);
  });

  it('takes sentence after sentence', async () => {
    await using phone = await VirtualPhone.start();
    await using cli = await Cli.open();
    const { code, stdout } = await cli.run(
      ['--connect', phone.address],
      'turn on the flashlight\n\nset the volume to 40 percent\n',
    );
    expect(code, stdout).toBe(0);
    expect(phone.state.flashlight).toBe(true);
    expect(phone.state.volumes.get(3)?.index).toBe(10);
  });

  it('finds the devices of "tentacle virtual"', async () => {
    await using cli = await Cli.open();
    const virtual = cli.start('virtual', '--port', '0', '--phones', '2');
    let shown = '';
    virtual.stdout?.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
    });
    while (!shown.includes('Ctrl+C')) await delay(20);
    expect(shown.match(/adb connect 127\.0\.0\.1:\d+/g)).toHaveLength(2);
    const devices = async (): Promise<{ id: string; state: string; virtual: boolean }[]> =>
      JSON.parse((await cli.run(['devices', '--json'])).stdout);
    const found = (await devices()).filter(({ virtual }) => virtual);
    expect(found).toContainEqual(expect.objectContaining({ id: 'adb:TENTACLE0001', state: 'ready' }));
    expect(found).toContainEqual(expect.objectContaining({ id: 'adb:TENTACLE0002', state: 'ready' }));
    expect(new Set(found.map(({ id }) => id.split(':')[0]))).toEqual(new Set(['adb', 'kuksa', 'mqtt', 'native']));
    const ended = once(virtual, 'exit');
    virtual.kill('SIGINT');
    await ended;
    expect((await devices()).filter(({ virtual }) => virtual)).toEqual([]);
  });

  it('loses nothing to a SIGKILL in the middle, and does not send again', async () => {
    await using phone = await VirtualPhone.start({ latencyMs: 150 });
    await using cli = await Cli.open();
    const child = cli.start('--yes', '--connect', phone.address, sentence);
    for (let tries = 0; phone.state.screen.kind !== 'composer' && tries < 400; tries += 1) await delay(25);
    expect(phone.state.screen.kind).toBe('composer');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const { stdout, stderr } = await cli.run(['history']);
    expect(stderr).toMatch(/earlier run ended without an answer and will not be sent again/);
    expect(stdout).toContain(sentence);
    expect(stdout).toMatch(/unknown/);
    await delay(500);
    expect(sentTo(phone).length).toBeLessThanOrEqual(1);
    expect((await cli.run(['history'])).stderr).toBe('');
  });
});
