import type { Device } from '../../src/core/device.js';
import type { Failure } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { Contact } from '../../src/core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../src/core/ports/transport.js';
import { err, ok, type Result } from '../../src/core/result.js';

export const done = (value: string | null = null): Outcome => ({
  status: 'done',
  proof: 'read-back',
  receipt: 'it is so',
  data: value === null ? null : { value, text: value, source: 'device' },
  prior: null,
});

export function fakeDevice(overrides: Partial<Device> = {}): Device {
  return {
    id: 'fake:1',
    kind: 'phone',
    name: 'Fake',
    aliases: [],
    room: null,
    deviceClass: null,
    groups: [],
    transport: 'fake',
    address: 'nowhere',
    state: 'ready',
    stateReason: null,
    virtual: true,
    functions: ['set_wifi', 'send_text_message', 'get_weather_forecast', 'open_app'],
    details: {},
    ...overrides,
  };
}

const unknownDevice: Failure = {
  code: 'DEVICE_UNKNOWN',
  fault: 'link',
  message: 'No such device.',
  next: 'Connect it.',
};

export type Answer = (invocation: Invocation, options: InvokeOptions) => Promise<Outcome>;

/** A transport whose answers a test writes. Keeps what was asked of it, in order. */
export class FakeTransport implements Transport {
  readonly name = 'fake';
  readonly invocations: { readonly deviceId: string; readonly invocation: Invocation; readonly key: string }[] = [];
  readonly #devices: readonly Device[];
  readonly #answer: Answer;

  constructor(answer: Answer = async () => done(), devices: readonly Device[] = [fakeDevice()]) {
    this.#answer = answer;
    this.#devices = devices;
  }

  devices(): readonly Device[] {
    return this.#devices;
  }

  watch(): () => void {
    return () => {};
  }

  async invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const device = this.#devices.find(({ id }) => id === deviceId);
    if (!device?.functions.includes(invocation.function)) return { status: 'failed', failure: unknownDevice };
    if (options.signal.aborted) return { status: 'refused', by: 'user', why: 'Cancelled before it was sent.' };
    this.invocations.push({ deviceId, invocation, key: options.key });
    return this.#answer(invocation, options);
  }

  async findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return this.#devices.some(({ id }) => id === deviceId) ? ok([]) : err(unknownDevice);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
