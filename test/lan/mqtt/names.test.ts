import { describe, expect, it } from 'vitest';
import { isNearby, parseBrokerUrl } from '../../../src/lan/mqtt/broker-address.js';
import { bestMatch } from '../../../src/lan/mqtt/match-name.js';
import { roomInName } from '../../../src/lan/mqtt/room-words.js';

describe('roomInName', () => {
  it.each([
    ['Living room light', 'living room'],
    ['living_room_lamp', 'living room'],
    ['Master bedroom fan', 'master bedroom'],
    ['客厅灯', '客厅'],
    ['Hallway', null],
    ['Halloween lights', null],
    ['Desk lamp', null],
  ])('%s', (name, room) => {
    expect(roomInName(name)).toBe(room);
  });
});

describe('bestMatch', () => {
  const names = ['Movie Night', 'Good Night', 'Dinner', '观影模式'];
  it.each([
    ['movie night', 'Movie Night'],
    ['the movie night scene', 'Movie Night'],
    ['movie', 'Movie Night'],
    ['Diner', 'Dinner'],
    ['观影', '观影模式'],
    ['night', null],
    ['breakfast', null],
    ['', null],
  ])('%s', (said, name) => {
    expect(bestMatch(said, names, (entry) => entry)).toBe(name);
  });
});

describe('parseBrokerUrl', () => {
  it('takes host, port and who', () => {
    expect(parseBrokerUrl('mqtt://anna:p%40ss@broker.lan')).toEqual({
      host: 'broker.lan',
      port: 1883,
      isEncrypted: false,
      username: 'anna',
      password: 'p@ss',
    });
    expect(parseBrokerUrl('mqtts://[::1]:9001')).toMatchObject({ host: '::1', port: 9001, isEncrypted: true });
  });

  it.each(['', 'broker', 'http://broker', 'mqtt://', 'mqtt://:1883'])('refuses "%s"', (url) => {
    expect(() => parseBrokerUrl(url)).toThrow(expect.objectContaining({ name: 'TentacleError' }));
  });

  it('knows which hosts the internet does not reach', () => {
    for (const host of [
      '127.0.0.1',
      '192.168.1.5',
      '172.20.0.1',
      '::1',
      'fd00::1',
      'localhost',
      'broker',
      'broker.local',
    ])
      expect(isNearby(host), host).toBe(true);
    for (const host of ['8.8.8.8', '172.32.0.1', '2001:db8::1', 'broker.example.com'])
      expect(isNearby(host), host).toBe(false);
  });
});
