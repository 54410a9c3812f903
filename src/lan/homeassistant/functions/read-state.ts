import type { Outcome } from '../../../core/outcome.js';
import { untrusted } from '../../../core/outcomes.js';
import type { HomeCall } from './home-call.js';

export async function getDeviceState(call: HomeCall): Promise<Outcome> {
  const entity = await call.read();
  const text = call.describe(entity);
  return call.done(entity, { data: untrusted(text, `${call.name}: ${text}`, call.name) });
}

export async function checkSmokeDetector(call: HomeCall): Promise<Outcome> {
  const entity = await call.read();
  const text = entity.state === 'on' ? `Smoke detected by ${call.name}!` : `${call.name}: no smoke`;
  return call.done(entity, { data: untrusted(text, text, call.name) }, text);
}
