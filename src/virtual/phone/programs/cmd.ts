import type { Program, ProgramContext } from '../shell/program.js';
import { setRadio } from './radio.js';

type Service = (context: ProgramContext, args: readonly string[]) => number;

/** `cmd <service> ...`: commands of system services. */
export const cmd: Program = (context) => {
  const [name = '', ...args] = context.args;
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  if (service) return service(context, args);
  context.err(`cmd: Can't find service: ${name}\n`);
  return 20;
};

const services: Readonly<Record<string, Service>> = {
  media_session: (context, args) =>
    args[0] === 'volume' ? volume(context, args.slice(1)) : mediaSession(context, args),
  notification: ({ state, err }, args) => {
    const mode = args[0] === 'set_dnd' ? zenModes[args[1] ?? ''] : undefined;
    if (mode === undefined) {
      err('Invalid DND mode\n');
      return 255;
    }
    state.settings.global.set('zen_mode', mode);
    state.record('do-not-disturb', args[1] ?? '');
    return 0;
  },
  bluetooth_manager: ({ state, out, err }, args) => {
    if (state.apiLevel < 31 || (args[0] !== 'enable' && args[0] !== 'disable')) {
      err(`Unknown command: ${args[0] ?? ''}\n`);
      return 255;
    }
    setRadio(state, 'bluetooth_on', args[0] === 'enable');
    out(`${args[0]}: Success\n`);
    return 0;
  },
  statusbar: ({ state, err }, args) => {
    if (args[0] === 'expand-settings') state.panel = 'quick-settings';
    else if (args[0] === 'expand-notifications') state.panel = 'notifications';
    else if (args[0] === 'collapse') state.panel = null;
    else {
      err(`Unknown command: ${args[0] ?? ''}\n`);
      return 255;
    }
    return 0;
  },
};

const zenModes: Readonly<Record<string, string>> = {
  off: '0',
  priority: '1',
  none: '2',
  on: '2',
  alarms: '3',
  all: '0',
};

function volume({ state, out }: ProgramContext, args: readonly string[]): number {
  const stream = Number(args[args.indexOf('--stream') + 1]);
  const held = args.includes('--stream') ? state.volumes.get(stream) : undefined;
  if (!held) {
    out('[E] Error: invalid stream type\n');
    return 0;
  }
  out(`[V] will control stream=${stream} (${held.name})\n`);
  if (args.includes('--set')) {
    const wanted = Number(args[args.indexOf('--set') + 1]);
    out(`[V] will set volume to index=${wanted}\n[V] Connecting to AudioService\n`);
    // Out of range it prints an error and exits 0.
    if (!Number.isInteger(wanted) || wanted < held.min || wanted > held.max) {
      out(`Error: invalid volume index ${wanted} for stream ${stream} (should be in [${held.min}..${held.max}])\n`);
      return 0;
    }
    held.index = wanted;
    state.record('volume', `${held.name}=${wanted}`);
  }
  if (args.includes('--get'))
    out(
      `[V] will get volume\n[V] Connecting to AudioService\n[V] volume is ${held.index} in range [${held.min}..${held.max}]\n`,
    );
  return 0;
}

function mediaSession({ state, err }: ProgramContext, args: readonly string[]): number {
  const [command, key] = args;
  if (command !== 'dispatch' || key === undefined || !mediaKeys.has(key)) {
    err(`Error: unknown dispatch code '${key ?? ''}'\n`);
    return 255;
  }
  const { session } = state;
  if (!session) return 0;
  if (key === 'next') session.track += 1;
  else if (key === 'previous') session.track = Math.max(1, session.track - 1);
  else if (key === 'play') session.state = 'playing';
  else if (key === 'pause') session.state = 'paused';
  else if (key === 'play-pause') session.state = session.state === 'playing' ? 'paused' : 'playing';
  else session.state = 'stopped';
  state.record('media', key);
  return 0;
}

const mediaKeys: ReadonlySet<string> = new Set(['play', 'pause', 'play-pause', 'next', 'previous', 'stop']);
