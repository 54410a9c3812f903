import { describeTransport } from '../../../transport-contract.js';
import { openOvms } from './ovms-rig.js';

describeTransport('ovms', async () => {
  const rig = await openOvms();
  return {
    transport: rig.transport,
    deviceId: rig.deviceId,
    call: { function: 'set_climate_power', args: { power: true } },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
});
