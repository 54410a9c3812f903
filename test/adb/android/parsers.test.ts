import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRows } from '../../../src/adb/android/content.js';
import { parseScreen } from '../../../src/adb/android/screen.js';
import { findNode, parseUiTree } from '../../../src/adb/android/ui-tree.js';
import { matchPaired, pairedDevices } from '../../../src/adb/functions/bluetooth.js';
import { momentOf } from '../../../src/adb/functions/calendar.js';
import { parseCallState } from '../../../src/adb/functions/calls.js';
import { parseNextAlarm } from '../../../src/adb/functions/clock.js';
import { parseBattery, parseLocation } from '../../../src/adb/functions/device-facts.js';
import { parseMediaSessions } from '../../../src/adb/functions/media.js';
import { matchApp } from '../../../src/adb/functions/open-app.js';
import { parseVolume } from '../../../src/adb/functions/settings.js';
import { uiDump } from '../../../src/virtual/phone/screens/ui-dump.js';

describe('rows of a content query', () => {
  const line = (index: number, id: number, text: string | null) => `Row: ${index} _id=${id}, body=${text ?? 'NULL'}`;

  it('come back as they were, whatever the texts hold', () => {
    const texts = fc
      .string({ unit: fc.constantFrom('a', ',', '=', ' ', '\n', '_id', 'Row: 1', "'", 'ö') })
      .filter((text) => !/\nRow: \d+ _id=/.test(`\n${text}`) && !text.endsWith('\n') && text !== 'NULL');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.option(texts)), { maxLength: 5 }), (rows) => {
        const output = rows.map(([id, text], index) => `${line(index, id, text)}\n`).join('');
        expect(parseRows(output, ['_id'], 'body')).toEqual(rows.map(([id, text]) => ({ numbers: [id], text })));
      }),
    );
  });

  it('are refused where they are not in that form, and never crash', () => {
    expect(parseRows('java.lang.SecurityException: no', ['_id'], 'body')).toBeNull();
    expect(parseRows('No result found.\n', ['_id'], 'body')).toEqual([]);
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (output) => void parseRows(output, ['_id', 'date'], null)));
  });
});

describe('screen dumps', () => {
  it('read back what was written, escapes and all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, description) => {
        const clean = (value: string) => Buffer.from(value.replace(/[\u0000-\u0008\u000b-\u001f]/g, '')).toString();
        const dump = uiDump([
          {
            className: 'X',
            packageName: 'p',
            text: clean(text),
            description: clean(description),
            bounds: [0, 0, 10, 20],
          },
        ]);
        const node = parseUiTree(dump).find(({ className }) => className === 'X');
        expect(node).toMatchObject({ text: clean(text), description: clean(description), x: 5, y: 10 });
      }),
    );
  });

  it('give no control without sense, and the surest one first', () => {
    const xml =
      '<node text="Send" resource-id="" class="T" package="p" content-desc="" checked="false" enabled="true" bounds="[0,0][0,0]" /><node text="Send" resource-id="a:id/send" class="B" package="p" content-desc="" checked="false" enabled="false" bounds="[0,0][2,2]" /><node text="" resource-id="a:id/send" class="C" package="p" content-desc="" checked="true" enabled="true" bounds="[4,4][8,8]" />';
    const nodes = parseUiTree(xml);
    expect(nodes).toHaveLength(2);
    expect(findNode(nodes, { resourceIds: [/send$/], texts: [/Send/] })).toMatchObject({
      className: 'C',
      isChecked: true,
    });
    expect(findNode(nodes, { resourceIds: [/send$/], packageName: 'other' })).toBeNull();
  });

  it('say what is in front', () => {
    expect(
      parseScreen('  topResumedActivity=ActivityRecord{1 u0 com.android.chrome/x t1}\n  mKeyguardShowing=true'),
    ).toEqual({ foreground: 'com.android.chrome', isLocked: true });
    expect(parseScreen('')).toEqual({ foreground: null, isLocked: false });
  });
});

describe('dumps of services', () => {
  it('next alarm, of the user in front only', () => {
    const dump =
      '  Next alarm clock information: \n    user:10 pendingSend:false time:1 = 2026-11-22 06:00:00 = +1h\n    user:0 pendingSend:false time:2 = 2026-11-22 07:30:00 = +2h\n';
    expect(parseNextAlarm(dump, 0)).toBe('2026-11-22 07:30');
    expect(parseNextAlarm(dump, 5)).toBeNull();
    expect(parseNextAlarm('nothing', 0)).toBeNull();
  });

  it('calls, volume, battery, place, players', () => {
    expect(parseCallState('mCallState=0\n mCallState=2')).toBe(2);
    expect(parseCallState('')).toBeNull();
    expect(parseVolume('[V] volume is 5 in range [0..25]')).toEqual({ index: 5, min: 0, max: 25 });
    expect(parseVolume('volume is 5 in range [9..9]')).toBeNull();
    expect(parseBattery('  AC powered: true\n  level: 45\n  scale: 90\n')).toEqual({ level: 50, isCharging: true });
    expect(parseBattery('')).toBeNull();
    expect(
      parseLocation(
        'last location=Location[gps 1.5,-2.5 hAcc=50.0]\nlast location=Location[fused 1.25,-2.75 hAcc=4.0]',
      ),
    ).toEqual({ latitude: 1.25, longitude: -2.75, accuracy: 4 });
    expect(parseLocation('last location=null')).toBeNull();
    const players =
      ' x\n      package=a.b\n      state=PlaybackState {state=3, position=0}\n      package=c.d\n      state=PlaybackState {state=PAUSED(2), position=0}\n';
    expect(parseMediaSessions(players)).toEqual([
      { packageName: 'a.b', state: 3 },
      { packageName: 'c.d', state: 2 },
    ]);
  });
});

describe('apps by their names', () => {
  const installed = new Set([
    'com.spotify.music',
    'com.google.android.apps.maps',
    'com.acme.maps',
    'org.fdroid.fdroid',
    'com.android.camera2',
  ]);
  it.each([
    ['Spotify', ['com.spotify.music']],
    ['the camera', ['com.android.camera2']],
    ['Google Maps', ['com.google.android.apps.maps']],
    ['fdroid', ['org.fdroid.fdroid']],
    ['com.acme.maps', ['com.acme.maps']],
    ['TikTok', []],
    ['google', []],
    ['', []],
  ])('%s', (said, packages) => expect(matchApp(said, installed)).toEqual(packages));
});

describe('Bluetooth devices by their names', () => {
  const title = (text: string, y: number) =>
    `<node text="${text}" resource-id="android:id/title" class="T" package="s" content-desc="" checked="false" enabled="true" bounds="[0,${y}][9,${y + 9}]" />`;
  const summary = (text: string, y: number) =>
    `<node text="${text}" resource-id="android:id/summary" class="T" package="s" content-desc="" checked="false" enabled="true" bounds="[0,${y}][9,${y + 9}]" />`;
  const devices = pairedDevices(
    parseUiTree(
      [title('JBL Flip 5', 0), summary('Active', 10), title('JBL Go', 20), title('Car', 40), summary('Saved', 50)].join(
        '',
      ),
    ),
  );

  it('belong to what is said under them', () => {
    expect(devices.map(({ name, summary: said }) => [name, said])).toEqual([
      ['JBL Flip 5', 'Active'],
      ['JBL Go', ''],
      ['Car', 'Saved'],
    ]);
  });

  it.each([
    ['my car', ['Car']],
    ['jbl', ['JBL Flip 5', 'JBL Go']],
    ['JBL go', ['JBL Go']],
    ['headphones', []],
  ])('%s', (said, names) => expect(matchPaired(said, devices).map(({ name }) => name)).toEqual(names));
});

describe("moments on the phone's clock", () => {
  it.each([
    ['2026-07-01T12:00', 'Europe/Berlin', '2026-07-01T10:00:00Z'],
    ['2026-12-01T12:00', 'Europe/Berlin', '2026-12-01T11:00:00Z'],
    ['2026-12-01T12:00', 'Asia/Shanghai', '2026-12-01T04:00:00Z'],
    // The hour that the change to summer time skips, and the one that the change back repeats.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ])('%s in %s', (local, zone, utc) =>
    expect(new Date(momentOf(local, zone)).toISOString()).toBe(new Date(utc).toISOString()),
  );
});
