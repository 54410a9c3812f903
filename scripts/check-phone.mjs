#!/usr/bin/env node
/**
 * Carries out phone functions on one real (or virtual) phone and prints what came of each.
 *
 *   npm run test:phone -- <serial or host:port> [--traces] [--number <phone number>]
 *
 * Without options only functions that leave nothing behind run. `--traces` adds those that do (an alarm, a timer, a contact, a
 * calendar event, a photo); `--number` adds a text message to that number. Reads go first; switches are put back.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AdbTransport } from '../dist/adb/adb-transport.js';
import { systemClock } from '../dist/core/ports/clock.js';
import { adbServerAddress } from '../dist/main/adb-server-address.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { traces: { type: 'boolean', default: false }, number: { type: 'string' } },
});
const [wanted] = positionals;
if (wanted === undefined) {
  console.error('usage: npm run test:phone -- <serial or host:port> [--traces] [--number <phone number>]');
  process.exit(2);
}

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const calls = [
  ['get_battery_level', {}],
  ['get_current_location', {}],
  ['read_messages', {}],
  ['take_screenshot', {}],
  ['change_screen_brightness', { level: 50 }],
  ['set_volume', { level: 40, volume_type: 'media' }],
  ['set_volume', { level: 60, volume_type: 'ring' }],
  ['enable_do_not_disturb', { enabled: true }],
  ['enable_do_not_disturb', { enabled: false }],
  ['set_flashlight', { enabled: true }],
  ['set_flashlight', { enabled: false }],
  ['set_bluetooth', { enabled: true }],
  ['set_wifi', { enabled: true }],
  ['open_app', { app_name: 'settings' }],
  ['web_search', { query: "what's a tentacle?" }],
  ['search_youtube_videos', { query: 'octopus & squid' }],
  ['find_route_google_maps', { destination: 'Main Station', mode: 'walking' }],
  ['search_amazon', { query: 'usb cable' }],
  ['order_food', { query: 'pizza' }],
  ['order_groceries', { query: 'milk' }],
  ['play_music', { query: 'Mozart' }],
  ['media_control', { action: 'pause' }],
  ...(values.traces
    ? [
        ['take_a_photo', { camera: 'back' }],
        ['set_timer_alarm', { time: '06:41', label: 'Tentacle test' }],
        ['start_timer', { duration: 3_600, label: 'Tentacle test' }],
        ['create_contact', { name: "Tentacle Test: it's one", phone_number: '+15550199' }],
        ['get_contact', { name: 'Tentacle Test' }],
        ['create_calendar_event', { title: "Tentacle test: it's one", start_time: `${tomorrow}T09:00` }],
      ]
    : []),
  ...(values.number
    ? [['send_text_message', { contact_name: values.number, message: "Tentacle test: it's one; 100 % & 'quoted' 🎉" }]]
    : []),
];

const transport = new AdbTransport({
  dataFolder: mkdtempSync(join(tmpdir(), 'tentacle-phone-')),
  addresses: wanted.includes(':') ? [wanted] : [],
  server: adbServerAddress(process.env),
  clock: systemClock,
  publicData: () => null,
});
const { signal } = new AbortController();
await transport.start({ signal, timeoutMs: 10_000 });
const phone = transport.devices().find(({ id, address }) => id === `adb:${wanted}` || address === wanted);
if (phone?.state !== 'ready') {
  console.error(`${wanted} is not ready${phone ? `: ${phone.stateReason}` : '.'}`);
  for (const { message, next } of transport.problems()) console.error(message, next);
  process.exit(1);
}
console.log(`${phone.name}, Android ${phone.details.android}, API level ${phone.details['API level']}`);

const words = (outcome) => {
  if (outcome.status === 'done') return outcome.receipt;
  if (outcome.status === 'handed-over') return `${outcome.receipt} Left: ${outcome.left}`;
  return outcome.status === 'failed'
    ? `${outcome.failure.code}: ${outcome.failure.message} ${outcome.failure.detail ?? ''}`
    : outcome.why;
};
let unsure = 0;
for (const [name, args] of calls) {
  const begun = performance.now();
  const outcome = await transport.invoke(
    phone.id,
    { callId: 'c1', function: name, args, contacts: {} },
    { key: randomUUID(), signal, timeoutMs: 60_000 },
  );
  if (!['done', 'handed-over'].includes(outcome.status)) unsure += 1;
  const status = outcome.status === 'done' ? `done, ${outcome.proof}` : outcome.status;
  console.log(
    `${name.padEnd(26)} ${status.padEnd(18)} ${String(Math.round(performance.now() - begun)).padStart(6)} ms  ${words(outcome).replace(/\s+/g, ' ').slice(0, 160)}`,
  );
}
await transport[Symbol.asyncDispose]();
console.log(unsure === 0 ? 'Every function was done or handed over.' : `${unsure} of ${calls.length} were not.`);
process.exit(unsure === 0 ? 0 : 1);
