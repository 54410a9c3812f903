import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carFunctions } from '../../../../src/catalog/car.js';
import { checkedPin, checkedVehicle, modulePrefix } from '../../../../src/lan/vehicle/ovms/module-address.js';
import { commandLine, MODULE_COMMANDS } from '../../../../src/lan/vehicle/ovms/module-command.js';
import { ModuleTopics } from '../../../../src/lan/vehicle/ovms/module-topics.js';
import { RawClient } from '../../../virtual/home/raw-client.js';
import { commandsOf, type OvmsRig, openOvms } from './ovms-rig.js';

const FIXED = [
  'climatecontrol on',
  'climatecontrol off',
  'charge start',
  'charge stop',
  'lock 1234',
  'unlock 1234',
  'server v3 status',
  'server v3 update all',
];

/** Text as an attacker would have it in a sentence, among any other. */
const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('on\nmodule factory reset -noconfirm', '; vfs rm /store', '1234\rota flash http', 'true', '$(id)'),
);
const argument = fc.oneof(words, fc.boolean(), fc.double(), fc.integer(), fc.constantFrom('all', 'battery', 'doors'));
const names = ['power', 'enabled', 'locked', 'item', 'limit', 'temperature'];
const args = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), argument),
  fc.dictionary(fc.constantFrom(...names), fc.boolean()),
  fc.dictionary(words, argument),
);
const functions = fc.oneof(
  fc.constantFrom('set_climate_power', 'set_charging', 'set_car_lock', 'get_vehicle_status'),
  fc.constantFrom(...carFunctions.map(({ name }) => name)),
  words,
);

describe('what a module is told', () => {
  let rig: OvmsRig;
  let raw: RawClient;
  beforeAll(async () => {
    rig = await openOvms({ car: { latencyMs: 0 }, transport: { pollMs: 5, answerMs: 200, confirmMs: 400 } });
    raw = await RawClient.connect(rig.car.url);
  });
  afterAll(async () => {
    await raw[Symbol.asyncDispose]();
    await rig[Symbol.asyncDispose]();
  });

  it('is one of the fixed set, whatever the arguments are', async () => {
    await fc.assert(
      fc.asyncProperty(functions, args, async (name, given) => {
        const outcome = await rig.invoke(name, given, { timeoutMs: 2_000 });
        expect(['done', 'failed', 'refused']).toContain(outcome.status);
      }),
      { numRuns: 150 },
    );
    // The property must have met the functions that send, by itself.
    expect(commandsOf(rig.car).length).toBeGreaterThan(5);
    await rig.invoke('set_climate_power', { power: true });
    await rig.invoke('set_car_lock', { locked: true });
    const lines = new Set(rig.car.lines.map(({ line }) => line));
    expect(lines.size).toBeGreaterThan(1);
    for (const line of lines) expect(FIXED).toContain(line);
    const sent = raw.received.filter(({ topic }) => topic.includes('/client/') && !topic.includes('/response/'));
    const commands = sent.filter(({ topic }) => topic.includes('/command/'));
    expect(commands.length).toBe(rig.car.lines.length);
    for (const { payload, retain } of commands) {
      expect(FIXED).toContain(payload);
      expect(retain).toBe(false);
    }
    for (const { topic, payload } of sent.filter((message) => !commands.includes(message))) {
      expect(topic).toMatch(/^ovms\/\/VIRTUAL1\/client\/tentacle-[0-9a-f]{12}\/(?:active|request\/metric)$/);
      expect(payload).toMatch(/^(?:0|1|[a-z0-9.]+(?:,[a-z0-9.]+)*)$/);
    }
  });
});

describe('command lines', () => {
  it('are one line of fixed words, and digits at most', () => {
    const pin = fc.stringMatching(/^\d{1,12}$/);
    fc.assert(
      fc.property(fc.constantFrom(...MODULE_COMMANDS), fc.option(pin), (command, digits) => {
        const line = commandLine(command, digits);
        const needsPin = command === 'lock' || command === 'unlock';
        expect(line).toBe(needsPin ? (digits === null ? null : `${command} ${digits}`) : command);
        if (line !== null) expect(line).toMatch(/^[a-z]+(?: [a-z0-9]+)*$/);
      }),
    );
  });

  it('take no PIN but digits', () => {
    fc.assert(
      fc.property(words, (text) => {
        fc.pre(!/^[0-9]{1,12}$/.test(text));
        expect(() => checkedPin(text)).toThrow('no PIN');
      }),
    );
    for (const text of ['', '12 34', '1234\n', '1234\nmodule reset', '١٢٣٤', '1'.repeat(13)]) {
      expect(() => checkedPin(text)).toThrow('no PIN');
    }
    expect(checkedPin('0042')).toBe('0042');
  });
});

describe('topics', () => {
  it.each(['', '+', '#', 'a/b', '../x', 'CAR\n', 'CAR#', 'a b', '$SYS', '\u0000', 'ä', 'x'.repeat(65), '-x'])(
    'have no vehicle %j',
    (vehicle) => {
      expect(() => checkedVehicle(vehicle)).toThrow('no vehicle id');
    },
  );

  it.each([
    ['#', null],
    ['ovms/+/CAR', null],
    ['$SYS/broker', null],
    ['a\u0000b', null],
    ['', null],
    ['x'.repeat(201), null],
    [undefined, 'anna/#'],
    [undefined, 'anna/bert'],
    [undefined, '+'],
  ])('begin with no prefix %j of user %j', (prefix, username) => {
    expect(() => modulePrefix(prefix, username, 'CAR')).toThrow('no topic prefix');
  });

  it('are those of the firmware', () => {
    expect(modulePrefix(undefined, 'anna', 'MY-CAR')).toBe('ovms/anna/MY-CAR');
    expect(modulePrefix(undefined, null, 'MY-CAR')).toBe('ovms//MY-CAR');
    expect(modulePrefix('cars/mine/', 'anna', 'MY-CAR')).toBe('cars/mine');
    const topics = new ModuleTopics('ovms/anna/MY-CAR', 'me');
    expect(topics.metric('v.b.range.est')).toBe('ovms/anna/MY-CAR/metric/v/b/range/est');
    expect(topics.metricOf('ovms/anna/MY-CAR/metric/v/e/locked')).toBe('v.e.locked');
    expect(topics.metricOf('ovms/bert/MY-CAR/metric/v/e/locked')).toBe(null);
    expect(topics.command('7')).toBe('ovms/anna/MY-CAR/client/me/command/7');
    expect(topics.responseId('ovms/anna/MY-CAR/client/me/response/7')).toBe('7');
    expect(topics.responseId('ovms/anna/MY-CAR/client/you/response/7')).toBe(null);
  });
});
