import { describe, expect, it } from 'vitest';
import { cars, chineseFamily, chineseHouse, family, home, house, offline, phone, routed } from './homes.js';

const on = { power: true };
const off = { power: false };
const all = (count: number) => `${count} devices`;
/** How many devices a call goes to where it is several, else the one, or "?". */
const outcome = (text: string): string =>
  text.startsWith('?') ? '?' : text.includes(' + ') ? all(text.split(' + ').length) : text;

const oneLight = [home('light', 'Sofa lamp', 'Living room'), home('light', 'Hall light', 'Hallway')];

describe('lights in a house', () => {
  it.each([
    // The plural in one place means all that stand there, ready or not.
    ['turn off the living room lights', { room: 'living room' }, all(3)],
    ['living room lights off', { room: 'living room' }, all(3)],
    ['lounge lights off please', { room: 'lounge' }, all(3)],
    ['lights off in the living room', { room: 'living room' }, all(3)],
    ['kill the lights in the kitchen', { room: 'kitchen' }, all(2)],
    ['kitchen lighting to 30 percent', { room: 'kitchen' }, all(2)],
    ['turn the lamps in the kitchen off', { room: 'kitchen' }, all(2)],
    ['the lights upstairs should be off', { room: 'upstairs' }, all(3)],
    ['downstairs lights off', { room: 'downstairs' }, all(6)],
    ['bedroom lights off', { room: 'bedroom' }, 'Bedroom light'],
    ["kids' bedroom lights off", { room: "kids' bedroom" }, "Kids' bedroom light"],
    // One of several is a question.
    ['turn off the light in the kitchen', { room: 'kitchen' }, '?'],
    ['kitchen light off', { room: 'kitchen' }, '?'],
    ['turn off the light in the hall', { room: 'hall' }, 'Hall light'],
    ['turn off the light upstairs', { room: 'upstairs' }, '?'],
    // Unless the sentence calls it by its full name.
    ['turn on the counter light in the kitchen', { room: 'kitchen' }, 'Counter light'],
    ['turn on the sofa lamp in the living room', { room: 'living room' }, 'Sofa lamp'],
    ['turn on the reading lamp in the kitchen', { room: 'kitchen' }, '?'],
    // All, with and without a place.
    ['all lights off', {}, all(9)],
    ['switch all lights on', {}, all(9)],
    ['shut off all the lamps', {}, '?'],
    ['every lamp in the living room off', { room: 'living room' }, '?'],
    ['turn all of the lights off', {}, all(9)],
    ['all lights downstairs off', { room: 'downstairs' }, all(6)],
    ['turn off all lights downstairs', {}, all(6)],
    ['turn off all the downstairs lights', {}, all(6)],
    ['every lamp in the bedroom off', { room: 'bedroom' }, 'Bedroom light'],
    ['every lamp in the kitchen off', { room: 'kitchen' }, all(2)],
    ['turn every light in the kitchen red', { room: 'kitchen', color: 'red' }, all(2)],
    ['each light in the living room to half', { room: 'living room' }, all(3)],
    ['turn the kitchen lights all off', { room: 'kitchen' }, all(2)],
    ['lights off everywhere', {}, all(9)],
    ['turn the lights off in every room', {}, all(9)],
    ['lights off in all rooms', { room: 'all rooms' }, all(9)],
    ['turn off the lights in the house', {}, all(9)],
    ['turn off the lights in the whole house', { room: 'whole house' }, all(9)],
    ['the lights, turn them all off', {}, all(9)],
    ['turn off all the lights in both bedrooms', { room: 'bedrooms' }, '?'],
    ['turn off the lights in all bedrooms', { room: 'bedrooms' }, 'Bedroom light'],
    // Numbers must be right.
    ['both lights in the kitchen off', { room: 'kitchen' }, all(2)],
    ['both kitchen lights on', { room: 'kitchen' }, all(2)],
    ['the two lights in the kitchen off', { room: 'kitchen' }, all(2)],
    ['all three lights in the living room', { room: 'living room' }, all(3)],
    ['both lights in the living room off', { room: 'living room' }, '?'],
    ['both lights in the hall', { room: 'hall' }, '?'],
    ['two lights in the living room off', { room: 'living room' }, '?'],
    ['both the light and the fan in the kitchen off', { room: 'kitchen' }, '?'],
    ['one of the lights in the kitchen on', { room: 'kitchen' }, '?'],
    // No place and no word of number: which room is meant is a question.
    ['turn off the lights', {}, '?'],
    ['lights off', {}, '?'],
    ['turn off the light', {}, '?'],
    ['turn off the lights in the room', { room: 'the room' }, '?'],
    ['turn off the lights in my room', { room: 'my room' }, '?'],
    ['lights off in here', { room: 'here' }, '?'],
    ['lights off in our house', { room: 'our house' }, all(9)],
    // Words that only look like it.
    ["turn off the light in the kitchen, that's all", { room: 'kitchen' }, '?'],
    ["that's all, light off", {}, '?'],
    ['first of all turn the light off', {}, '?'],
    ['all right, light off in the kitchen', { room: 'kitchen' }, '?'],
    ['all right light off in the kitchen', { room: 'kitchen' }, '?'],
    ['turn the light all the way up in the kitchen', { room: 'kitchen' }, '?'],
    ['after all the light in the kitchen should be off', { room: 'kitchen' }, '?'],
    ['turn the kitchen light on for all of us', { room: 'kitchen' }, '?'],
    ['we all need the kitchen light on', { room: 'kitchen' }, '?'],
    ['everyone wants the kitchen light on', { room: 'kitchen' }, '?'],
    ['all light off', {}, '?'],
    ['turn off all the lights except the kitchen', {}, '?'],
    ['turn off all lights but not in the kitchen', {}, '?'],
    ['turn off every light apart from the sofa lamp', {}, '?'],
    ['turn off the other lights in the living room', { room: 'living room' }, '?'],
    ['turn off some lights in the living room', { room: 'living room' }, '?'],
    ['half the lights in the living room off', { room: 'living room' }, '?'],
    ['not all the lights in the kitchen, just one', { room: 'kitchen' }, '?'],
    ['the christmas lights in the living room on', { room: 'living room' }, '?'],
  ])('%s', (utterance, args, wanted) =>
    expect(outcome(routed('set_light', { ...off, ...args }, { utterance, devices: house }))).toBe(wanted),
  );

  it.each([
    ['turn off the living room lights', 'Sofa lamp'],
    ['turn off all the lights in the living room', 'Sofa lamp'],
    ['turn off the living room light', 'Sofa lamp'],
    ['turn off both lights in the living room', '?'],
  ])('one light there: %s', (utterance, wanted) =>
    expect(outcome(routed('set_light', { ...off, room: 'living room' }, { utterance, devices: oneLight }))).toBe(
      wanted,
    ),
  );

  it('takes a plural in the one room there is, and asks with all of them and each room else', () => {
    const kitchen = house.filter(({ room }) => room === 'Kitchen');
    expect(outcome(routed('set_light', off, { utterance: 'turn off the lights', devices: kitchen }))).toBe(all(2));
    expect(routed('set_light', off, { utterance: 'turn off the lights', devices: house })).toMatch(
      /^\? All 9 \| Living room: all 3 \| Kitchen: all 2 \| /,
    );
  });

  it('asks for a room that has none, and for one nobody knows', () => {
    for (const room of ['nursery', 'attic', 'guest room', 'second bedroom', 'kitchen 2', 'left kitchen'])
      expect(routed('set_light', on, { utterance: `${room} light on`, devices: house }).slice(0, 1)).toBe('?');
    const said = { utterance: 'attic lights on', devices: house };
    expect(outcome(routed('set_light', { ...on, room: 'attic' }, said))).toBe('?');
    expect(routed('set_light', { ...on, room: 'kichen' }, { utterance: 'kichen lights on', devices: house })).toContain(
      '+',
    );
    expect(outcome(routed('set_light', { ...on, room: 'nursery' }, said))).toBe('?');
  });

  it("takes no kids' bedroom for a bedroom that has no light", () => {
    const devices = [home('speaker', 'Radio', 'Bedroom'), home('light', 'Night lamp', "Kids' bedroom")];
    const said = { utterance: 'bedroom light on', devices };
    expect(routed('set_light', { ...on, room: 'bedroom' }, said)).toBe("? Night lamp (Kids' bedroom)");
    const only = { ...said, devices: devices.slice(1) };
    expect(routed('set_light', { ...on, room: 'bedroom' }, only)).toBe('Night lamp');
  });

  it('takes the house for all of it, and no pool house for the house', () => {
    const lights = [home('light', 'Pool light', 'Pool house'), home('light', 'Hall light', 'Hall')];
    const light = { ...off, room: 'the house' };
    expect(routed('set_light', light, { utterance: 'lights off in the house', devices: lights })).toBe(
      'Pool light + Hall light',
    );
    expect(routed('set_light', { ...off, room: 'my room' }, { utterance: 'x', devices: lights.slice(1) })).toMatch(
      /^\? /,
    );
    expect(routed('set_light', { ...off, room: 'here' }, { utterance: 'x', devices: lights.slice(1) })).toBe(
      'Hall light',
    );
  });

  it('keeps apart what belongs to different rooms of one word', () => {
    const rooms = ["Kids' bedroom", 'Master bedroom'].map((room) => home('light', `${room} light`, room));
    const said = (utterance: string) => ({ utterance, devices: rooms });
    expect(outcome(routed('set_light', { ...off, room: 'bedroom' }, said('bedroom lights off')))).toBe('?');
    expect(outcome(routed('set_light', { ...off, room: 'bedroom' }, said('all bedroom lights off')))).toBe(all(2));
    expect(routed('set_light', { ...off, room: '主卧' }, said('主卧的灯关了'))).toBe('Master bedroom light');
    expect(outcome(routed('set_light', { ...off, room: '卧室' }, said('卧室的灯关了')))).toBe('?');
  });
});

describe('lights in a Chinese house', () => {
  it.each([
    ['所有的灯都关掉', {}, all(6)],
    ['所有灯都打开', {}, all(6)],
    ['把灯都关了', {}, all(6)],
    ['灯都关喽', {}, all(6)],
    ['灯全关了', {}, all(6)],
    ['家里的灯全部关掉', {}, all(6)],
    ['全屋的灯关掉', {}, all(6)],
    ['每个房间的灯都打开', {}, all(6)],
    ['每盏灯都调到百分之三十', {}, all(6)],
    ['楼下的灯都关了', { room: '楼下' }, all(3)],
    ['楼下的灯都关了', {}, all(3)],
    ['楼下所有的灯关掉', { room: '楼下' }, all(3)],
    ['把所有楼下的灯关掉', {}, all(3)],
    ['二楼的灯都关了', { room: '二楼' }, all(3)],
    ['turn off all the lights upstairs', { room: 'upstairs' }, all(3)],
    ['second floor lights off', { room: 'second floor' }, all(3)],
    ['客厅的灯都关了', { room: '客厅' }, all(2)],
    ['把客厅里所有的灯关掉', { room: '客厅' }, all(2)],
    ['客厅灯光调到三十', { room: '客厅' }, all(2)],
    ['living room lights off', { room: 'living room' }, all(2)],
    ['客厅两盏灯都关掉', { room: '客厅' }, all(2)],
    ['客厅三盏灯都关掉', { room: '客厅' }, '?'],
    ['客厅的灯关掉', { room: '客厅' }, '?'],
    ['关客厅一盏灯', { room: '客厅' }, '?'],
    ['厨房的灯关掉', { room: '厨房' }, '厨房灯'],
    ['厨房的灯都关掉', { room: '厨房' }, '厨房灯'],
    ['kitchen light off', { room: 'kitchen' }, '厨房灯'],
    ['主卧的灯关掉', { room: '主卧' }, '主卧灯'],
    ['master bedroom light off', { room: 'master bedroom' }, '主卧灯'],
    ['次卧的灯', { room: '次卧' }, '次卧灯'],
    ['卧室的灯关掉', { room: '卧室' }, '?'],
    ['打开客厅吊灯', { room: '客厅' }, '客厅吊灯'],
    ['打开吊灯', {}, '客厅吊灯'],
    ['打开台灯', {}, '书房台灯'],
    ['打开床头灯', {}, '?'],
    ['我房间的灯都关了', { room: '我房间' }, '?'],
    ['房间的灯关了', { room: '房间' }, '?'],
    ['家里所有的灯都关了', { room: '家里' }, all(6)],
    ['关灯', {}, '?'],
    ['天都黑了，客厅的灯打开', { room: '客厅' }, '?'],
    ['我们都出来了，客厅灯关掉', { room: '客厅' }, '?'],
    ['客厅的灯和风扇都打开', { room: '客厅' }, '?'],
    ['风扇和客厅的灯都打开', { room: '客厅' }, '?'],
    ['都十点了，关掉客厅的灯', { room: '客厅' }, '?'],
    ['客厅的灯都没关，关一下', { room: '客厅' }, '?'],
    ['除了厨房，灯都关了', {}, '?'],
    ['其他的灯都关了', {}, '?'],
    ['客厅关一半的灯', { room: '客厅' }, '?'],
    ['两个房间的灯关掉', {}, '?'],
    ['三楼的灯都关了', { room: '三楼' }, '?'],
    ['阳台的灯都关了', { room: '阳台' }, '?'],
  ])('%s', (utterance, args, wanted) =>
    expect(outcome(routed('set_light', { ...off, ...args }, { utterance, devices: chineseHouse }))).toBe(wanted),
  );

  it('offers all of them where Chinese does not say how many', () => {
    expect(routed('set_light', { ...off, room: '客厅' }, { utterance: '关客厅的灯', devices: chineseHouse })).toBe(
      '? All 2 | 客厅吊灯 | 客厅落地灯',
    );
  });

  it('reaches an English house in Chinese', () => {
    const said = { utterance: '客厅的灯都关了', devices: house };
    expect(outcome(routed('set_light', { ...off, room: '客厅' }, said))).toBe(all(3));
    const down = { utterance: '楼下的灯都关了', devices: house };
    expect(outcome(routed('set_light', { ...off, room: '楼下' }, down))).toBe(all(6));
  });
});

describe('floors are counted as the household counts them', () => {
  const floors = (...names: string[]) => names.map((name) => home('light', name, null, { groups: [name] }));
  it.each([
    ['first floor', floors('Ground floor', 'First floor', 'Second floor'), 'First floor'],
    ['二楼', floors('Ground floor', 'First floor', 'Second floor'), 'First floor'],
    ['二楼', floors('First floor', 'Second floor'), 'Second floor'],
    ['一楼', floors('Ground floor', 'First floor'), 'Ground floor'],
    ['upstairs', floors('Ground floor', 'First floor'), 'First floor'],
    ['楼下', floors('First floor', 'Second floor'), 'First floor'],
    ['downstairs', floors('一楼', '二楼'), '一楼'],
    ['2nd floor', floors('一楼', '二楼', '三楼'), '二楼'],
    ['upstairs', floors('一楼', '二楼', '三楼'), '?'],
    ['floor 4', floors('一楼', '二楼', '三楼'), '?'],
  ])('%s', (room, devices, wanted) =>
    expect(outcome(routed('set_light', { ...on, room }, { utterance: `${room} light on`, devices }))).toBe(wanted),
  );
});

describe('phones, cars and computers', () => {
  const two = [phone("Dad's phone"), phone("Mom's phone"), phone('Tab', { aliases: ['tablet'] })];
  it.each([
    ['turn wifi off on both phones', null, all(2)],
    ['turn wifi off on both phones', 'both phones', all(2)],
    ['wifi off on all phones', 'phones', all(2)],
    ['wifi off on every phone', null, all(2)],
    ['both phones: wifi off', null, all(2)],
    ['wifi off on both tablets', null, '?'],
    ['wifi off on the tablets', null, 'Tab'],
    ['wifi off on all three phones', null, '?'],
    ['两台手机都关掉无线网', null, all(2)],
    ['两台手机都关掉无线网', '两台手机', all(2)],
    ['把所有手机的无线网关掉', '所有手机', all(2)],
    ['三台手机都关掉无线网', null, '?'],
    ['所有手机消息先静一静', null, '?'],
    ['wifi off on the phone', null, '?'],
    ['all phone calls are annoying, wifi off', null, '?'],
    ['every phone charger is broken, wifi off', null, '?'],
  ])('%s at %s', (utterance, target, wanted) =>
    expect(outcome(routed('set_wifi', { enabled: false }, { utterance, target, devices: two }))).toBe(wanted),
  );

  it('both is two, and of a family of four a question', () => {
    const said = { utterance: 'mute both phones', devices: family };
    expect(outcome(routed('set_volume', { level: 0 }, said))).toBe('?');
    const three = { utterance: '三台手机都静音', devices: chineseFamily };
    expect(outcome(routed('set_volume', { level: 0 }, three))).toBe(all(3));
  });

  it.each([
    ['lock both cars', all(2)],
    ['lock all cars', all(2)],
    ['lock the cars', '?'],
    ['两辆车都锁上', all(2)],
    ['lock all the car doors', '?'],
    ['close every car window and lock the car', '?'],
    ['所有车门都锁上', '?'],
    ['lock every car', all(2)],
  ])('%s', (utterance, wanted) =>
    expect(outcome(routed('set_car_lock', { locked: true }, { utterance, devices: cars }))).toBe(wanted),
  );

  it('what is said in a message says nothing of devices', () => {
    const message = 'all phones are broken, both phones';
    const said = { utterance: `text Anna ${message}`, devices: two };
    expect(outcome(routed('send_text_message', { contact_name: 'Anna', message }, said))).toBe('?');
    const other = { utterance: `text Anna that both phones are lost`, devices: two };
    expect(outcome(routed('send_text_message', { contact_name: 'Anna', message: 'other words' }, other))).toBe('?');
  });
});

describe('doors, covers and readings', () => {
  it.each([
    ['lock the doors', true, all(2)],
    ['lock all the doors', true, all(2)],
    ['lock both doors', true, all(2)],
    ['lock every door', true, all(2)],
    ['lock the door', true, '?'],
    ['lock all three doors', true, '?'],
    ['unlock the doors', false, '?'],
    ['unlock the two doors', false, '?'],
    ['unlock all the doors', false, all(2)],
    ['unlock both doors', false, all(2)],
    ['unlock the door', false, '?'],
    ['把门都锁上', true, all(2)],
    ['所有门都锁上', true, all(2)],
    ['把门打开', false, '?'],
    ['所有的门都打开', false, all(2)],
    ['前门和后门都打开', false, '?'],
  ])('%s', (utterance, locked, wanted) =>
    expect(outcome(routed('set_door_lock', { locked }, { utterance, devices: house }))).toBe(wanted),
  );

  it.each([
    ['close the living room blinds', { room: 'living room', kind: 'blinds' }, all(2)],
    ['close the left blind in the living room', { room: 'living room', kind: 'blinds' }, 'Living room blinds left'],
    ['close the right-hand blinds in the lounge', { room: 'lounge', kind: 'blinds' }, 'Living room blinds right'],
    ['把客厅左边的百叶窗关上', { room: '客厅', kind: 'blinds' }, 'Living room blinds left'],
    ['close the middle blind in the living room', { room: 'living room', kind: 'blinds' }, '?'],
    ['close the blinds', { kind: 'blinds' }, all(2)],
    ['close all the blinds', { kind: 'blinds' }, all(2)],
    ['close the bedroom curtains', { room: 'bedroom', kind: 'curtain' }, 'Bedroom curtain'],
    ['close the bedroom blinds', { room: 'bedroom', kind: 'blinds' }, 'Bedroom curtain'],
    ['卧室窗帘拉上', { room: '卧室', kind: 'curtain' }, 'Bedroom curtain'],
    ['窗帘都拉上', { kind: 'curtain' }, 'Bedroom curtain'],
    ['close the garage', { kind: 'garage' }, 'Garage door'],
    ['关上车库门', { kind: 'garage' }, 'Garage door'],
    ['close the kitchen blinds', { room: 'kitchen', kind: 'blinds' }, '?'],
    ['close the garage blinds', { room: 'garage', kind: 'blinds' }, '?'],
  ])('%s', (utterance, args, wanted) =>
    expect(outcome(routed('set_cover', { position: 0, ...args }, { utterance, devices: house }))).toBe(wanted),
  );

  it.each([
    ['what is the temperature', {}, '?'],
    ['how warm is it in the nursery', { room: 'nursery' }, 'Nursery sensor'],
    ['temperature in every room', {}, all(2)],
    ['what are the temperatures in all rooms', { room: 'all rooms' }, all(2)],
    ['每个房间的温度是多少', {}, all(2)],
    ['温度多少', {}, '?'],
    ['temperature in the attic', { room: 'attic' }, '?'],
  ])('%s', (utterance, args, wanted) =>
    expect(outcome(routed('get_temperature', args, { utterance, devices: house }))).toBe(wanted),
  );

  it('reads the temperature of a room from its sensor, not from its thermostat', () => {
    const both = [home('thermostat', 'Thermostat', 'Hall'), home('sensor', 'Thermometer', 'Hall')];
    const said = { utterance: 'temperature in the hall', devices: both };
    expect(routed('get_temperature', { room: 'hall' }, said)).toBe('Thermometer');
    expect(routed('get_temperature', {}, { ...said, utterance: 'temperature' })).toMatch(/^\? /);
    const two = { ...said, devices: [...both, home('sensor', 'Second', 'Hall')] };
    expect(routed('get_temperature', { room: 'hall' }, two)).toMatch(/^\? /);
  });

  it.each([
    ['turn off all plugs', 'all plugs', all(2)],
    ['turn off the plugs', 'plugs', '?'],
    ['turn on the fairy lights', 'fairy lights', '?'],
    ['turn on the coffee maker', 'coffee maker', 'Coffee maker'],
  ])('%s', (utterance, name, wanted) =>
    expect(outcome(routed('set_switch', { name, power: false }, { utterance, devices: house }))).toBe(wanted),
  );
});

describe('the one that was used last', () => {
  const devices = house;
  it('is taken where nothing was named and it is ready', () => {
    const said = { utterance: 'turn the light off', devices, last: 'Hall light' };
    expect(routed('set_light', off, said)).toBe('Hall light');
    expect(routed('set_light', off, { ...said, last: 'Shelf lamp' })).toMatch(/^\? /);
    expect(routed('set_tv_power', on, { utterance: 'tv on', devices, last: 'Bedroom TV' })).toBe('Bedroom TV');
  });

  it('is not taken for a name, a room, a plural, a number, or where a yes is needed', () => {
    const last = 'Counter light';
    const light = (args: object, utterance: string) =>
      routed('set_light', { ...off, ...args }, { utterance, devices, last });
    expect(light({ room: 'kitchen' }, 'turn off the kitchen light')).toMatch(/^\? Counter light/);
    expect(light({ room: 'living room' }, 'turn off the living room light')).not.toContain('Counter');
    expect(light({}, 'turn off the lights')).toMatch(/^\? /);
    expect(light({}, 'turn off the two lights')).toMatch(/^\? /);
    expect(
      routed('set_door_lock', { locked: false }, { utterance: 'unlock the door', devices, last: 'Back door' }),
    ).toMatch(/^\? Back door/);
    const twins = [phone('a'), phone('b')];
    expect(routed('set_wifi', { enabled: true }, { target: 'my phone', devices: twins, last: 'a' })).toBe('? a | b');
    expect(routed('set_wifi', { enabled: true }, { target: 'phone', devices: twins, last: 'b' })).toBe('b');
  });

  it('nor is the only ready one, where a yes is needed', () => {
    const doors = [home('lock', 'Front door', 'Hall', offline), home('lock', 'Back door', 'Kitchen')];
    const door = { utterance: 'unlock the door', devices: doors };
    expect(routed('set_door_lock', { locked: false }, door)).toMatch(/^\? /);
    expect(routed('set_door_lock', { locked: true }, door)).toBe('Back door');
  });
});
