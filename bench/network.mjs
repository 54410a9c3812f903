import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AdbTransport } from '../dist/adb/adb-transport.js';
import { systemClock } from '../dist/core/ports/clock.js';
import { MqttTransport } from '../dist/lan/mqtt/mqtt-transport.js';
import { KuksaTransport } from '../dist/lan/vehicle/kuksa-transport.js';
import { VirtualCar } from '../dist/virtual/car/virtual-car.js';
import { VirtualHome } from '../dist/virtual/home/virtual-home.js';
import { VirtualPhone } from '../dist/virtual/phone/virtual-phone.js';
import { Carrier, planOf } from './carrier.mjs';
import { round, summary, timed } from './statistics.mjs';

const ROUNDS = 200;

/** Opens things one after the other and closes them in reverse, whatever happens between. */
async function withResources(work) {
  const opened = [];
  const folder = mkdtempSync(join(tmpdir(), 'tentacle-bench-'));
  const keep = async (resource) => {
    opened.push(await resource);
    return opened.at(-1);
  };
  try {
    return await work(keep, folder);
  } finally {
    for (const resource of opened.reverse()) await resource[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function started(keep, transport) {
  await keep(transport);
  await transport.start({ signal: new AbortController().signal, timeoutMs: 15_000 });
  while (!transport.devices().some(({ state }) => state === 'ready')) await delay(20);
  return transport;
}

const home = (url, name) => new MqttTransport({ url, name, virtual: true });
const car = (address) => new KuksaTransport({ address, name: 'car', id: address, tls: null, virtual: true });
const phoneBridge = (folder, addresses) =>
  new AdbTransport({ dataFolder: folder, addresses, server: null, clock: systemClock, publicData: () => null });

/** One call on a device that answers at once: what each protocol costs, confirmation included. */
async function benchProtocols() {
  return withResources(async (keep, folder) => {
    const virtual = {
      phone: await keep(VirtualPhone.start()),
      car: await keep(VirtualCar.start({ latencyMs: 0 })),
      home: await keep(VirtualHome.start({ latencyMs: 0 })),
    };
    const transports = [
      await started(keep, phoneBridge(folder, [virtual.phone.address])),
      await started(keep, car(virtual.car.address)),
      await started(keep, home(virtual.home.url, 'home')),
    ];
    const carrier = await keep(new Carrier(folder, transports));
    const light = transports[2].devices().find(({ name }) => name === 'Bedroom Light');
    const turns = {
      adb: (round) => ({
        function: 'set_wifi',
        args: { enabled: round % 2 === 0 },
        device: transports[0].devices()[0].id,
      }),
      kuksa: (round) => ({
        function: 'set_fan_speed',
        args: { level: round % 100 },
        device: transports[1].devices()[0].id,
      }),
      mqtt: (round) => ({ function: 'set_light', args: { brightness: 1 + (round % 100) }, device: light.id }),
    };
    const result = {};
    for (const [name, call] of Object.entries(turns)) {
      const times = [];
      for (let round = 0; round < ROUNDS; round += 1)
        times.push(await timed(() => carrier.carryOut(planOf([call(round)]))));
      result[name] = summary(times);
    }
    return result;
  });
}

/** One plan for a slow phone, car and home: it takes as long as the slowest, not as long as all. */
async function benchTogether() {
  return withResources(async (keep, folder) => {
    const virtual = {
      // This call is three commands one after the other: some 400 ms.
      phone: await keep(VirtualPhone.start({ latencyMs: 128 })),
      car: await keep(VirtualCar.start({ latencyMs: 300 })),
      home: await keep(VirtualHome.start({ latencyMs: 200 })),
    };
    const transports = [
      await started(keep, phoneBridge(folder, [virtual.phone.address])),
      await started(keep, car(virtual.car.address)),
      await started(keep, home(virtual.home.url, 'home')),
    ];
    const carrier = await keep(new Carrier(folder, transports));
    const light = transports[2].devices().find(({ name }) => name === 'Bedroom Light');
    const calls = (round) => [
      { function: 'set_wifi', args: { enabled: round % 2 === 0 }, device: transports[0].devices()[0].id },
      { function: 'set_fan_speed', args: { level: 10 + round }, device: transports[1].devices()[0].id },
      { function: 'set_light', args: { brightness: 10 + round }, device: light.id },
    ];
    const alone = [[], [], []];
    const together = [];
    for (let round = 0; round < 10; round += 1) {
      for (const [index, call] of calls(2 * round).entries())
        alone[index].push(await timed(() => carrier.carryOut(planOf([call]))));
      together.push(await timed(() => carrier.carryOut(planOf(calls(2 * round + 1)))));
    }
    const [phone, vehicle, light200] = alone.map(summary);
    return { phone, car: vehicle, home: light200, together: summary(together) };
  });
}

/** What a thing of a virtual home can be told over and over, each time something new. */
const COMMANDS = {
  light: (round) => ({ function: 'set_light', args: { power: round % 2 === 0 } }),
  thermostat: (round) => ({ function: 'set_thermostat', args: { temperature: 15 + (round % 10) } }),
  fan: (round) => ({ function: 'set_fan', args: { power: round % 2 === 0 } }),
  switch: (round) => ({ function: 'set_switch', args: { name: 'it', power: round % 2 === 0 } }),
  tv: (round) => ({ function: 'set_tv_power', args: { power: round % 2 === 0 } }),
};
const HOMES = 24;
const DEVICE_MS = 20;

/**
 * 200 devices, 50 calls a second, each on its own beat. Two witnesses: how many commands the devices took, and how many calls
 * were reported done. The overhead is what a call takes beyond the device's own 20 ms.
 */
async function benchLoad(seconds) {
  return withResources(async (keep, folder) => {
    const homes = [];
    const transports = [];
    for (let index = 0; index < HOMES; index += 1) {
      homes.push(await keep(VirtualHome.start({ latencyMs: DEVICE_MS })));
      transports.push(await started(keep, home(homes[index].url, `home ${index}`)));
    }
    const devices = transports
      .flatMap((transport) => transport.devices())
      .filter(({ deviceClass }) => deviceClass in COMMANDS)
      .slice(0, 200);
    const carrier = await keep(new Carrier(folder, transports));
    const effectsBefore = homes.reduce((sum, { effects }) => sum + effects.length, 0);
    const [times, notDone, running] = [[], [], []];
    const begun = performance.now();
    for (let count = 0; count < seconds * 50; count += 1) {
      const device = devices[count % devices.length];
      const call = { ...COMMANDS[device.deviceClass](Math.floor(count / devices.length)), device: device.id };
      const due = begun + count * 20;
      if (due > performance.now()) await delay(due - performance.now());
      running.push(
        timed(async () => {
          const { calls } = await carrier.report(planOf([call]));
          if (calls[0].outcome.status !== 'done') notDone.push(calls[0].outcome);
        }).then((ms) => times.push(ms - DEVICE_MS)),
      );
    }
    await Promise.all(running);
    const effects = homes.reduce((sum, { effects }) => sum + effects.length, 0) - effectsBefore;
    return {
      devices: devices.length,
      seconds: round((performance.now() - begun) / 1000),
      calls: times.length,
      effects,
      notDone: notDone.length,
      firstNotDone: notDone[0] ?? null,
      overhead: summary(times),
    };
  });
}

export async function benchNetwork({ seconds }) {
  return { protocols: await benchProtocols(), together: await benchTogether(), load: await benchLoad(seconds) };
}
