import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VirtualCar } from '../../src/virtual/car/virtual-car.js';
import { VirtualHome } from '../../src/virtual/home/virtual-home.js';
import { Cli } from '../support/cli.js';

describe('one sentence for phone, car and home', { timeout: 60_000 }, () => {
  it.each([
    ["text Mom I'm on my way, set the car to 21 degrees and turn off the living room lights", 'en-US'],
    ['给妈妈发短信说我在路上，车里调到21度，把客厅的灯关了', 'zh-CN'],
  ])('%s', async (sentence, locale) => {
    await using cli = await Cli.open();
    const { code, stdout } = await cli.run(['--yes', '--locale', locale, sentence]);
    expect(stdout).toMatch(/done {2}Send text message on Virtual Phone/);
    expect(stdout).toMatch(/done {2}Car temperature on Virtual Car.*\n\s+climate at 21 °C · read back/);
    expect(stdout).toMatch(/done {2}Lights on Living Room Ceiling Light.*\n.*: off · read back/);
    expect(stdout).toMatch(/3 of 3 done/);
    expect(code).toBe(0);
  });
});

describe('a home and a car that were added', { timeout: 120_000 }, () => {
  it('are looked for before they are kept, carry out sentences, and are forgotten', async () => {
    await using home = await VirtualHome.start({ username: 'me', password: 'hunter2', latencyMs: 10 });
    await using car = await VirtualCar.start({ token: 'secret-token', latencyMs: 10 });
    await using cli = await Cli.open({ HOME_SECRET: 'hunter2', CAR_SECRET: 'secret-token', WRONG: 'guess' });
    const wrong = await cli.run(['add', 'mqtt', home.url, '--username', 'me', '--secret-variable', 'WRONG']);
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    const added = await cli.run(['add', 'mqtt', home.url, '--username', 'me', '--secret-variable', 'HOME_SECRET']);
    expect(added.code, added.stderr).toBe(0);
    expect(added.stdout).toContain('Living Room Ceiling Light');
    const addedCar = await cli.run(['add', 'car', car.address, '--secret-variable', 'CAR_SECRET', '--name', 'Polo']);
    expect(addedCar.code, addedCar.stderr).toBe(0);
    const listed = await cli.run(['connections']);
    expect(listed.stdout).toMatch(/home {2}mqtt[\s\S]*Polo {2}kuksa/);
    expect(listed.stdout).not.toMatch(/hunter2|secret-token/);

    const done = await cli.run(['lock the car and set the bedroom light to 40 percent']);
    expect(done.code, done.stdout + done.stderr).toBe(0);
    expect(done.stderr).not.toContain('virtual phone');
    expect(home.state()['bedroom_light']).toMatchObject({ on: true, brightness: 40 });
    expect(home.effects).toHaveLength(1);

    expect((await cli.run(['remove', 'Polo'])).code).toBe(0);
    const gone = await cli.run(['lock the car']);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toContain('No car that can do this is connected.');
  });

  it('that are switched off keep no other device away, and nothing is simulated in their place', async () => {
    await using home = await VirtualHome.start({ latencyMs: 10 });
    const car = await VirtualCar.start();
    await using cli = await Cli.open();
    await cli.run(['add', 'mqtt', home.url]);
    await cli.run(['add', 'car', car.address]);
    await car.stop();
    const { code, stdout } = await cli.run(['lock the car and turn off the kitchen light']);
    expect(stdout).toMatch(/done {2}Lights on Kitchen Light/);
    expect(stdout).toMatch(/refused {2}Lock car/);
    expect(stdout).not.toContain('(virtual)');
    expect(code).toBe(1);
  });
});

describe('tentacle virtual', { timeout: 60_000 }, () => {
  it('runs a car and a home for other commands', async () => {
    await using cli = await Cli.open();
    const virtual = cli.start('virtual', '--port', '0');
    let shown = '';
    virtual.stdout?.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
    });
    while (!shown.includes('Ctrl+C')) await delay(20);
    const { code, stdout } = await cli.run(['start the vacuum and warm the car to 24']);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/Robot Vacuum: cleaning · read back/);
    const ended = once(virtual, 'exit');
    virtual.kill('SIGINT');
    await ended;
  });
});
