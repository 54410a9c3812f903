import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasMosquitto, Mosquitto } from '../../../support/mosquitto.js';
import { RawClient } from '../../../virtual/home/raw-client.js';
import { commandsOf, type OvmsRig, openOvms } from './ovms-rig.js';

const brokers: readonly (readonly [string, boolean])[] = [
  ['its own broker', true],
  ['mosquitto', hasMosquitto()],
];

describe.each(brokers)('faults of an OVMS car, through %s', (name, isThere) => {
  describe.skipIf(!isThere)('are told as they are', () => {
    let rig: OvmsRig;
    let mosquitto: Mosquitto | null = null;
    beforeEach(async () => {
      mosquitto = name === 'mosquitto' ? await Mosquitto.start() : null;
      rig = await openOvms({ car: mosquitto ? { broker: mosquitto.url } : {} });
    });
    afterEach(async () => {
      await rig[Symbol.asyncDispose]();
      await mosquitto?.[Symbol.asyncDispose]();
    });
    const device = () => rig.transport.devices()[0];

    it.each([
      ['climatecontrol on', 'set_climate_power', { power: true }, 'v.e.hvac', 'climate off'],
      ['charge start', 'set_charging', { enabled: true }, 'v.c.charging', 'not charging'],
      ['unlock', 'set_car_lock', { locked: false }, 'v.e.locked', 'locked'],
    ])(
      '%s: the shell says that it is done, and nothing happens',
      async (command, functionName, args, metric, still) => {
        const before = rig.car.state().get(metric);
        rig.car.faults.ignore(command);
        expect(await rig.invoke(functionName, args)).toMatchObject({
          status: 'unknown',
          why: expect.stringContaining(`still says "${still}"`),
        });
        expect(rig.car.state().get(metric)).toBe(before);
      },
    );

    it.each([
      ['climatecontrol on', 'set_climate_power', { power: true }, 'v.e.hvac', true],
      ['charge start', 'set_charging', { enabled: true }, 'v.c.charging', true],
      ['unlock', 'set_car_lock', { locked: false }, 'v.e.locked', false],
    ])('%s: done, and never told', async (command, functionName, args, metric, is) => {
      rig.car.faults.silent(command);
      expect(await rig.invoke(functionName, args)).toMatchObject({ status: 'unknown' });
      await expect.poll(() => rig.car.state().get(metric)).toBe(is);
    });

    it.each([
      ['climatecontrol on', 'set_climate_power', { power: true }, 'Climate Control failed'],
      ['charge stop', 'set_charging', { enabled: false }, 'Could not stop charge'],
      ['lock', 'set_car_lock', { locked: true }, 'could not be locked'],
    ])('%s: the shell prints an error', async (command, functionName, args, detail) => {
      rig.car.faults.error(command);
      expect(await rig.invoke(functionName, args)).toMatchObject({
        status: 'failed',
        failure: { code: 'COMMAND_FAILED', fault: 'device', detail: expect.stringContaining(detail) },
      });
    });

    it('a car type that cannot do it', async () => {
      rig.car.faults.ignore('climatecontrol on');
      rig.car.faults.respond('climatecontrol on', 'Error: Climate Control functionality not available\n');
      expect(await rig.invoke('set_climate_power', { power: true })).toMatchObject({
        status: 'failed',
        failure: { code: 'NOT_SUPPORTED' },
      });
    });

    it('a wrong PIN, which is not told', async () => {
      await using other = await openOvms({ car: { pin: '4321', vehicle: 'OTHER' } });
      other.car.faults.respond('unlock', 'Error: no such PIN: 1234\n');
      const outcome = await other.invoke('set_car_lock', { locked: false });
      expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'COMMAND_FAILED' } });
      expect(JSON.stringify(outcome)).not.toContain('1234');
      expect(other.car.state().get('v.e.locked')).toBe(true);
    });

    it('a module that hangs: nothing is sent', async () => {
      rig.car.faults.mute();
      expect(await rig.invoke('set_car_lock', { locked: false })).toMatchObject({
        status: 'failed',
        failure: { code: 'NO_ANSWER' },
      });
      expect(await rig.invoke('get_vehicle_status', { item: 'battery' })).toMatchObject({
        status: 'failed',
        failure: { code: 'NO_ANSWER' },
      });
      rig.car.faults.heal();
      expect(await rig.invoke('set_car_lock', { locked: false })).toMatchObject({ status: 'done' });
      expect(commandsOf(rig.car)).toEqual(['unlock 1234']);
    });

    it('a module that loses its network: nothing is sent, and it is ready when it is back', async () => {
      rig.car.faults.cut();
      await expect.poll(() => device()?.state).toBe('offline');
      expect(device()?.stateReason).toContain('not connected to the broker');
      expect(await rig.invoke('set_climate_power', { power: true })).toMatchObject({
        status: 'failed',
        failure: { code: 'DEVICE_NOT_READY' },
      });
      rig.car.faults.restore();
      await expect.poll(() => device()?.state, { timeout: 5_000 }).toBe('ready');
      expect(rig.car.lines).toEqual([]);
      expect(await rig.invoke('set_climate_power', { power: true })).toMatchObject({ status: 'done' });
    });

    it('a module that leaves in mid-call', async () => {
      rig.car.faults.silent('unlock');
      const outcome = rig.invoke('set_car_lock', { locked: false });
      await expect.poll(() => commandsOf(rig.car)).toEqual(['unlock 1234']);
      rig.car.faults.cut();
      expect(await outcome).toMatchObject({ status: 'unknown', why: expect.stringContaining('left its broker') });
    });

    it('a command for a module that is away is not run when it comes back', async () => {
      const raw = await RawClient.connect(rig.car.url);
      try {
        rig.car.faults.cut();
        await expect.poll(() => device()?.state).toBe('offline');
        // A lie, or a module that died without its last will: everything looks as if it were there.
        await raw.send(`${rig.car.prefix}/metric/s/v3/connected`, 'yes');
        await expect.poll(() => device()?.state).toBe('ready');
        const outcome = rig.invoke('set_car_lock', { locked: false });
        const lie: Record<string, string> = { 'v.p.speed': '0', 'v.e.locked': 'yes', 's.v3.connected': 'yes' };
        const send = (topic: string, payload = '') => void raw.send(topic, payload).catch(() => {});
        const told: string[] = [];
        const answer = setInterval(() => {
          for (const { topic, payload } of raw.received.splice(0)) {
            const isCommand = topic.includes('/command/');
            if (isCommand) told.push(payload);
            if (isCommand && payload.startsWith('server')) send(topic.replace('/command/', '/response/'), 'Sure.');
            const asked = topic.endsWith('/request/metric') ? payload.split(',') : [];
            for (const metric of asked) {
              send(`${rig.car.prefix}/metric/${metric.replaceAll('.', '/')}`, metric === 'v.e.on' ? 'no' : lie[metric]);
            }
          }
        }, 10);
        expect(await outcome).toMatchObject({ status: 'unknown' });
        clearInterval(answer);
        expect(told).toContain('unlock 1234');
        rig.car.faults.restore();
        await expect.poll(() => device()?.details['firmware'], { timeout: 5_000 }).toBe('3.3.006-virtual');
        await raw.until(`${rig.car.prefix}/metric/m/version`, (text) => text !== '');
        await raw.quiet();
        expect(rig.car.lines).toEqual([]);
        expect(rig.car.state().get('v.e.locked')).toBe(true);
      } finally {
        await raw[Symbol.asyncDispose]();
      }
    });

    it('a call whose time is up, and one that the user cancels', async () => {
      rig.car.faults.ignore('climatecontrol on');
      const started = performance.now();
      expect(await rig.invoke('set_climate_power', { power: true }, { timeoutMs: 400 })).toMatchObject({
        status: 'unknown',
      });
      expect(performance.now() - started).toBeLessThan(1_400);
      const user = new AbortController();
      const outcome = rig.invoke('set_climate_power', { power: true }, { signal: user.signal });
      await expect.poll(() => commandsOf(rig.car).length).toBe(2);
      user.abort();
      expect(await outcome).toMatchObject({ status: 'unknown' });
    });

    it('two calls at once, one after the other', async () => {
      const both = await Promise.all([
        rig.invoke('set_climate_power', { power: true }),
        rig.invoke('set_climate_power', { power: false }),
      ]);
      expect(both).toMatchObject([
        { status: 'done', prior: { power: false } },
        { status: 'done', prior: { power: true } },
      ]);
      expect(rig.car.state().get('v.e.hvac')).toBe(false);
    });

    it('ends what is under way when it is closed', async () => {
      rig.car.faults.ignore('climatecontrol on');
      const outcome = rig.invoke('set_climate_power', { power: true }, { timeoutMs: 60_000 });
      await expect.poll(() => commandsOf(rig.car).length).toBe(1);
      await rig.transport[Symbol.asyncDispose]();
      expect(await outcome).toMatchObject({ status: 'unknown' });
    });

    it('a broker that is cut in mid-call, and comes back', async () => {
      rig.car.faults.silent('unlock');
      const outcome = rig.invoke('set_car_lock', { locked: false });
      await expect.poll(() => commandsOf(rig.car)).toEqual(['unlock 1234']);
      const back = mosquitto
        ? mosquitto.crash().then(() => () => mosquitto?.revive())
        : rig.car.faults.dropBroker({ backAfterMs: 400 }).then(() => () => {});
      expect(await outcome).toMatchObject({ status: 'unknown', why: expect.stringContaining('broker') });
      expect(device()?.state).toBe('offline');
      expect(rig.transport.problems()).toMatchObject([{ fault: 'link' }]);
      expect(await rig.invoke('set_climate_power', { power: true })).toMatchObject({
        status: 'failed',
        failure: { code: 'DEVICE_NOT_READY' },
      });
      await (await back)();
      await expect.poll(() => device()?.state, { timeout: 15_000 }).toBe('ready');
      expect(commandsOf(rig.car)).toEqual(['unlock 1234']);
      expect(await rig.invoke('set_climate_power', { power: true })).toMatchObject({ status: 'done' });
    });
  });
});

describe('finding an OVMS car', () => {
  it('that the broker has never heard of, and that comes later', async () => {
    await using other = await openOvms();
    const { OvmsTransport } = await import('../../../../src/lan/vehicle/ovms/ovms-transport.js');
    await using transport = new OvmsTransport({ url: other.car.url, vehicle: 'LATER', name: 'Later', virtual: true });
    await transport.start({ signal: new AbortController().signal, timeoutMs: 5_000 });
    expect(transport.devices()).toMatchObject([{ state: 'offline', stateReason: expect.stringContaining('Later') }]);
    const { VirtualOvmsCar } = await import('../../../../src/virtual/ovms/virtual-ovms-car.js');
    await using _car = await VirtualOvmsCar.start({ broker: other.car.url, vehicle: 'LATER' });
    await expect.poll(() => transport.devices()[0]?.state).toBe('ready');
  });

  it('that is connected by the word of the broker alone', async () => {
    await using rig = await openOvms();
    rig.car.faults.mute();
    const { OvmsTransport } = await import('../../../../src/lan/vehicle/ovms/ovms-transport.js');
    const { url, vehicle, prefix } = rig.car;
    await using transport = new OvmsTransport({ url, vehicle, prefix, name: 'Car', virtual: true, answerMs: 150 });
    await transport.start({ signal: new AbortController().signal, timeoutMs: 5_000 });
    expect(transport.devices()).toMatchObject([
      { state: 'offline', stateReason: expect.stringContaining('does not answer') },
    ]);
    rig.car.faults.heal();
    await rig.invoke('set_climate_power', { power: true });
    await expect.poll(() => transport.devices()[0]?.state).toBe('ready');
  });

  it('that falls silent: it is asked, and offline when it does not answer', async () => {
    await using rig = await openOvms({ transport: { silenceMs: 300, answerMs: 100 } });
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(rig.transport.devices()[0]?.state).toBe('ready');
    rig.car.faults.mute();
    await expect.poll(() => rig.transport.devices()[0]?.state, { timeout: 5_000 }).toBe('offline');
    expect(rig.transport.devices()[0]?.stateReason).toContain('does not answer');
  });

  it('with a user name, and not with a wrong password', async () => {
    const account = { username: 'anna', password: 'right' };
    await using rig = await openOvms({ car: account, transport: account, byUser: true });
    expect(rig.car.prefix).toBe('ovms/anna/VIRTUAL1');
    expect(rig.transport.devices()).toMatchObject([{ state: 'ready' }]);
    expect(JSON.stringify(rig.transport.devices())).not.toContain('right');
    await using wrong = await openOvms({ car: account, transport: { ...account, password: 'wrong' } });
    expect(wrong.transport.devices()).toMatchObject([{ state: 'unauthorized' }]);
    expect(wrong.transport.problems()).toMatchObject([{ code: 'UNAUTHORIZED' }]);
  });

  it('warns of a PIN that travels in clear over the internet', async () => {
    const { OvmsTransport } = await import('../../../../src/lan/vehicle/ovms/ovms-transport.js');
    const far = { url: 'mqtt://broker.example.com', vehicle: 'CAR', name: 'Car', virtual: false };
    await using open = new OvmsTransport({ ...far, pin: '1234' });
    expect(open.devices()[0]?.details['warning']).toContain('The PIN travel');
    await using encrypted = new OvmsTransport({ ...far, url: 'mqtts://broker.example.com', pin: '1234' });
    expect(encrypted.devices()[0]?.details).toEqual({});
  });
});
