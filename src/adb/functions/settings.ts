import { failed, readBack, refusedByDevice } from '../../core/outcomes.js';
import type { PhoneFunction } from '../carry-out.js';
import type { PhoneCall } from '../phone-call.js';

/** A whole number of the phone's settings, or null where it is unset or not one. */
async function setting(call: PhoneCall, namespace: 'system' | 'global', key: string): Promise<number | null> {
  const { stdout } = await call.read('settings', 'get', namespace, key);
  return /^-?\d{1,9}$/.test(stdout.trim()) ? Number(stdout) : null;
}

const stayed = (what: string, said: string) =>
  failed('SETTING_NOT_TAKEN', `The phone did not take it: ${what}.`, 'Look at the phone and try again.', said);

/** Android's scale for the screen's brightness. */
const FULL_BRIGHTNESS = 255;

/** Sets the brightness by hand, which switches the automatic off: the receipt says so. */
export const changeScreenBrightness: PhoneFunction = async (call) => {
  const level = call.number('level');
  // 0 would switch some screens off.
  const wanted = Math.max(1, Math.round((level * FULL_BRIGHTNESS) / 100));
  const before = await setting(call, 'system', 'screen_brightness');
  const wasAutomatic = (await setting(call, 'system', 'screen_brightness_mode')) === 1;
  let said = '';
  const outcome = await call.effect(
    async () => {
      await call.send('settings', 'put', 'system', 'screen_brightness_mode', '0');
      const put = await call.send('settings', 'put', 'system', 'screen_brightness', String(wanted));
      said = put.stdout + put.stderr;
    },
    async () => {
      if ((await setting(call, 'system', 'screen_brightness')) !== wanted) return null;
      const note = wasAutomatic ? ', automatic brightness is off now' : '';
      const prior = before === null ? {} : { prior: { level: Math.round((before * 100) / FULL_BRIGHTNESS) } };
      return readBack(`brightness ${Math.round((wanted * 100) / FULL_BRIGHTNESS)} %${note}`, prior);
    },
  );
  return outcome ?? stayed('the brightness is what it was', said);
};

const streams = { ring: '2', media: '3', alarm: '4' } as const;

interface Volume {
  readonly index: number;
  readonly min: number;
  readonly max: number;
}

/** Reads "volume is 5 in range [0..25]", the one sure line of the volume command. */
export function parseVolume(stdout: string): Volume | null {
  const match = /volume is (\d{1,4}) in range \[(\d{1,4})\.\.(\d{1,4})\]/.exec(stdout);
  if (!match) return null;
  const [index, min, max] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return max > min ? { index, min, max } : null;
}

export const setVolume: PhoneFunction = async (call) => {
  const type = call.optionalText('volume_type') ?? 'media';
  const stream = streams[type as keyof typeof streams] ?? streams.media;
  const volume = async (): Promise<{ volume: Volume | null; said: string }> => {
    const output = await call.read('cmd', 'media_session', 'volume', '--stream', stream, '--get');
    return { volume: parseVolume(output.stdout), said: output.stdout + output.stderr };
  };
  const { volume: before, said: readSaid } = await volume();
  if (!before) return failed('VOLUME_UNREADABLE', 'The phone does not say its volume.', 'Try again.', readSaid);
  const level = call.number('level');
  const wanted = Math.round((level * before.max) / 100);
  if (wanted < before.min) {
    const lowest = Math.round((before.min * 100) / before.max);
    return refusedByDevice(`Android keeps the ${type} volume at ${lowest} % or more.`);
  }
  const prior = { level: Math.round((before.index * 100) / before.max), volume_type: type };
  let said = '';
  const outcome = await call.effect(
    async () => {
      // Out of range, it prints "Error: invalid volume index" and exits 0: only the read-back counts.
      const set = await call.send('cmd', 'media_session', 'volume', '--stream', stream, '--set', String(wanted));
      said = set.stdout + set.stderr;
    },
    async () => {
      const now = (await volume()).volume;
      if (now?.index !== wanted) return null;
      return readBack(`${type} volume ${Math.round((wanted * 100) / now.max)} % (${wanted} of ${now.max})`, { prior });
    },
  );
  if (outcome) return outcome;
  return /SecurityException|Not allowed to change Do Not Disturb/i.test(said)
    ? refusedByDevice('Do not disturb is on: Android does not let the ring volume be changed now.')
    : stayed(`the ${type} volume is what it was`, said);
};

/** A switch that is written by one command and read from a global setting. */
interface Switch {
  readonly what: string;
  readonly key: string;
  readonly command: (call: PhoneCall, enabled: boolean) => readonly string[];
  /** What the setting's number says. */
  readonly isOn: (value: number) => boolean;
}

function switchFunction(description: Switch): PhoneFunction {
  return async (call) => {
    const enabled = call.flag('enabled');
    const before = await setting(call, 'global', description.key);
    const prior = before === null ? {} : { prior: { enabled: description.isOn(before) } };
    let said = '';
    const outcome = await call.effect(
      async () => {
        const output = await call.send(...description.command(call, enabled));
        said = output.stdout + output.stderr;
      },
      async () => {
        const now = await setting(call, 'global', description.key);
        if (now === null || description.isOn(now) !== enabled) return null;
        return readBack(`${description.what} ${enabled ? 'on' : 'off'}`, prior);
      },
    );
    return outcome ?? stayed(`${description.what} is not ${enabled ? 'on' : 'off'}`, said);
  };
}

/** "priority" and not "on": "on" means total silence, in which the alarm clock does not ring either. */
export const enableDoNotDisturb = switchFunction({
  what: 'Do not disturb',
  key: 'zen_mode',
  command: (_call, enabled) => ['cmd', 'notification', 'set_dnd', enabled ? 'priority' : 'off'],
  isOn: (mode) => mode !== 0,
});

const switchWifi = switchFunction({
  what: 'Wi-Fi',
  key: 'wifi_on',
  command: (_call, enabled) => ['svc', 'wifi', enabled ? 'enable' : 'disable'],
  // 2: on in spite of airplane mode; 3: off because of it.
  isOn: (value) => value === 1 || value === 2,
});

export const setWifi: PhoneFunction = async (call) => {
  if (!call.flag('enabled') && call.link.isWireless) {
    return {
      status: 'refused',
      by: 'limit',
      why: 'Tentacle reaches this phone over Wi-Fi: switching it off would cut the connection. Connect it by USB, or switch it off on the phone.',
    };
  }
  return switchWifi(call);
};

/** Android 12 moved the command; the old one stays on older releases. */
export const setBluetooth = switchFunction({
  what: 'Bluetooth',
  key: 'bluetooth_on',
  command: (call, enabled) => [
    ...(call.facts.apiLevel >= 31 ? ['cmd', 'bluetooth_manager'] : ['svc', 'bluetooth']),
    enabled ? 'enable' : 'disable',
  ],
  isOn: (value) => value !== 0,
});
