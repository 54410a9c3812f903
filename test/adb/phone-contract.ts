import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findFunction } from '../../src/catalog/catalog.js';
import { phoneFunctions } from '../../src/catalog/phone.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { CallArguments } from '../../src/core/plan.js';
import type { PhoneState } from '../../src/virtual/phone/state/phone-state.js';
import type { PhoneRig } from './phone-rig.js';

interface Case {
  readonly function: string;
  readonly args: CallArguments;
  readonly status: Outcome['status'];
  readonly proof?: 'read-back' | 'device-said';
  /** What the receipt, the rest left to the user or the failure must say. */
  readonly says: RegExp;
  /** What the phone itself must know afterwards. */
  readonly state: (state: PhoneState) => unknown;
  readonly is: unknown;
  /** A command past the bridge, and what it must print. */
  readonly shell?: readonly [command: string, prints: RegExp];
}

const whenLocal = (text: string): number => new Date(text).getTime();

/** Every phone function of the catalogue, with the effect that the phone, its shell and the report must agree on. */
const cases: readonly Case[] = [
  {
    function: 'take_a_photo',
    args: { camera: 'front' },
    status: 'done',
    proof: 'read-back',
    says: /DCIM\/Camera\/IMG_.*\.jpg/,
    state: (s) => s.pictures.at(-1)?.camera,
    is: 'front',
    shell: ['content query --uri content://media/external/images/media --projection _id:_data', /DCIM\/Camera\/IMG_/],
  },
  {
    function: 'get_trending_news',
    args: { query: 'football' },
    status: 'done',
    proof: 'device-said',
    says: /football/,
    state: (s) => s.effects.length,
    is: 0,
  },
  {
    function: 'get_weather_forecast',
    args: { location: 'Paris' },
    status: 'done',
    proof: 'device-said',
    says: /^Paris: .*°C/,
    state: (s) => s.effects.length,
    is: 0,
  },
  {
    function: 'send_email',
    args: { recipient: 'Mom', title: 'Hi', content: "it's 100 % & more" },
    status: 'handed-over',
    says: /press send/i,
    state: (s) => s.screen.fields,
    is: { to: 'mom@example.org', subject: 'Hi', body: "it's 100 % & more" },
    shell: ['dumpsys activity activities', /com\.google\.android\.gm\//],
  },
  {
    function: 'search_youtube_videos',
    args: { query: 'cats & dogs' },
    status: 'done',
    proof: 'read-back',
    says: /youtube/i,
    state: (s) => s.screen.fields.query,
    is: 'cats & dogs',
    shell: ['dumpsys activity activities', /topResumedActivity=.*com\.google\.android\.youtube/],
  },
  {
    function: 'find_route_google_maps',
    args: { destination: 'Main St. 5', origin: 'Home', mode: 'walking' },
    status: 'done',
    proof: 'read-back',
    says: /Main St\. 5/,
    state: (s) => [s.screen.fields.destination, s.screen.fields.origin, s.screen.fields.mode],
    is: ['Main St. 5', 'Home', 'walking'],
    shell: ['dumpsys activity activities', /com\.google\.android\.apps\.maps/],
  },
  {
    function: 'send_text_message',
    args: { contact_name: 'Anna', message: "I'm late; don't wait: $(reboot) 🎉" },
    status: 'done',
    proof: 'read-back',
    says: /Anna Schmidt/,
    state: (s) => s.messages.filter(({ box }) => box === 'sent').map(({ address, body }) => [address, body]),
    is: [['+15550100', "I'm late; don't wait: $(reboot) 🎉"]],
    shell: [
      'content query --uri content://sms/sent --projection address:body',
      /address=\+15550100, body=I'm late; don't wait: \$\(reboot\) 🎉/,
    ],
  },
  {
    function: 'make_phone_call',
    args: { recipient: 'Dad' },
    status: 'done',
    proof: 'read-back',
    says: /calling Dad/,
    state: (s) => [s.callState, s.callNumber],
    is: [2, '+15550102'],
    shell: ['dumpsys telephony.registry', /mCallState=2/],
  },
  {
    function: 'create_contact',
    args: { name: "Kim O'Neil: work", phone_number: '+49 170 1234567' },
    status: 'done',
    proof: 'read-back',
    says: /Kim/,
    state: (s) => s.contacts.at(-1)?.name,
    is: "Kim O'Neil: work",
    shell: [
      'content query --uri content://com.android.contacts/data/phones/filter/Kim --projection _id:data1',
      /data1=\+49 170 1234567/,
    ],
  },
  {
    function: 'set_timer_alarm',
    args: { time: '07:30', label: 'run; rm -rf /' },
    status: 'done',
    proof: 'read-back',
    says: /07:30/,
    state: (s) => s.alarms,
    is: [{ hour: 7, minute: 30, label: 'run; rm -rf /', enabled: true }],
    shell: ['dumpsys alarm', /Next alarm clock information:[\s\S]*07:30:00/],
  },
  {
    function: 'change_screen_brightness',
    args: { level: 40 },
    status: 'done',
    proof: 'read-back',
    says: /40 %.*automatic brightness is off/,
    state: (s) => s.settings.system.get('screen_brightness'),
    is: '102',
    shell: ['settings get system screen_brightness', /^102$/m],
  },
  {
    function: 'create_calendar_event',
    args: { title: "Lunch: Bob's", start_time: '2031-03-04T12:30', end_time: '2031-03-04T13:15' },
    status: 'done',
    proof: 'read-back',
    says: /Lunch/,
    state: (s) => s.events.map(({ title, start, end, calendarId }) => [title, start, end, calendarId]),
    is: [["Lunch: Bob's", whenLocal('2031-03-04T12:30'), whenLocal('2031-03-04T13:15'), 2]],
    shell: ['content query --uri content://com.android.calendar/events --projection title', /title=Lunch: Bob's/],
  },
  {
    function: 'set_volume',
    args: { level: 60, volume_type: 'media' },
    status: 'done',
    proof: 'read-back',
    says: /60 %/,
    state: (s) => s.volumes.get(3)?.index,
    is: 15,
    shell: ['cmd media_session volume --stream 3 --get', /volume is 15 in range/],
  },
  {
    function: 'connect_to_bluetooth_device',
    args: { device_name: 'the JBL' },
    status: 'done',
    proof: 'read-back',
    says: /JBL Flip 5 is connected/,
    state: (s) => s.bluetoothDevices.filter(({ connected }) => connected).map(({ name }) => name),
    is: ['JBL Flip 5'],
    shell: ['uiautomator dump /dev/tty', /JBL Flip 5(?:(?!Saved)[\s\S])*?Active/],
  },
  {
    function: 'enable_do_not_disturb',
    args: { enabled: true },
    status: 'done',
    proof: 'read-back',
    says: /on/,
    state: (s) => s.settings.global.get('zen_mode'),
    is: '1',
    shell: ['settings get global zen_mode', /^1$/m],
  },
  {
    function: 'start_timer',
    args: { duration: 600, label: 'tea' },
    status: 'done',
    proof: 'device-said',
    says: /10 min/,
    state: (s) => s.timers.map(({ seconds, label }) => [seconds, label]),
    is: [[600, 'tea']],
  },
  {
    function: 'open_app',
    args: { app_name: 'Spotify' },
    status: 'done',
    proof: 'read-back',
    says: /Spotify/,
    state: (s) => s.screen.packageName,
    is: 'com.spotify.music',
    shell: ['dumpsys activity activities', /com\.spotify\.music/],
  },
  {
    function: 'set_flashlight',
    args: { enabled: true },
    status: 'done',
    proof: 'read-back',
    says: /flashlight on/,
    state: (s) => [s.flashlight, s.panel],
    is: [true, null],
    shell: [
      'cmd statusbar expand-settings; uiautomator dump /dev/tty',
      /text="On"[^>]*content-desc="Flashlight"[^>]*checked="true"/,
    ],
  },
  // Over TCP the phone is reached by its Wi-Fi: switching that off would cut the branch we sit on.
  {
    function: 'set_wifi',
    args: { enabled: true },
    status: 'done',
    proof: 'read-back',
    says: /Wi-Fi on/,
    state: (s) => s.settings.global.get('wifi_on'),
    is: '1',
    shell: ['settings get global wifi_on', /^1$/m],
  },
  {
    function: 'set_bluetooth',
    args: { enabled: false },
    status: 'done',
    proof: 'read-back',
    says: /Bluetooth off/,
    state: (s) => s.settings.global.get('bluetooth_on'),
    is: '0',
    shell: ['settings get global bluetooth_on', /^0$/m],
  },
  {
    function: 'media_control',
    args: { action: 'play' },
    status: 'failed',
    says: /anything to play/,
    state: (s) => s.session,
    is: null,
    shell: ['dumpsys media_session', /have 0 sessions/],
  },
  {
    function: 'play_music',
    args: { query: "Guns N' Roses" },
    status: 'done',
    proof: 'read-back',
    says: /plays/,
    state: (s) => [s.session?.query, s.session?.state],
    is: ["Guns N' Roses", 'playing'],
    shell: ['dumpsys media_session', /PLAYING\(3\)/],
  },
  {
    function: 'web_search',
    args: { query: 'how to tie a tie?' },
    status: 'done',
    proof: 'read-back',
    says: /tie a tie/,
    state: (s) => new URL(s.screen.fields.url ?? '').searchParams.get('q'),
    is: 'how to tie a tie?',
    shell: ['dumpsys activity activities', /com\.android\.chrome/],
  },
  {
    function: 'search_amazon',
    args: { query: 'usb c' },
    status: 'done',
    proof: 'read-back',
    says: /usb c/,
    state: (s) => new URL(s.screen.fields.url ?? '').searchParams.get('k'),
    is: 'usb c',
    shell: ['dumpsys activity activities', /topResumedActivity=.*com\.android\.chrome/],
  },
  {
    function: 'order_food',
    args: { query: 'pizza' },
    status: 'handed-over',
    says: /order it on the phone/,
    state: (s) => s.screen.kind,
    is: 'browser',
    shell: ['dumpsys activity activities', /topResumedActivity=.*com\.android\.chrome/],
  },
  {
    function: 'order_groceries',
    args: { query: 'milk' },
    status: 'handed-over',
    says: /order it on the phone/,
    state: (s) => s.screen.kind,
    is: 'browser',
    shell: ['dumpsys activity activities', /topResumedActivity=.*com\.android\.chrome/],
  },
  {
    function: 'get_battery_level',
    args: {},
    status: 'done',
    proof: 'read-back',
    says: /battery 81 %/,
    state: (s) => s.battery.level,
    is: 81,
    shell: ['dumpsys battery', /level: 81/],
  },
  {
    function: 'take_screenshot',
    args: {},
    status: 'done',
    proof: 'read-back',
    says: /Screenshot_.*\.png/,
    state: (s) => s.pictures.length,
    is: 1,
    shell: ['ls /sdcard/Pictures/Screenshots', /Screenshot_.*\.png/],
  },
  {
    function: 'find_my_phone',
    args: {},
    status: 'done',
    proof: 'device-said',
    says: /rings in one second, alarm volume 100 %/,
    state: (s) => [s.timers.at(-1)?.seconds, s.volumes.get(4)?.index],
    is: [1, 7],
    shell: ['cmd media_session volume --stream 4 --get', /volume is 7 in range/],
  },
  {
    function: 'read_messages',
    args: { contact_name: 'Mom' },
    status: 'done',
    proof: 'read-back',
    says: /newest messages from Mom/,
    state: (s) => s.effects.length,
    is: 0,
    shell: [
      'content query --uri content://sms/inbox --projection address:body',
      /address=\+15550101, body=Call me when you are home/,
    ],
  },
  {
    function: 'get_contact',
    args: { name: 'priya patel' },
    status: 'done',
    proof: 'read-back',
    says: /\+15550105/,
    state: (s) => s.effects.length,
    is: 0,
    shell: [
      'content query --uri content://com.android.contacts/data/phones/filter/Priya --projection display_name:data1',
      /display_name=Priya Patel, data1=\+15550105/,
    ],
  },
  {
    function: 'get_current_location',
    args: {},
    status: 'done',
    proof: 'read-back',
    says: /52\.52001,13\.40495/,
    state: (s) => s.effects.length,
    is: 0,
    shell: ['dumpsys location', /52\.520008,13\.404954/],
  },
  {
    function: 'send_photo',
    args: { contact_name: 'Priya', photo: 'the last photo' },
    status: 'failed',
    says: /not on the phone/,
    state: (s) => s.messages.filter(({ attachment }) => attachment !== null).length,
    is: 0,
    shell: ['content query --uri content://mms/sent', /No result found/],
  },
];

/** What an outcome says, whichever it is. */
function wordsOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'done':
      return outcome.receipt;
    case 'handed-over':
      return `${outcome.left} ${outcome.receipt}`;
    case 'failed':
      return `${outcome.failure.message} ${outcome.failure.next}`;
    default:
      return outcome.why;
  }
}

/** The bridge's contract, whatever leads to the phone and whatever daemon runs on it. A new phone for every case. */
export function describePhone(name: string, open: () => Promise<PhoneRig>): void {
  describe(`phone functions: ${name}`, () => {
    let rig: PhoneRig;
    beforeEach(async () => {
      rig = await open();
      return () => rig[Symbol.asyncDispose]();
    });

    it.each(cases)('$function', async (expected) => {
      const outcome = await rig.invoke(expected.function, expected.args);
      expect(wordsOf(outcome), JSON.stringify(outcome)).toMatch(expected.says);
      expect(outcome.status).toBe(expected.status);
      if (expected.proof) expect(outcome).toMatchObject({ proof: expected.proof });
      expect(expected.state(rig.phone.state)).toEqual(expected.is);
      if (expected.shell) expect(await rig.shell(expected.shell[0])).toMatch(expected.shell[1]);
    });

    it('offers exactly the functions of the catalogue, and the contract knows all of them', () => {
      const device = rig.transport.devices()[0];
      expect([...(device?.functions ?? [])].sort()).toEqual(phoneFunctions.map(({ name: own }) => own).sort());
      expect(cases.map((entry) => entry.function).sort()).toEqual(phoneFunctions.map(({ name: own }) => own).sort());
      expect(cases.every((entry) => findFunction(entry.function) !== undefined)).toBe(true);
    });

    it('controls what plays', async () => {
      await rig.invoke('play_music', { query: 'jazz' });
      expect(await rig.invoke('media_control', { action: 'pause' })).toMatchObject({
        status: 'done',
        proof: 'read-back',
      });
      expect(rig.phone.state.session?.state).toBe('paused');
      expect(await rig.invoke('media_control', { action: 'next' })).toMatchObject({
        status: 'done',
        proof: 'device-said',
      });
      expect(rig.phone.state.session?.track).toBe(2);
    });

    it('sends the photo that was just taken, and copies it to this computer', async () => {
      const taken = await rig.invoke('take_a_photo', { camera: 'back' });
      if (taken.status !== 'done' || taken.data === null) throw new Error(JSON.stringify(taken));
      expect((await readFile(taken.data.text)).subarray(0, 3)).toEqual(Buffer.from('ffd8ff', 'hex'));
      const sent = await rig.invoke('send_photo', { contact_name: 'Priya', photo: taken.data.value });
      expect(sent).toMatchObject({ status: 'done', proof: 'read-back' });
      const message = rig.phone.state.messages.at(-1);
      expect(message?.address).toBe('+15550105');
      expect(basename(message?.attachment ?? '')).toBe(basename(taken.data.text));
    });
  });
}
