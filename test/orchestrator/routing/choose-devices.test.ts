import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/core/plan.js';
import { chooseDevices } from '../../../src/orchestrator/routing/choose-devices.js';
import { fakeDevice } from '../../fakes/fake-transport.js';

const call = (target: string | null): Call => ({
  id: 'c1',
  function: 'set_wifi',
  args: { enabled: true },
  target,
  device: null,
  after: [],
});
const pixel = fakeDevice({ id: 'adb:1', name: 'Pixel 8', aliases: ["Dad's phone"] });
const tablet = fakeDevice({ id: 'adb:2', name: 'Galaxy Tab', aliases: [], room: 'Kitchen' });
const never = () => null;

describe('chooseDevices', () => {
  it.each([
    ["dad's phone", 'adb:1'],
    ['my Pixel', 'adb:1'],
    ['the galaxy tab', 'adb:2'],
    ['kitchen', 'adb:2'],
  ])('knows %s', (target, id) => {
    const choice = chooseDevices([call(target)], { utterance: '', devices: [pixel, tablet], lastUsed: never });
    expect(choice).toMatchObject({ settled: true, calls: [{ device: id }] });
  });

  it('asks for a name that fits no device instead of taking another', () => {
    const choice = chooseDevices([call('the iPhone')], { utterance: '', devices: [pixel, tablet], lastUsed: never });
    expect(choice).toMatchObject({ settled: false });
    if (choice.settled) return;
    expect(choice.clarification.question).toContain('iPhone');
    expect(choice.clarification.choices.map(({ calls }) => calls[0]?.device)).toEqual(['adb:1', 'adb:2']);
  });

  it('asks among several, takes the only ready one, and then the one used last', () => {
    expect(chooseDevices([call(null)], { utterance: '', devices: [pixel, tablet], lastUsed: never }).settled).toBe(
      false,
    );
    expect(
      chooseDevices([call(null)], {
        utterance: '',
        devices: [pixel, { ...tablet, state: 'offline' }],
        lastUsed: never,
      }),
    ).toMatchObject({
      calls: [{ device: 'adb:1' }],
    });
    expect(
      chooseDevices([call(null)], { utterance: '', devices: [pixel, tablet], lastUsed: () => 'adb:2' }),
    ).toMatchObject({ calls: [{ device: 'adb:2' }] });
  });

  it('leaves a call without a device that no device offers', () => {
    expect(
      chooseDevices([call(null)], { utterance: '', devices: [fakeDevice({ functions: [] })], lastUsed: never }),
    ).toMatchObject({
      settled: true,
      calls: [{ device: null }],
    });
  });
});
