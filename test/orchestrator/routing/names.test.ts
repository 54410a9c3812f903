import { describe, expect, it } from 'vitest';
import {
  car,
  cars,
  chineseFamily,
  chineseHouse,
  computer,
  family,
  home,
  house,
  offline,
  phone,
  routed,
} from './homes.js';

const wifi = { enabled: true };
const onTv = { power: true };

describe('a phone that was named', () => {
  it.each([
    ["Dad's phone", "Dad's phone"],
    ["dad's phone", "Dad's phone"],
    ['Dads phone', "Dad's phone"],
    ['my dad’s mobile', "Dad's phone"],
    ["father's phone", "Dad's phone"],
    ['爸爸的手机', "Dad's phone"],
    ['爸爸手机', "Dad's phone"],
    ['the Pixel', "Dad's phone"],
    ['pixel 8', "Dad's phone"],
    ['Pixel8', "Dad's phone"],
    ["Mum's phone", 'Galaxy S23'],
    ["mom's Galaxy", 'Galaxy S23'],
    ['妈妈的手机', 'Galaxy S23'],
    ['三星手机', 'Galaxy S23'],
    ['the S23', 'Galaxy S23'],
    ["Lena's phone", "Lena's phone"],
    ["lena's cell phone", "Lena's phone"],
    ['Fairphon', "Lena's phone"],
    ['Fiarphone', "Lena's phone"],
    ['my tablet', 'Kitchen tablet'],
    ['the tablet in the kitchen', 'Kitchen tablet'],
    ['厨房的平板', 'Kitchen tablet'],
    ['Galaxy Tab', 'Kitchen tablet'],
  ])('%s', (target, device) => expect(routed('set_wifi', wifi, { target, devices: family })).toBe(device));

  it.each([
    'pixel 7',
    'Pixel 8 Pro',
    'the iPhone',
    "Dan's phone",
    'Lenas old phone',
    "Dad's other phone",
    'the Galaxy',
    'my phone',
    'the phone',
    '我的手机',
    "Tim's phone",
    "grandma's phone",
    '奶奶的手机',
    'the watch',
    'the laptop',
    'bedroom tablet',
    'S22',
  ])('asks for %s', (target) => expect(routed('set_wifi', wifi, { target, devices: family })).toMatch(/^\? /));

  it('asks with the nearest names first', () => {
    expect(routed('set_wifi', wifi, { target: 'pixel 7', devices: family })).toMatch(/^\? Dad's phone \|/);
    expect(routed('set_wifi', wifi, { target: 'kitchen tablets in blue', devices: family })).toMatch(
      /^\? Kitchen tablet/,
    );
  });

  it('takes a misspelling for nobody when two are near, or when somebody is at stake', () => {
    const two = [phone("Jonas's phone"), phone("Jonah's phone")];
    expect(routed('set_wifi', wifi, { target: "Jona's phone", devices: two })).toMatch(/^\? /);
    const one = [phone("Jonas's phone"), phone('Nokia')];
    expect(routed('set_wifi', wifi, { target: 'Jonass phone', devices: one })).toBe("Jonas's phone");
    const message = { contact_name: 'Anna', message: 'hi' };
    expect(routed('send_text_message', message, { target: 'Jonass phone', devices: one })).toBe("? Jonas's phone");
  });

  it('never takes another for one that is out of reach', () => {
    const away = phone("Anna's phone", { ...offline, functions: [] });
    const devices = [away, phone("Anne's phone"), phone("Anna's work phone")];
    expect(routed('set_wifi', wifi, { target: "Anna's phone", devices })).toMatch(/^\? /);
    expect(routed('set_wifi', wifi, { target: "Anna's phone", devices: devices.slice(0, 2) })).toMatch(/^\? /);
  });

  it('takes the named one even when it is not ready, and of two that are alike the ready one', () => {
    const devices = [phone('Nokia', offline), phone('Pixel')];
    expect(routed('set_wifi', wifi, { target: 'nokia', devices })).toBe('Nokia');
    const alike = [phone('a', { name: 'Tablet', ...offline }), phone('b', { name: 'Tablet' })];
    expect(routed('set_wifi', wifi, { target: 'the tablet', devices: alike })).toBe('b');
  });

  it.each([
    ['爸爸的手机', '爸爸的手机'],
    ['老爸手机', '爸爸的手机'],
    ["Dad's phone", '爸爸的手机'],
    ["mom's phone", '妈妈的手机'],
    ['华为手机', '妈妈的手机'],
    ['小明手机', '小明的手机'],
    ['小明的手机', '小明的手机'],
    ['Xiaomi 14', '爸爸的手机'],
    ['小米手机', '爸爸的手机'],
  ])('%s', (target, device) => expect(routed('set_wifi', wifi, { target, devices: chineseFamily })).toBe(device));

  it.each(['奶奶的手机', '小红的手机', '手机', '我的手机', '小米13', '明明的手机', '旧手机', '小明的平板'])(
    'asks for %s',
    (target) => expect(routed('set_wifi', wifi, { target, devices: chineseFamily })).toMatch(/^\? /),
  );
});

describe('a car that was named', () => {
  it.each([
    ['the van', 'VW Transporter'],
    ['面包车', 'VW Transporter'],
    ['Volkswagen', 'VW Transporter'],
    ['大众', 'VW Transporter'],
    ['my Tesla', 'Tesla Model Y'],
    ['特斯拉', 'Tesla Model Y'],
    ['model y', 'Tesla Model Y'],
  ])('%s', (target, device) =>
    expect(routed('get_vehicle_status', { item: 'battery' }, { target, devices: cars })).toBe(device),
  );

  it.each(['the truck', 'my car', '车', 'Model X', '皮卡', 'the old van'])('asks for %s', (target) =>
    expect(routed('get_vehicle_status', { item: 'battery' }, { target, devices: cars })).toMatch(/^\? /),
  );

  it('"the van" is the only car there is, unless that one is of another type', () => {
    const status = { item: 'all' };
    expect(routed('get_vehicle_status', status, { target: 'the van', devices: [car('ID. Buzz')] })).toBe('ID. Buzz');
    expect(routed('get_vehicle_status', status, { target: '面包车', devices: [car('五菱宏光')] })).toBe('五菱宏光');
    expect(routed('get_vehicle_status', status, { target: 'the van', devices: [car('Ford pickup')] })).toMatch(/^\? /);
    const laptops = [computer('ThinkPad'), computer('Tower', { aliases: ['desktop'] })];
    expect(routed('lock_screen', {}, { target: 'my laptop', devices: laptops })).toMatch(/^\? /);
    expect(routed('lock_screen', {}, { target: '台式机', devices: laptops })).toBe('Tower');
    expect(routed('lock_screen', {}, { target: 'the laptop', devices: laptops.slice(0, 1) })).toBe('ThinkPad');
  });
});

describe('a thing of the house that was named', () => {
  it.each([
    ['the bedroom TV', 'Bedroom TV'],
    ['bedroom telly', 'Bedroom TV'],
    ['卧室电视', 'Bedroom TV'],
    ['卧室的电视', 'Bedroom TV'],
    ['the television in the bedroom', 'Bedroom TV'],
    ['living room TV', 'Samsung Frame'],
    ['lounge telly', 'Samsung Frame'],
    ['the TV in the sitting room', 'Samsung Frame'],
    ['客厅电视', 'Samsung Frame'],
    ['the Frame', 'Samsung Frame'],
    ['Samsung', 'Samsung Frame'],
    ['the TV upstairs', 'Bedroom TV'],
    ['楼上的电视', 'Bedroom TV'],
  ])('%s', (target, device) => expect(routed('set_tv_power', onTv, { target, devices: house })).toBe(device));

  it.each(['kitchen TV', 'the TV', '电视', 'kids bedroom TV', 'the LG', '厨房电视', 'Bedroom TV 2'])(
    'asks for %s',
    (target) => expect(routed('set_tv_power', onTv, { target, devices: house })).toMatch(/^\? /),
  );

  it.each([
    ['客厅电视', '客厅电视'],
    ['客厅的电视', '客厅电视'],
    ['living room TV', '客厅电视'],
    ['卧室电视', '卧室电视'],
    ['master bedroom TV', '卧室电视'],
    ['主卧的电视', '卧室电视'],
    ['家里客厅的电视机', '客厅电视'],
    ['客厅ＴＶ', '客厅电视'],
  ])('%s', (target, device) => expect(routed('set_tv_power', onTv, { target, devices: chineseHouse })).toBe(device));

  it.each(['次卧电视', '书房电视', '厨房的电视', 'second bedroom TV'])('asks for %s', (target) =>
    expect(routed('set_tv_power', onTv, { target, devices: chineseHouse })).toMatch(/^\? /),
  );

  it.each([
    ['front door', 'Front door'],
    ['the front door', 'Front door'],
    ['back door', 'Back door'],
    ['rear door', 'Back door'],
    ['kitchen door', 'Back door'],
    ['前门', 'Front door'],
    ['大门', 'Front door'],
    ['后门', 'Back door'],
    ['front door lock', 'Front door'],
  ])('locks the %s', (door, device) =>
    expect(routed('set_door_lock', { locked: true, door }, { devices: house })).toBe(device),
  );

  it.each(['side door', 'garage door', 'door', '门', 'cellar door', 'frost door', 'left door'])(
    'asks for the %s',
    (door) => expect(routed('set_door_lock', { locked: false, door }, { devices: house })).toMatch(/^\? /),
  );

  it.each([
    ['coffee maker', 'Coffee maker'],
    ['coffee machine', 'Coffee maker'],
    ['咖啡机', 'Coffee maker'],
    ['cofee maker', 'Coffee maker'],
    ['coffee maker plug', 'Coffee maker'],
    ['christmas tree', 'Christmas tree'],
    ['chritsmas tree', 'Christmas tree'],
    ['圣诞树', 'Christmas tree'],
    ['plug', '?'],
    ['kettle', '?'],
    ['christmas lights', '?'],
  ])('switches the %s', (name, device) =>
    expect(routed('set_switch', { name, power: true }, { devices: house }).slice(0, device.length)).toBe(device),
  );

  it.each([
    ['插座2', '插座2'],
    ['2号插座', '插座2'],
    ['二号插座', '插座2'],
    ['空气净化器', '空气净化器'],
    ['air purifier', '空气净化器'],
    ['客厅空气净化器', '空气净化器'],
    ['插座3', '?'],
    ['三号插座', '?'],
  ])('switches %s', (name, device) =>
    expect(routed('set_switch', { name, power: true }, { devices: chineseHouse }).slice(0, device.length)).toBe(device),
  );

  it.each([
    ['front door', 'Front door'],
    ['hall light', 'Hall light'],
    ['bedroom light', 'Bedroom light'],
    ['lights in the bedroom', 'Bedroom light'],
    ['kids bedroom light', "Kids' bedroom light"],
    ['bedroom fan', 'Bedroom fan'],
    ['bedroom curtain', 'Bedroom curtain'],
    ['garage door', 'Garage door'],
    ['nursery sensor', 'Nursery sensor'],
    ['kitchen light', '?'],
    ['fridge', '?'],
    ['nursery light', '?'],
  ])('reads the %s', (name, device) =>
    expect(routed('get_device_state', { name }, { devices: house }).slice(0, device.length)).toBe(device),
  );

  it('has the very name before what is only called likewise', () => {
    const lights = [home('light', 'Kitchen light', 'Kitchen'), home('light', 'Kitchen lamp', 'Kitchen')];
    expect(routed('get_device_state', { name: 'kitchen lamp' }, { devices: lights })).toBe('Kitchen lamp');
    expect(routed('get_device_state', { name: '厨房的灯' }, { devices: lights })).toMatch(/^\? /);
  });

  it('shows a name with its room, and whether it can be reached', () => {
    const devices = [
      home('tv', 'Frame', 'Living room'),
      home('tv', 'Old one', 'Loft', offline),
      home('tv', 'Den TV', 'Den'),
    ];
    expect(routed('set_tv_power', onTv, { devices })).toBe('? Frame (Living room) | Den TV | Old one (Loft), offline');
  });
});
