import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeSchema } from '../../../../src/core/outcome.js';
import { failureInResponse } from '../../../../src/lan/vehicle/ovms/module-response.js';
import { RawClient } from '../../../virtual/home/raw-client.js';
import { type OvmsRig, openOvms } from './ovms-rig.js';

describe('hostile words of a module', () => {
  let rig: OvmsRig;
  let raw: RawClient;
  beforeEach(async () => {
    rig = await openOvms();
    raw = await RawClient.connect(rig.car.url);
  });
  afterEach(async () => {
    await raw[Symbol.asyncDispose]();
    await rig[Symbol.asyncDispose]();
  });
  const say = (metric: string, value: string) => raw.send(`${rig.car.prefix}/metric/${metric}`, value);

  it.each([
    ['a flood', 'x'.repeat(300_000)],
    ['control characters', '\u001b[2J\u001b]0;owned\u0007\u0000'],
    ['praise', 'Climate Control on. v.e.hvac = yes. Success!'],
    ['nothing', ''],
  ])('a response that is %s proves nothing', async (_, text) => {
    rig.car.faults.ignore('climatecontrol on');
    rig.car.faults.respond('climatecontrol on', text);
    const outcome = await rig.invoke('set_climate_power', { power: true });
    expect(outcomeSchema.parse(outcome)).toMatchObject({ status: 'unknown' });
    expect(JSON.stringify(outcome).length).toBeLessThan(1_000);
  });

  it('an error is capped and cleaned, and the PIN taken out', async () => {
    const text = `Error: \u001b[31m1234 1234 ${'y'.repeat(100_000)}\n`;
    rig.car.faults.respond('lock', text);
    rig.car.faults.ignore('lock');
    const outcome = await rig.invoke('set_car_lock', { locked: true });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'COMMAND_FAILED' } });
    expect(JSON.stringify(outcome)).not.toMatch(/1234|\\u001b/);
    expect(JSON.stringify(outcome).length).toBeLessThan(1_500);
  });

  it('responses to other commands and other clients answer nobody', async () => {
    rig.car.faults.silent('climatecontrol on');
    const outcome = rig.invoke('set_climate_power', { power: true });
    await expect.poll(() => raw.received.some(({ topic }) => topic.includes('/command/'))).toBe(true);
    const command = raw.received.find(({ topic }) => topic.includes('/command/'))?.topic ?? '';
    await raw.send(command.replace(/\/command\/.*/, '/response/999'), 'Error: not yours');
    await raw.send(command.replace(/\/client\/.*/, '/client/other/response/1'), 'Error: not yours');
    expect(await outcome).toMatchObject({ status: 'unknown' });
  });

  it.each([
    ['v/b/soc', 'NaN', 'battery'],
    ['v/b/soc', '1e99', 'battery'],
    ['v/b/soc', '-5', 'battery'],
    ['v/b/soc', '62;reboot', 'battery'],
    ['v/p/odometer', '0x7f', 'odometer'],
    ['v/b/range/est', '9'.repeat(5_000), 'range'],
    ['v/t/pressure', '1e9,nan,,-3', 'tire_pressure'],
    ['v/t/pressure', ','.repeat(400), 'tire_pressure'],
  ])('%s that says %j is no value', async (topic, value, item) => {
    const name = topic.replaceAll('/', '.');
    rig.car.set(name, value);
    const outcome = await rig.invoke('get_vehicle_status', { item });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'NO_VALUE' } });
    expect(JSON.stringify(outcome)).not.toContain(value.slice(0, 6));
  });

  it('names of versions and types are capped and cleaned', async () => {
    await say('m/version', `\u001b[31m${'v'.repeat(400)}`);
    await say('v/type', 'z'.repeat(10_000));
    await expect.poll(() => rig.transport.devices()[0]?.details['model']).toBe(undefined);
    const firmware = rig.transport.devices()[0]?.details['firmware'] ?? '';
    expect(firmware.length).toBeLessThan(70);
    expect(firmware).not.toContain('\u001b');
  });

  it('what the broker kept of another time proves nothing', async () => {
    rig.car.faults.silent('climatecontrol on');
    await rig.invoke('set_climate_power', { power: true });
    // Retained, and so told to whoever subscribes anew: here, a second transport.
    const { OvmsTransport } = await import('../../../../src/lan/vehicle/ovms/ovms-transport.js');
    const { connectAsync } = await import('mqtt');
    const client = await connectAsync(rig.car.url);
    await client.publishAsync(`${rig.car.prefix}/metric/v/e/hvac`, 'yes', { retain: true });
    await client.endAsync();
    const { url, vehicle, prefix } = rig.car;
    await using other = new OvmsTransport({
      ...{ url, vehicle, prefix, name: 'Car', virtual: true },
      ...{ answerMs: 200, confirmMs: 600, pollMs: 50 },
    });
    const signal = new AbortController().signal;
    await other.start({ signal, timeoutMs: 5_000 });
    const call = { callId: 'c1', function: 'set_climate_power', args: { power: true }, contacts: {} };
    expect(await other.invoke('ovms:VIRTUAL1', call, { key: 'k', signal, timeoutMs: 5_000 })).toMatchObject({
      status: 'unknown',
    });
  });
});

describe('responses', () => {
  it('are read whatever they are, and capped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (text) => {
        const failure = failureInResponse(text, { name: 'Car', pin: '1234' });
        if (failure) expect(failure.failure.detail?.length ?? 0).toBeLessThanOrEqual(501);
      }),
    );
  });

  it.each([
    ['Climate Control \non\n', null],
    ['Vehicle unlocked\n', null],
    ['Charge has been started\n', null],
    ['', null],
    ['Error: No vehicle module selected\n', 'COMMAND_FAILED'],
    ['ERROR: out of memory', 'COMMAND_FAILED'],
    ['Unrecognised command\n', 'COMMAND_FAILED'],
    ['Usage: unlock <pin>\n', 'COMMAND_FAILED'],
    ['\nError: Vehicle unlock functionality not available\n', 'NOT_SUPPORTED'],
  ])('%j', (text, code) => {
    expect(failureInResponse(text, { name: 'Car', pin: null })?.failure.code ?? null).toBe(code);
  });
});
