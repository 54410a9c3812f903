import type { Device } from '../core/device.js';
import { offeredFunctions } from './functions/phone-functions.js';
import type { Route } from './route/route.js';

const STATE_ORDER: Readonly<Record<Device['state'], number>> = {
  ready: 0,
  unauthorized: 1,
  connecting: 2,
  unsupported: 3,
  offline: 4,
};

/** All the ways to one phone, best first. */
export interface PhoneRoutes {
  readonly serial: string;
  readonly routes: readonly [Route, ...Route[]];
}

/** Groups the ways by the phone they lead to: the same serial is the same phone, however it is reached. */
export function groupRoutes(routes: readonly Route[]): readonly PhoneRoutes[] {
  const groups = new Map<string, [Route, ...Route[]]>();
  for (const route of routes) {
    const serial = route.facts?.serial ?? route.provisionalSerial;
    const group = groups.get(serial);
    if (group) group.push(route);
    else groups.set(serial, [route]);
  }
  return [...groups].map(([serial, group]) => {
    group.sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || a.rank - b.rank);
    return { serial, routes: group };
  });
}

/** The phone as the rest of Tentacle sees it, by its best route. */
export function deviceOf(phone: PhoneRoutes): Device {
  const [best] = phone.routes;
  const facts = best.facts ?? phone.routes.find((route) => route.facts !== null)?.facts ?? null;
  const name = facts?.name ?? best.listedModel ?? `Phone ${phone.serial}`;
  const aliases = facts ? [facts.model, `${facts.maker} ${facts.model}`] : [phone.serial];
  return {
    id: `adb:${phone.serial}`,
    kind: 'phone',
    name,
    aliases: [...new Set(aliases.map((alias) => alias.trim()))].filter((alias) => alias !== '' && alias !== name),
    room: null,
    deviceClass: null,
    groups: [],
    transport: 'adb',
    address: best.address,
    state: best.state,
    stateReason: best.stateReason,
    virtual: facts?.virtual ?? false,
    functions: facts ? [...offeredFunctions(facts)] : [],
    details: facts
      ? {
          android: facts.release,
          'API level': String(facts.apiLevel),
          'patch level': facts.securityPatch || 'unknown',
          serial: facts.serial,
          routes: phone.routes.map((route) => `${route.address} ${route.state}`).join(', '),
        }
      : { serial: phone.serial },
  };
}
