import { z } from 'zod';
import { createDevice, defineFunction } from '../../../src/lan/device/public.js';

let isOn = false;
const setLight = defineFunction({
  name: 'set_light',
  args: z.object({ power: z.boolean() }),
  repeat: 'safe',
  run: async ({ power }) => {
    isOn = power;
    return { receipt: isOn ? 'on' : 'off', readBack: true };
  },
});
export const lamp = await createDevice({
  name: 'Desk lamp',
  kind: 'home',
  room: 'study',
  deviceClass: 'light',
  folder: `${process.env['HOME']}/.desk-lamp`,
  functions: [setLight],
  onPin: (pin) => console.log(pin === null ? 'Pairing is shut.' : `Port ${lamp.port}, PIN ${pin}`),
});
await lamp.pairing.open();
