import type { Outcome } from '../../../src/core/outcome.js';
import type { CallArguments } from '../../../src/core/plan.js';
import { KuksaTransport, type KuksaTransportOptions } from '../../../src/lan/vehicle/kuksa-transport.js';

export interface CarRig extends AsyncDisposable {
  readonly transport: KuksaTransport;
  readonly deviceId: string;
  invoke(name: string, args?: CallArguments, options?: { signal?: AbortSignal; timeoutMs?: number }): Promise<Outcome>;
}

/** The adapter, connected to whatever listens at the address. */
export async function openCar(
  options: Pick<KuksaTransportOptions, 'address'> & Partial<KuksaTransportOptions>,
): Promise<CarRig> {
  const transport = new KuksaTransport({
    name: 'My car',
    virtual: true,
    confirmMs: 5_000,
    reconnect: { firstMs: 50, mostMs: 200 },
    ...options,
  });
  await transport.start({ signal: new AbortController().signal, timeoutMs: 10_000 });
  let count = 0;
  return {
    transport,
    get deviceId() {
      return transport.devices()[0]?.id ?? '';
    },
    invoke: (name, args = {}, { signal = new AbortController().signal, timeoutMs = 20_000 } = {}) => {
      count += 1;
      return transport.invoke(
        transport.devices()[0]?.id ?? '',
        { callId: `c${count}`, function: name, args, contacts: {} },
        { key: `key-${count}`, signal, timeoutMs },
      );
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}

/** What an outcome says, whichever it is. */
export function wordsOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'done':
      return outcome.receipt;
    case 'handed-over':
      return outcome.left;
    case 'failed':
      return `${outcome.failure.message} ${outcome.failure.next}`;
    default:
      return outcome.why;
  }
}
