import { describe, expect, it } from 'vitest';
import { findRouteGoogleMaps, orderFood, searchYoutubeVideos, webSearch } from '../../../src/adb/functions/pages.js';
import { activities, runScripted, type Script, started } from './scripted-phone.js';

const CHROME = 'com.android.chrome';
const YOUTUBE = 'com.google.android.youtube';
const RESOLVER = 'android/com.android.internal.app.ResolverActivity';
const unresolved = 'Starting: Intent { }\nError: Activity not started, unable to resolve Intent { }\n';

const awake = (front: string, isLocked = false): Script => [
  [/^dumpsys activity activities$/, activities(front, isLocked)],
  [/^(?:input keyevent KEYCODE_WAKEUP|wm dismiss-keyguard)$/, ''],
];
const tie = { args: { query: 'tie a tie & more' } };

describe('a page', () => {
  it('is done when the app that took it is in front', async () => {
    const { outcome, commands } = await runScripted(
      webSearch,
      [[/^am start/, started(`${CHROME}/.Main`)], ...awake(CHROME)],
      tie,
    );
    expect(outcome).toMatchObject({ status: 'done', proof: 'read-back', receipt: expect.stringContaining(CHROME) });
    expect(commands).toContainEqual(
      'am start -W -a android.intent.action.VIEW -d https://www.google.com/search?q=tie%20a%20tie%20%26%20more',
    );
  });

  it('is only taken while something else stays in front', async () => {
    const script: Script = [[/^am start/, started(`${CHROME}/.Main`)], ...awake('com.other')];
    expect((await runScripted(webSearch, script, tie)).outcome).toMatchObject({ status: 'done', proof: 'device-said' });
  });

  it('for which the phone asks for an app is not open', async () => {
    const script: Script = [[/^am start/, started(RESOLVER)], ...awake('android')];
    expect((await runScripted(webSearch, script, tie)).outcome).toMatchObject({
      status: 'handed-over',
      left: 'Choose the app for it.',
    });
  });

  it('behind a lock waits for its owner', async () => {
    const script: Script = [[/^am start/, started(`${CHROME}/.Main`)], ...awake(CHROME, true)];
    expect((await runScripted(webSearch, script, tie)).outcome).toMatchObject({
      status: 'handed-over',
      left: 'Unlock the phone to see it.',
    });
  });

  it('goes to its own app, and to the browser where that app does not take the address', async () => {
    const facts = { packages: new Set([YOUTUBE]) };
    const own: Script = [
      [/^am start .* -p com\.google\.android\.youtube$/, started(`${YOUTUBE}/.X`)],
      ...awake(YOUTUBE),
    ];
    expect((await runScripted(searchYoutubeVideos, own, { ...tie, facts })).outcome).toMatchObject({
      receipt: expect.stringContaining(YOUTUBE),
    });
    const refused: Script = [
      [/^am start .* -p /, unresolved],
      [/^am start/, started(`${CHROME}/.Main`)],
      ...awake(CHROME),
    ];
    expect((await runScripted(searchYoutubeVideos, refused, { ...tie, facts })).outcome).toMatchObject({
      status: 'done',
      receipt: expect.stringContaining(CHROME),
    });
  });

  it('cannot be opened without any app for it', async () => {
    const script: Script = [[/^am start/, { stdout: unresolved, exitCode: 1 }], ...awake('x')];
    expect((await runScripted(webSearch, script, tie)).outcome).toMatchObject({
      status: 'failed',
      failure: { code: 'NO_APP' },
    });
  });

  it('of a route holds the whole question', async () => {
    const { commands } = await runScripted(
      findRouteGoogleMaps,
      [[/^am start/, started(`${CHROME}/.Main`)], ...awake(CHROME)],
      { args: { destination: 'Main St. 5', origin: 'Home', mode: 'walking' } },
    );
    expect(commands.find((command) => command.startsWith('am '))).toMatch(
      /dir\/\?api=1&destination=Main%20St\.%205&origin=Home&travelmode=walking$/,
    );
  });

  it('of a shop orders nothing, and says so', async () => {
    const script: Script = [[/^am start/, started(`${CHROME}/.Main`)], ...awake(CHROME)];
    expect((await runScripted(orderFood, script, { args: { query: 'pizza' } })).outcome).toEqual({
      status: 'handed-over',
      left: 'Choose and order it on the phone.',
      receipt: 'the search for "pizza" is open in com.android.chrome; nothing is ordered.',
    });
  });
});
