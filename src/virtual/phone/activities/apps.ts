import type { PhoneState } from '../state/phone-state.js';
import { type Activity, queryOf, webAddress } from './activity.js';
import { extraText, type Intent } from './intent.js';

const YOUTUBE = 'com.google.android.youtube';
const MAPS = 'com.google.android.apps.maps';
const CHROME = 'com.android.chrome';
const GOOGLE = 'com.google.android.googlequicksearchbox';
const SPOTIFY = 'com.spotify.music';
const CAMERA = 'com.android.camera2';
const SETTINGS = 'com.android.settings';

const show = (
  packageName: string,
  activity: string,
  kind: string,
  fields: (intent: Intent) => Record<string, string>,
) => {
  return (state: PhoneState, intent: Intent): void =>
    state.show({ packageName, activity, kind, fields: fields(intent) });
};

const address = (intent: Intent): Record<string, string> => ({ url: intent.data ?? '' });

const playsMusic = (state: PhoneState, packageName: string, query: string): void => {
  state.session = { packageName, query, track: 1, state: 'playing' };
  state.record('play', query);
};

/** Search, maps, video, music, camera and settings. */
export const appActivities: readonly Activity[] = [
  {
    packageName: MAPS,
    name: 'com.google.android.maps.MapsActivity',
    accepts: (intent) => {
      const web = webAddress(intent);
      const isMap =
        web !== null &&
        (/^maps\./.test(web.hostname) ||
          (/(?:^|\.)google\.\w+$/.test(web.hostname) && web.pathname.startsWith('/maps')));
      return (
        intent.action === 'android.intent.action.VIEW' &&
        (isMap || /^(?:geo|google\.navigation):/.test(intent.data ?? ''))
      );
    },
    open: show(MAPS, 'com.google.android.maps.MapsActivity', 'map', (intent) => {
      const query = queryOf(intent.data ?? '');
      return {
        url: intent.data ?? '',
        destination: query.get('destination') ?? '',
        origin: query.get('origin') ?? '',
        mode: query.get('travelmode') ?? '',
      };
    }),
  },
  {
    packageName: YOUTUBE,
    name: 'com.google.android.apps.youtube.app.application.Shell_UrlActivity',
    accepts: (intent) =>
      intent.action === 'android.intent.action.VIEW' &&
      /(?:^|\.)(?:youtube\.com|youtu\.be)$/.test(webAddress(intent)?.hostname ?? ''),
    open: show(YOUTUBE, '.app.honeycomb.Shell$HomeActivity', 'video-search', (intent) => ({
      url: intent.data ?? '',
      query: queryOf(intent.data ?? '').get('search_query') ?? '',
    })),
  },
  {
    packageName: YOUTUBE,
    name: '.app.honeycomb.Shell$ResultsActivity',
    accepts: ({ action }) => action === 'android.intent.action.SEARCH',
    open: show(YOUTUBE, '.app.honeycomb.Shell$ResultsActivity', 'video-search', (intent) => ({
      query: extraText(intent, 'query'),
    })),
  },
  {
    packageName: CHROME,
    name: 'com.google.android.apps.chrome.IntentDispatcher',
    accepts: (intent) => intent.action === 'android.intent.action.VIEW' && webAddress(intent) !== null,
    open: show(CHROME, 'org.chromium.chrome.browser.ChromeTabbedActivity', 'browser', address),
  },
  {
    packageName: GOOGLE,
    name: 'com.google.android.apps.search.assistant.surfaces.voice.ui.activity.SearchActivity',
    accepts: ({ action }) => action === 'android.intent.action.WEB_SEARCH',
    open: show(GOOGLE, '.SearchActivity', 'web-search', (intent) => ({ query: extraText(intent, 'query') })),
  },
  {
    packageName: SPOTIFY,
    name: '.MainActivity',
    accepts: ({ action }) => action === 'android.media.action.MEDIA_PLAY_FROM_SEARCH',
    open: (state, intent) => {
      const query = extraText(intent, 'query');
      playsMusic(state, SPOTIFY, query);
      state.show({ packageName: SPOTIFY, activity: '.MainActivity', kind: 'player', fields: { query } });
    },
  },
  {
    packageName: CAMERA,
    name: 'com.android.camera.CameraLauncher',
    accepts: ({ action }) =>
      /^android\.media\.action\.(?:STILL_IMAGE_CAMERA|STILL_IMAGE_CAMERA_SECURE|IMAGE_CAPTURE)$/.test(action),
    open: show(CAMERA, 'com.android.camera.CameraActivity', 'camera', (intent) => {
      const isFront =
        intent.extras.get('android.intent.extras.CAMERA_FACING') === 1 ||
        intent.extras.get('android.intent.extras.LENS_FACING_FRONT') === 1 ||
        intent.extras.get('android.intent.extra.USE_FRONT_CAMERA') === true;
      return { camera: isFront ? 'front' : 'back' };
    }),
  },
  {
    packageName: SETTINGS,
    name: '.Settings$BluetoothSettingsActivity',
    accepts: ({ action }) => action === 'android.settings.BLUETOOTH_SETTINGS',
    open: show(SETTINGS, '.Settings$BluetoothSettingsActivity', 'bluetooth-settings', () => ({})),
  },
  {
    packageName: SETTINGS,
    name: '.Settings',
    accepts: ({ action }) =>
      /^android\.settings\.\w*SETTINGS$/.test(action) && action !== 'android.settings.BLUETOOTH_SETTINGS',
    open: show(SETTINGS, '.Settings', 'settings', ({ action }) => ({ page: action })),
  },
];
