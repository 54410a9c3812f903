import { createDevice, defineFunction } from 'tentacle/device';
import { z } from 'zod';

let isOn = false;
const args = z.object({ power: z.boolean() });
const run = async ({ power }) => ({ receipt: (isOn = power) ? 'on' : 'off', readBack: true });
const functions = [defineFunction({ name: 'set_light', args, repeat: 'safe', run })];
const onPin = (pin) => console.log(pin ? `PIN ${pin}` : 'Pairing is shut.');
const lamp = await createDevice({ name: 'Desk lamp', kind: 'home', deviceClass: 'light', folder: 'lamp', functions, onPin });
console.log(`Port ${lamp.port}`);
await lamp.pairing.open();
