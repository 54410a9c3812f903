import { expect, it, vi } from 'vitest';
import { DeviceList } from '../../src/lan/device-list.js';
import { fakeDevice } from '../fakes/fake-transport.js';

it('tells of every change, with all devices, until nobody wants to hear it', () => {
  const list = new DeviceList();
  const heard = vi.fn();
  const stop = list.watch(heard);
  list.set(fakeDevice({ id: 'a' }));
  list.set(fakeDevice({ id: 'b' }));
  list.change('a', { state: 'offline' });
  list.change('unheard-of', { state: 'offline' });
  list.delete('b');
  list.delete('b');
  expect(heard).toHaveBeenCalledTimes(4);
  expect(heard.mock.lastCall?.[0]).toMatchObject([{ id: 'a', state: 'offline' }]);
  stop();
  list.replace([fakeDevice({ id: 'c' })]);
  expect(heard).toHaveBeenCalledTimes(4);
  expect(list.all()).toMatchObject([{ id: 'c' }]);
});
