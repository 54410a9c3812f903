import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownApp } from '../../../src/adb/android/known-apps.js';
import { parseLaunchers } from '../../../src/adb/android/launchers.js';
import { nearestNames } from '../../../src/adb/android/nearest-names.js';
import { matchApp, openApp, plainAppName } from '../../../src/adb/functions/open-app.js';
import { activities, LOST, runScripted, type Script, started } from './scripted-phone.js';

const icon = (component: string, index: number) =>
  `  Activity #${index}:\n    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false\n    ${component}\n`;
const icons = (...components: readonly string[]) =>
  `${components.length} activities found:\n${components.map(icon).join('')}`;

describe('the launcher’s screens', () => {
  it('are read by package, the first icon of each', () => {
    const list = icons('com.android.settings/.Settings', 'a.b/c.D$E', 'a.b/.Second');
    expect([...(parseLaunchers(list) ?? [])]).toEqual([
      ['com.android.settings', 'com.android.settings/.Settings'],
      ['a.b', 'a.b/c.D$E'],
    ]);
    expect(parseLaunchers('No activities found\n')?.size).toBe(0);
  });

  it('are not read from anything else', () => {
    expect(parseLaunchers('cmd: Can’t find service: package\n')).toBeNull();
    expect(parseLaunchers('Unknown command: query-activities\n    a.b/.C\n')).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void parseLaunchers(text)));
  });
});

describe('the app that a name means', () => {
  const installed = new Set([
    'com.android.chrome',
    'com.google.android.apps.youtube.music',
    'com.amazon.kindle',
    'com.nianticlabs.pokemongo',
    'com.adobe.reader',
    'com.acme.reader',
  ]);
  it.each([
    ['the browser', ['com.android.chrome']],
    ['浏览器', ['com.android.chrome']],
    ['YouTube Music', ['com.google.android.apps.youtube.music']],
    // Products that are not installed, and packages that hold their names.
    ['YouTube', []],
    ['Amazon', []],
    ['Firefox', []],
    ['Pokemon Go', ['com.nianticlabs.pokemongo']],
    ['reader', ['com.adobe.reader', 'com.acme.reader']],
    ['com', []],
  ])('%s', (said, packages) => expect(matchApp(said, installed)).toEqual(packages));

  it('is said in many ways', () => {
    expect(['the Spotify app', 'my Spotify application', '微信应用', 'WhatsApp'].map(plainAppName)).toEqual([
      'Spotify',
      'Spotify',
      '微信',
      'WhatsApp',
    ]);
    expect(knownApp('微信')).toEqual({ packages: ['com.tencent.mm'], isProduct: true });
  });

  it('comes near a misspelt one', () => {
    expect(nearestNames('spotfy', ['maps', 'spotify', 'settings'])).toEqual(['spotify']);
    expect(nearestNames('zzz', ['maps', 'spotify'])).toEqual([]);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (said, names) => {
        const nearest = nearestNames(said, names);
        expect(nearest.length).toBeLessThanOrEqual(3);
        expect(names).toEqual(expect.arrayContaining([...nearest]));
      }),
    );
  });
});

describe('open_app', () => {
  const list = icons('com.android.settings/.Settings', 'com.spotify.music/.MainActivity', 'a.reader/.X', 'b.reader/.X');
  const phone = (front: string, isLocked = false): Script => [
    [/^cmd package query-activities --brief -a \S+\.MAIN -c \S+\.LAUNCHER$/, list],
    [/^am start -W .* -n com\.spotify\.music\/\.MainActivity$/, started('com.spotify.music/.MainActivity')],
    [/^dumpsys activity activities$/, activities(front, isLocked)],
    [/^(?:input keyevent KEYCODE_WAKEUP|wm dismiss-keyguard)$/, ''],
  ];
  const say = (app_name: string) => ({ args: { app_name } });

  it('starts the icon’s own screen and reads back what is in front', async () => {
    const { outcome, commands } = await runScripted(openApp, phone('com.spotify.music'), say('the Spotify app'));
    expect(outcome).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Spotify (com.spotify.music) is in front',
    });
    expect(commands.filter((command) => command.startsWith('am '))).toHaveLength(1);
  });

  it('does not call it done while something else is in front', async () => {
    const { outcome } = await runScripted(openApp, phone('com.android.permissioncontroller'), say('Spotify'));
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'APP_NOT_IN_FRONT' } });
  });

  it('leaves a locked phone to its owner', async () => {
    const { outcome } = await runScripted(openApp, phone('com.spotify.music', true), say('Spotify'));
    expect(outcome).toMatchObject({ status: 'handed-over', left: 'Unlock the phone.' });
  });

  it.each([
    ['spotfy', 'APP_UNKNOWN', /spotify/],
    ['netflix', 'APP_UNKNOWN', /install/],
    ['reader', 'APP_AMBIGUOUS', /full name/],
  ])('starts nothing for "%s"', async (said, code, next) => {
    const { outcome, commands } = await runScripted(openApp, phone('x'), say(said));
    expect(outcome).toMatchObject({ status: 'failed', failure: { code, next: expect.stringMatching(next) } });
    expect(commands).toHaveLength(1);
  });

  it('goes by the package where the phone lists no icons', async () => {
    const old: Script = [
      [/^am start -W .* -p com\.spotify\.music$/, started('com.spotify.music/.MainActivity')],
      ...phone('com.spotify.music').slice(2),
    ];
    const packages = new Set(['com.spotify.music']);
    const { outcome } = await runScripted(openApp, old, { ...say('Spotify'), facts: { packages } });
    expect(outcome.status).toBe('done');
  });

  it('looks before it decides when the link is lost after the start', async () => {
    const lost: Script = [[/^am start/, LOST], ...phone('com.spotify.music')];
    expect((await runScripted(openApp, lost, say('Spotify'))).outcome.status).toBe('done');
    const elsewhere: Script = [[/^am start/, LOST], ...phone('com.android.settings')];
    expect((await runScripted(openApp, elsewhere, say('Spotify'))).outcome.status).toBe('unknown');
  });
});
