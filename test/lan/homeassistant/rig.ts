import type { Device } from '../../../src/core/device.js';
import type { Outcome } from '../../../src/core/outcome.js';
import {
  type HomeAssistantOptions,
  HomeAssistantTransport,
} from '../../../src/lan/homeassistant/homeassistant-transport.js';
import type { House } from '../../../src/virtual/homeassistant/house.js';
import { VirtualHomeAssistant } from '../../../src/virtual/homeassistant/virtual-homeassistant.js';

export const TOKEN = 'a-long-lived-access-token';

type Args = Readonly<Record<string, string | number | boolean>>;

/** A transport and the stand-in that it is connected to over a real WebSocket. */
export class Rig implements AsyncDisposable {
  readonly server: VirtualHomeAssistant;
  readonly transport: HomeAssistantTransport;

  private constructor(server: VirtualHomeAssistant, options: Partial<HomeAssistantOptions>) {
    this.server = server;
    this.transport = new HomeAssistantTransport({
      url: server.url,
      token: TOKEN,
      name: 'Home',
      virtual: true,
      backOff: { minMs: 20, maxMs: 100 },
      ...options,
    });
  }

  static async open(
    options: Partial<HomeAssistantOptions> = {},
    prepare: (server: VirtualHomeAssistant) => void = () => {},
  ): Promise<Rig> {
    const server = await VirtualHomeAssistant.start({ token: TOKEN });
    prepare(server);
    const rig = new Rig(server, options);
    await rig.start();
    return rig;
  }

  start(): Promise<void> {
    return this.transport.start({ signal: new AbortController().signal, timeoutMs: 10_000 });
  }

  get house(): House {
    return this.server.house;
  }

  /** The device that a person calls so. */
  device(name: string): Device {
    const found = this.find(name);
    if (!found) throw new Error(`no device ${name} among ${this.names().join(', ')}`);
    return found;
  }

  find(name: string): Device | undefined {
    return this.transport.devices().find((device) => device.name === name);
  }

  names(): string[] {
    return this.transport.devices().map(({ name }) => name);
  }

  problems(): string[] {
    return this.transport.problems().map(({ code }) => code);
  }

  invoke(name: string, functionName: string, args: Args, timeoutMs = 5_000, signal?: AbortSignal): Promise<Outcome> {
    return this.transport.invoke(
      this.device(name).id,
      { callId: 'c1', function: functionName, args, contacts: {} },
      { key: 'key', signal: signal ?? new AbortController().signal, timeoutMs },
    );
  }

  /** The services that were called, in order. */
  services(): string[] {
    return this.house.calls.map(({ service }) => service);
  }

  /** Waits until it is so, for two seconds. */
  async until(isSo: () => boolean): Promise<void> {
    for (const end = Date.now() + 2_000; !isSo() && Date.now() < end; ) await new Promise((go) => setTimeout(go, 10));
    if (!isSo()) throw new Error(`it did not come to be: ${isSo}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.transport[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
  }
}
