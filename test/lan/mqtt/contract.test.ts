import { describeTransport } from '../../transport-contract.js';
import { openHome } from './home-rig.js';

describeTransport('mqtt', async () => {
  const rig = await openHome();
  return {
    transport: rig.transport,
    deviceId: rig.idOf('Kitchen Light'),
    call: { function: 'set_light', args: { power: true } },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
});
