import type { Outcome } from '../../../../src/core/outcome.js';
import type { CallArguments } from '../../../../src/core/plan.js';
import { OvmsTransport, type OvmsTransportOptions } from '../../../../src/lan/vehicle/ovms/ovms-transport.js';
import { VirtualOvmsCar, type VirtualOvmsCarOptions } from '../../../../src/virtual/ovms/virtual-ovms-car.js';
import { Cleanup } from '../../../support/cleanup.js';

export interface OvmsRig extends AsyncDisposable {
  readonly car: VirtualOvmsCar;
  readonly transport: OvmsTransport;
  readonly deviceId: string;
  invoke(name: string, args?: CallArguments, options?: { signal?: AbortSignal; timeoutMs?: number }): Promise<Outcome>;
}

/** A virtual car, and the transport that has found it, or has seen that it is not there. */
export async function openOvms(
  options: {
    readonly car?: VirtualOvmsCarOptions;
    readonly transport?: Partial<OvmsTransportOptions>;
    readonly withoutPin?: boolean;
    /** Lets it find the topics by the user name, as the firmware makes them. */
    readonly byUser?: boolean;
  } = {},
): Promise<OvmsRig> {
  const stack = new Cleanup();
  const car = stack.use(await VirtualOvmsCar.start({ latencyMs: 20, ...options.car }));
  const transport = stack.use(
    new OvmsTransport({
      ...(options.withoutPin ? {} : { pin: '1234' }),
      url: car.url,
      vehicle: car.vehicle,
      ...(options.byUser ? {} : { prefix: car.prefix }),
      name: 'My car',
      virtual: true,
      answerMs: 300,
      confirmMs: 1_500,
      pollMs: 50,
      ...options.transport,
    }),
  );
  await transport.start({ signal: new AbortController().signal, timeoutMs: 10_000 });
  const deviceId = transport.devices()[0]?.id ?? '';
  return {
    car,
    transport,
    deviceId,
    invoke: (name, args = {}, { signal = new AbortController().signal, timeoutMs = 10_000 } = {}) =>
      transport.invoke(
        deviceId,
        { callId: 'c1', function: name, args, contacts: {} },
        { key: crypto.randomUUID(), signal, timeoutMs },
      ),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

/** What its shell was told, without what changes nothing. */
export const commandsOf = (car: VirtualOvmsCar): readonly string[] =>
  car.lines.map(({ line }) => line).filter((line) => !line.startsWith('server v3 '));
