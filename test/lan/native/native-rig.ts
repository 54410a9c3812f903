import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Device } from '../../../src/core/device.js';
import type { Outcome } from '../../../src/core/outcome.js';
import type { CallArguments } from '../../../src/core/plan.js';
import type { Transport } from '../../../src/core/ports/transport.js';
import { createDevice, type DeviceOptions, type RunningDevice } from '../../../src/lan/device/create-device.js';
import { type DeviceFunction, defineFunction } from '../../../src/lan/device/define-function.js';
import { type Identity, loadIdentity } from '../../../src/lan/native/identity.js';
import { NativeTransport } from '../../../src/lan/native/native-transport.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

export const waiting = { signal: new AbortController().signal, timeoutMs: 10_000 };

/** The lamp of the examples: it keeps what it was told, and counts how often it was told. */
export class Lamp {
  power = false;
  brightness = 0;
  readonly runs: string[] = [];

  readonly setLight = defineFunction({
    name: 'set_light',
    args: z.object({ power: z.boolean().optional(), brightness: z.number().min(0).max(100).optional() }),
    repeat: 'safe',
    run: async ({ power, brightness }, { key }) => {
      const prior = { power: this.power };
      this.runs.push(key);
      this.power = power ?? this.power;
      this.brightness = brightness ?? this.brightness;
      return { receipt: this.power ? 'on' : 'off', readBack: true, prior };
    },
  });
}

export interface NativeRig extends AsyncDisposable {
  readonly folder: string;
  readonly device: RunningDevice;
  readonly identity: Identity;
  readonly transport: NativeTransport;
  readonly deviceId: string;
  readonly cleanup: Cleanup;
  call(name: string, args?: CallArguments, options?: Partial<CallOptions>): Promise<Outcome>;
  found(): Device | undefined;
}

export interface CallOptions {
  readonly key: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface RigOptions extends Partial<DeviceOptions> {
  readonly functions: readonly DeviceFunction[];
  /** The port that the computer dials instead of the device's own. */
  readonly via?: (device: RunningDevice) => number;
}

/** A device and a computer that are paired over real TLS sockets. */
export async function pairedRig(options: RigOptions): Promise<NativeRig> {
  const cleanup = new Cleanup();
  const folder = cleanup.use(temporaryFolder()).path;
  const { via, ...deviceOptions } = options;
  const device = cleanup.use(await startDevice(folder, deviceOptions));
  const identity = await loadIdentity(join(folder, 'computer'));
  const transport = cleanup.use(new NativeTransport({ folder: join(folder, 'computer'), identity }));
  const pin = await device.pairing.open();
  const paired = await transport.pair(`127.0.0.1:${via?.(device) ?? device.port}`, pin, waiting);
  if (!paired.ok) throw new TypeError(`Not paired: ${JSON.stringify(paired.error)}`);
  const deviceId = paired.value.id;
  return {
    folder,
    device,
    identity,
    transport,
    deviceId,
    cleanup,
    call: (name, args = {}, call = {}) => invoke(transport, deviceId, name, args, call),
    found: () => transport.devices().find(({ id }) => id === deviceId),
    [Symbol.asyncDispose]: () => cleanup[Symbol.asyncDispose](),
  };
}

/** The device of a rig, also for another start of it. */
export function startDevice(folder: string, options: Omit<RigOptions, 'via'>): Promise<RunningDevice> {
  return createDevice({
    name: 'Lamp',
    kind: 'home',
    room: 'kitchen',
    deviceClass: 'light',
    folder: join(folder, 'device'),
    onPin: () => {},
    host: '127.0.0.1',
    ...options,
  });
}

export function invoke(
  transport: Transport,
  deviceId: string,
  name: string,
  args: CallArguments,
  { key = randomUUID(), signal = waiting.signal, timeoutMs = 10_000 }: Partial<CallOptions> = {},
): Promise<Outcome> {
  return transport.invoke(deviceId, { callId: 'c1', function: name, args, contacts: {} }, { key, signal, timeoutMs });
}

/** Resolves when the condition holds, looked at on every change of a device and every few milliseconds. */
export async function until(holds: () => boolean, timeoutMs = 10_000): Promise<void> {
  const endsAt = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > endsAt) throw new TypeError('It did not come to hold in time.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
