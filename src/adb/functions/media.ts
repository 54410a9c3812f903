import { deviceSaid, failed, handedOver, readBack } from '../../core/outcomes.js';
import { wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import type { PhoneCall } from '../phone-call.js';

/** Something that plays, or could go on playing. */
export interface MediaSession {
  readonly packageName: string;
  /** PlaybackState.STATE_*: 1 stopped, 2 paused, 3 playing, 6 buffering; other numbers occur. */
  readonly state: number;
}

const [PAUSED, PLAYING, BUFFERING] = [2, 3, 6];

/** The sessions in `dumpsys media_session`, the one in front first. Android 13 and later write "state=PLAYING(3)", older ones "state=3". */
export function parseMediaSessions(stdout: string): readonly MediaSession[] {
  const sessions: MediaSession[] = [];
  for (const part of stdout.split(/^\s+package=/m).slice(1)) {
    const packageName = /^[A-Za-z0-9_.]+/.exec(part)?.[0];
    const state = /state=PlaybackState \{state=(?:[A-Z_]+\()?(\d{1,2})/.exec(part)?.[1];
    if (packageName && state !== undefined) sessions.push({ packageName, state: Number(state) });
  }
  return sessions;
}

async function mediaSessions(call: PhoneCall): Promise<readonly MediaSession[]> {
  return parseMediaSessions((await call.read('dumpsys', 'media_session')).stdout);
}

const playing = ({ state }: MediaSession): boolean => state === PLAYING || state === BUFFERING;

/** How long a player may take to begin, in milliseconds. */
const PLAY_PATIENCE_MS = 6_000;

const nothing = failed(
  'NOTHING_PLAYING',
  'No app on the phone has anything to play.',
  'Say what to play, or start it on the phone.',
);

/** Play, pause and stop are read back from the player's state; next and previous show nowhere. */
export const mediaControl: PhoneFunction = async (call) => {
  const action = call.text('action');
  if ((await mediaSessions(call)).length === 0) return nothing;
  const dispatch = async (): Promise<undefined> => {
    await call.send('cmd', 'media_session', 'dispatch', action);
  };
  if (action === 'next' || action === 'previous') {
    await dispatch();
    return deviceSaid(`the player took "${action}"`);
  }
  const outcome = await call.effect(dispatch, async () => {
    const now = await mediaSessions(call);
    if (action === 'play') return now.some(playing) ? readBack(`playing in ${now.find(playing)?.packageName}`) : null;
    if (now.some(playing)) return null;
    return readBack(now[0]?.state === PAUSED && action === 'pause' ? 'paused' : 'nothing plays');
  });
  return (
    outcome ??
    failed('PLAYER_DID_NOT_FOLLOW', `The player did not follow "${action}".`, 'Look at the player on the phone.')
  );
};

/** Asks the phone's music app to find and play something, and looks whether anything plays. */
export const playMusic: PhoneFunction = async (call) => {
  const query = call.text('query');
  const isAwake = await wakeScreen(call);
  let app: string | undefined;
  const outcome = await call.effect(
    async () => {
      const started = await startActivity(call, {
        action: 'android.media.action.MEDIA_PLAY_FROM_SEARCH',
        extras: [
          { type: 'string', name: 'query', value: query },
          { type: 'string', name: 'android.intent.extra.focus', value: 'vnd.android.cursor.item/*' },
        ],
      });
      if (!started.ok) return started.outcome;
      if (started.isChooser)
        return handedOver('Choose the music app on the phone.', 'The phone asks which app to use.');
      app = started.component?.split('/')[0];
      return undefined;
    },
    async () => {
      const session = (await mediaSessions(call)).find((entry) => playing(entry) && entry.packageName === app);
      return session ? readBack(`${session.packageName} plays after the search for "${query}"`) : null;
    },
    { patienceMs: PLAY_PATIENCE_MS },
  );
  if (outcome) return outcome;
  return handedOver(
    isAwake ? 'Tap what to play on the phone.' : 'Unlock the phone and tap what to play.',
    `the search for "${query}" is open, nothing plays yet`,
  );
};
