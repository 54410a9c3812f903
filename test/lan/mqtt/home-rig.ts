import type { Outcome } from '../../../src/core/outcome.js';
import { MqttTransport, type MqttTransportOptions } from '../../../src/lan/mqtt/mqtt-transport.js';
import { VirtualHome, type VirtualHomeOptions } from '../../../src/virtual/home/virtual-home.js';

export interface HomeRig extends AsyncDisposable {
  readonly home: VirtualHome;
  readonly transport: MqttTransport;
  /** The device of this name. */
  idOf(name: string): string;
  call(
    name: string,
    functionName: string,
    args: Readonly<Record<string, string | number | boolean>>,
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ): Promise<Outcome>;
}

/** A virtual home, and the transport that has found it. */
export async function openHome(
  options: { readonly home?: VirtualHomeOptions; readonly transport?: Partial<MqttTransportOptions> } = {},
): Promise<HomeRig> {
  const home = await VirtualHome.start({ latencyMs: 5, motionMs: 300, ...options.home });
  const transport = new MqttTransport({
    url: home.url,
    name: 'Virtual home',
    virtual: true,
    patienceMs: 600,
    settleMs: 150,
    ...options.transport,
  });
  await transport.start({ signal: new AbortController().signal, timeoutMs: 10_000 });
  const idOf = (name: string): string => transport.devices().find((device) => device.name === name)?.id ?? `no ${name}`;
  return {
    home,
    transport,
    idOf,
    call: (name, functionName, args, { timeoutMs = 8_000, signal = new AbortController().signal } = {}) =>
      transport.invoke(
        idOf(name),
        { callId: 'c1', function: functionName, args, contacts: {} },
        { key: crypto.randomUUID(), signal, timeoutMs },
      ),
    [Symbol.asyncDispose]: async () => {
      await transport[Symbol.asyncDispose]();
      await home.stop();
    },
  };
}
