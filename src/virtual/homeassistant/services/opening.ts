import { become, invalid, move, numberIn, type Service, type ServiceCall, textIn } from './service.js';

/** A lock that asks for a code does so for locking as well; a default code in its options is filled in. */
function withCode(call: ServiceCall, then: () => undefined): ReturnType<Service['handle']> {
  const format = call.entity.attributes['code_format'];
  const code = textIn(call.data, 'code') ?? call.defaultCode ?? '';
  if (typeof format === 'string' && !new RegExp(format).test(code))
    return invalid(`The code for ${call.entity.entityId} doesn't match pattern ${format}.`);
  return then();
}

export const lockServices: Readonly<Record<string, Service>> = {
  lock: {
    handle: (call) =>
      withCode(call, () => move(call, 'locking', call.entity.attributes['bolt'] === 'stuck' ? 'jammed' : 'locked')),
  },
  unlock: { handle: (call) => withCode(call, () => move(call, 'unlocking', 'unlocked')) },
};

function travel(call: ServiceCall, position: number): undefined {
  const from = numberIn(call.entity.attributes, 'current_position') ?? (call.entity.state === 'open' ? 100 : 0);
  const knows = 'current_position' in call.entity.attributes;
  const arrived = position === 0 ? 'closed' : 'open';
  if (from === position && call.entity.state === arrived) return become(call, arrived);
  return move(call, position < from ? 'closing' : 'opening', arrived, knows ? { current_position: position } : {});
}

export const coverServices: Readonly<Record<string, Service>> = {
  open_cover: { needs: 1, handle: (call) => travel(call, 100) },
  close_cover: { needs: 2, handle: (call) => travel(call, 0) },
  set_cover_position: { needs: 4, handle: (call) => travel(call, numberIn(call.data, 'position') ?? 0) },
  stop_cover: { needs: 8, handle: (call) => become(call, 'open') },
};
