import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdbTransport } from '../../src/adb/adb-transport.js';
import { systemClock } from '../../src/core/ports/clock.js';
import { freePort } from '../support/free-port.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { openRig, type Way } from './phone-rig.js';

const ways: readonly Way[] = ['direct TCP', 'adb server'];
const text = { contact_name: 'Anna', message: 'hello' };

describe.each(ways)('a phone that misbehaves, over %s', (way) => {
  it('cut at any byte gives one outcome and never sends a message twice', async () => {
    await using rig = await openRig(way);
    const sent = () => rig.phone.state.messages.filter(({ box }) => box === 'sent').length;
    const rounds = way === 'direct TCP' ? 40 : 8;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 20_000 }), async (bytes) => {
        const before = sent();
        rig.phone.faults.cutAfterBytes(bytes);
        const healing = setTimeout(() => rig.phone.faults.cutAfterBytes(null), 150);
        const outcome = await rig.invoke('send_text_message', text, { timeoutMs: 6_000 });
        clearTimeout(healing);
        rig.phone.faults.cutAfterBytes(null);
        const count = sent() - before;
        expect(count).toBeLessThanOrEqual(1);
        if (outcome.status === 'done') expect(count).toBe(1);
        if (count === 1) expect(['done', 'unknown']).toContain(outcome.status);
      }),
      { numRuns: rounds },
    );
  }, 120_000);

  it('that hangs is given up at the deadline, and what was sent is unknown', async () => {
    await using rig = await openRig(way);
    rig.phone.faults.hang(true);
    const read = await rig.invoke('get_battery_level', {}, { timeoutMs: 500 });
    expect(read).toMatchObject({ status: 'failed', failure: { code: 'DEADLINE' } });
    rig.phone.faults.hang(false);
  });

  it('that goes away and comes back is used again', async () => {
    await using rig = await openRig(way);
    rig.phone.faults.dropConnections();
    expect(await rig.invoke('get_battery_level', {}, { timeoutMs: 8_000 })).toMatchObject({ status: 'done' });
  });
});

describe('calls on a phone', () => {
  it('cancelled before anything was sent are refused, and change nothing', async () => {
    await using rig = await openRig('direct TCP', { latencyMs: 200 });
    const stop = new AbortController();
    const outcome = rig.invoke('set_bluetooth', { enabled: false }, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    expect((await outcome).status).not.toBe('done');
    expect(rig.phone.state.settings.global.get('bluetooth_on')).toBe('1');
  });

  it('at once on one screen do not tap into each other', async () => {
    await using rig = await openRig('direct TCP');
    const outcomes = await Promise.all([
      rig.invoke('send_text_message', { contact_name: 'Anna', message: 'one' }),
      rig.invoke('send_text_message', { contact_name: 'Mom', message: 'two' }),
      rig.invoke('open_app', { app_name: 'Spotify' }),
      rig.invoke('set_flashlight', { enabled: true }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    const sent = rig.phone.state.messages
      .filter(({ box }) => box === 'sent')
      .map(({ address, body }) => `${address} ${body}`);
    expect(sent.sort()).toEqual(['+15550100 one', '+15550101 two']);
  });

  it('hand over behind a lock with a PIN, and never call it done', async () => {
    await using rig = await openRig('direct TCP');
    rig.phone.state.isLocked = true;
    rig.phone.state.hasPin = true;
    expect(await rig.invoke('send_text_message', text)).toMatchObject({
      status: 'handed-over',
      left: expect.stringContaining('Unlock'),
    });
    expect(await rig.invoke('set_flashlight', { enabled: true })).toMatchObject({ status: 'handed-over' });
    expect(rig.phone.state.messages.filter(({ box }) => box === 'sent')).toEqual([]);
  });

  it('hand over when the screen cannot be read', async () => {
    await using rig = await openRig('direct TCP');
    rig.phone.state.isAnimating = true;
    expect(await rig.invoke('send_text_message', text)).toMatchObject({
      status: 'handed-over',
      left: expect.stringContaining('tap Send'),
    });
  });

  it('say that the phone could not send, and stay unknown while it has not said', async () => {
    await using rig = await openRig('direct TCP');
    rig.phone.state.network = 'failed';
    expect(await rig.invoke('send_text_message', text)).toMatchObject({
      status: 'failed',
      failure: { code: 'MESSAGE_NOT_SENT' },
    });
    rig.phone.state.network = 'outbox';
    expect(await rig.invoke('send_text_message', text)).toMatchObject({ status: 'unknown' });
  }, 60_000);

  it('believe the conversation where a chat message never reaches the sent box', async () => {
    await using rig = await openRig('direct TCP');
    rig.phone.state.network = 'chat';
    expect(await rig.invoke('send_text_message', text)).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: expect.stringContaining('Delivered'),
    });
  }, 60_000);

  it('do not take an equal message of before for the one that was to be sent', async () => {
    await using rig = await openRig('direct TCP');
    expect(await rig.invoke('send_text_message', text)).toMatchObject({ status: 'done' });
    rig.phone.state.network = 'outbox';
    expect(await rig.invoke('send_text_message', text)).toMatchObject({ status: 'unknown' });
  }, 60_000);

  it('for a name that two people have are not guessed', async () => {
    await using rig = await openRig('direct TCP');
    expect(await rig.invoke('send_text_message', { contact_name: 'Bob', message: 'x' })).toMatchObject({
      status: 'failed',
      failure: { code: 'CONTACT_AMBIGUOUS' },
    });
    expect(rig.phone.effects).toEqual([]);
  });

  it('send the newest photo when it is meant, and never one that is only described', async () => {
    await using rig = await openRig('direct TCP');
    await rig.invoke('take_a_photo', { camera: 'back' });
    expect(await rig.invoke('send_photo', { contact_name: 'Priya', photo: 'the one with the dog' })).toMatchObject({
      status: 'failed',
      failure: { code: 'PHOTO_UNCLEAR' },
    });
    expect(await rig.invoke('send_photo', { contact_name: 'Priya', photo: 'the last photo' })).toMatchObject({
      status: 'done',
    });
    expect(rig.phone.effects.filter(({ kind }) => kind === 'mms-sent')).toHaveLength(1);
  });

  it('dial no code that would reach the network itself', async () => {
    await using rig = await openRig('direct TCP');
    const outcome = await rig.invoke('make_phone_call', { recipient: '*21*015112345#' });
    expect(outcome.status).toBe('failed');
    expect(rig.phone.effects).toEqual([]);
  });
});

describe('adb servers', () => {
  const transportTo = (port: number, folder: string) =>
    new AdbTransport({
      dataFolder: folder,
      addresses: [],
      server: { host: '127.0.0.1', port },
      clock: systemClock,
      publicData: () => null,
    });
  const options = { signal: new AbortController().signal, timeoutMs: 3_000 };

  it('of another version are left alone, and named', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => socket.end('OKAY00040020'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    using folder = temporaryFolder();
    await using transport = transportTo((server.address() as AddressInfo).port, folder.path);
    await transport.start(options);
    expect(transport.problems()).toMatchObject([{ code: 'ADB_SERVER_MISMATCH' }]);
    server.close();
  });

  it('that do not run are a problem with a next step, and no crash', async () => {
    using folder = temporaryFolder();
    await using transport = transportTo(await freePort(), folder.path);
    await transport.start(options);
    expect(transport.problems()).toMatchObject([{ code: 'ADB_SERVER_DOWN' }]);
    expect(transport.devices()).toEqual([]);
  });
});
