import { describeTransport } from '../transport-contract.js';
import { FakeTransport } from './fake-transport.js';

describeTransport('fake', async () => {
  const transport = new FakeTransport();
  return {
    transport,
    deviceId: 'fake:1',
    call: { function: 'set_wifi', args: { enabled: true } },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
});
