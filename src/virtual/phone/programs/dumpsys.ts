import type { Program } from '../shell/program.js';
import type { PhoneState } from '../state/phone-state.js';

/** `dumpsys <service> ...`: the parts of the dumps by which effects are read back. */
export const dumpsys: Program = ({ state, args, out, err }) => {
  const [service = ''] = args;
  const dump = Object.hasOwn(dumps, service) ? dumps[service] : undefined;
  if (dump) out(dump(state));
  else err(`Can't find service: ${service}\n`);
  return 0;
};

const two = (value: number): string => String(value).padStart(2, '0');

function localTime(moment: number): string {
  const time = new Date(moment);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

const playbackStates = { stopped: 'STOPPED(1)', paused: 'PAUSED(2)', playing: 'PLAYING(3)' } as const;

const dumps: Readonly<Record<string, (state: PhoneState) => string>> = {
  alarm: (state) => {
    const next = state.nextAlarm();
    const line =
      next === null
        ? ''
        : `    user:0 pendingSend:false time:${next} = ${localTime(next)} = +${Math.round((next - state.now()) / 1_000)}s\n`;
    return `Current Alarm Manager state:\n  nowRTC=${state.now()} = ${localTime(state.now())}\n\n  Next alarm clock information: \n${line}\n`;
  },
  'telephony.registry': (state) =>
    `last known state:\n  Phone Id=0\n    mCallState=${state.callState}\n    mCallIncomingNumber=\n`,
  activity: (state) => {
    const { packageName, activity } = state.screen;
    return [
      'ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)',
      'Display #0 (activities from top to bottom):',
      `  topResumedActivity=ActivityRecord{3e2f1a8 u0 ${packageName}/${activity} t12}`,
      `  ResumedActivity: ActivityRecord{3e2f1a8 u0 ${packageName}/${activity} t12}`,
      '  KeyguardController:',
      `    mKeyguardShowing=${state.isLocked}`,
      '',
    ].join('\n');
  },
  window: (state) => {
    const { packageName, activity } = state.screen;
    return `WINDOW MANAGER\n  mCurrentFocus=Window{9d1c u0 ${packageName}/${activity}}\n  isKeyguardShowing=${state.isLocked}\n`;
  },
  power: (state) => `POWER MANAGER (dumpsys power)\n  mWakefulness=${state.isAwake ? 'Awake' : 'Asleep'}\n`,
  battery: ({ battery }) =>
    [
      'Current Battery Service state:',
      '  AC powered: false',
      `  USB powered: ${battery.charging}`,
      '  Wireless powered: false',
      `  status: ${battery.charging ? 2 : 3}`,
      '  health: 2',
      '  present: true',
      `  level: ${battery.level}`,
      '  scale: 100',
      '  voltage: 4012',
      '  temperature: 289',
      '  technology: Li-ion',
      '',
    ].join('\n'),
  media_session: ({ session }) => {
    const head = 'MEDIA SESSION SERVICE (dumpsys media_session)\n\n';
    if (!session) return `${head}User Records:\n  Sessions Stack - have 0 sessions:\n`;
    return [
      `${head}User Records:`,
      '  Sessions Stack - have 1 sessions:',
      `    player ${session.packageName}/player (userId=0)`,
      '      ownerPid=4711, ownerUid=10123, userId=0',
      `      package=${session.packageName}`,
      '      active=true',
      '      flags=3',
      `      state=PlaybackState {state=${playbackStates[session.state]}, position=${session.track * 1_000}, buffered position=0, speed=1.0, updated=1, actions=823, error=null}`,
      `      metadata: size=3, description=${session.query} ${session.track}, null, null`,
      '',
    ].join('\n');
  },
  location: ({ location, settings }) => {
    const isOn = settings.secure.get('location_mode') !== '0';
    const last = isOn
      ? `last location=Location[${location.provider} ${location.latitude.toFixed(6)},${location.longitude.toFixed(6)} hAcc=12.0 et=+1d2h3m4s567ms]`
      : 'last location=null';
    return `Location Manager State:\n  location [u0]: ${isOn}\n  Location Providers:\n    ${location.provider} provider:\n      ${last}\n`;
  },
  bluetooth_manager: ({ bluetoothDevices, settings }) => {
    const isOn = settings.global.get('bluetooth_on') === '1';
    const bonded = bluetoothDevices.map(({ name, address }) => `    ${address} [ DUAL ] ${name}`);
    return [
      'Bluetooth Status',
      `  enabled: ${isOn}`,
      `  state: ${isOn ? 'ON' : 'OFF'}`,
      '  Bonded devices:',
      ...bonded,
      '',
    ].join('\n');
  },
};
