import { describeTransport } from '../transport-contract.js';
import { openRig } from './phone-rig.js';

describeTransport('adb', async () => {
  const rig = await openRig('direct TCP');
  return {
    transport: rig.transport,
    deviceId: rig.deviceId,
    call: { function: 'set_wifi', args: { enabled: true } },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
});
