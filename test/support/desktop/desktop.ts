import { chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execProgram } from './exec-program.js';
import { DEBIAN_PYTHON } from './programs.js';
import { ServerProcess } from './server-process.js';

type Env = Readonly<Record<string, string>>;

/** A real part of a desktop, and what programs need in their environment to reach it. */
export interface DesktopPart extends AsyncDisposable {
  readonly env: Env;
}

function part(env: Env, ...servers: readonly ServerProcess[]): DesktopPart {
  return {
    env,
    [Symbol.asyncDispose]: async () => {
      for (const server of [...servers].reverse()) await server[Symbol.asyncDispose]();
    },
  };
}

/** An X server without a screen (Xvfb). */
export async function startXServer(): Promise<DesktopPart> {
  // Xvfb finds a free number by itself with -displayfd, and would tell it over a pipe: the lock file tells it too.
  const display = 100 + (process.pid % 20_000);
  const server = new ServerProcess('Xvfb', [`:${display}`, '-screen', '0', '640x480x24', '-nolisten', 'tcp'], {});
  await server.until('a socket', () => (existsSync(`/tmp/.X11-unix/X${display}`) ? true : null));
  return part({ DISPLAY: `:${display}` }, server);
}

/** A Wayland compositor without a screen (sway), which takes no root: then it runs as nobody. */
export async function startWayland(folder: string): Promise<DesktopPart> {
  const config = join(folder, 'sway.conf');
  writeFileSync(config, '');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    WLR_BACKENDS: 'headless',
    WLR_RENDERER: 'pixman',
    WLR_LIBINPUT_NO_DEVICES: '1',
  };
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const server = new ServerProcess('sway', ['-c', config], { env, ...nobody });
  const display = await server.until(
    'a socket',
    () => readdirSync(folder).find((name) => /^wayland-\d+$/.test(name)) ?? null,
  );
  return part({ XDG_RUNTIME_DIR: folder, WAYLAND_DISPLAY: display }, server);
}

/** A D-Bus of the test's own, on a socket in its folder. */
export async function startBus(folder: string): Promise<DesktopPart & { readonly address: string }> {
  const socket = join(folder, 'bus');
  const address = `unix:path=${socket}`;
  const server = new ServerProcess('dbus-daemon', ['--session', '--nofork', `--address=${address}`], {
    env: { ...process.env, XDG_RUNTIME_DIR: folder },
  });
  await server.until('a socket', () => (existsSync(socket) ? true : null));
  return { ...part({ DBUS_SESSION_BUS_ADDRESS: address }, server), address };
}

/** PulseAudio with an output that nobody hears. */
export async function startPulseAudio(folder: string): Promise<DesktopPart> {
  const socket = join(folder, 'pulse');
  const env = { PULSE_SERVER: `unix:${socket}` };
  const modules = [
    'module-null-sink sink_name=silence',
    `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
  ];
  const server = new ServerProcess(
    'pulseaudio',
    ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', ...modules.flatMap((each) => ['-L', each])],
    { env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder } },
  );
  await server.until('an output', async () => {
    const { stdout } = await execProgram('pactl', ['list', 'short', 'sinks'], { ...process.env, ...env });
    return stdout.includes('silence') ? true : null;
  });
  return part(env, server);
}

/** PipeWire and WirePlumber on a bus of their own, with an output that nobody hears. */
export async function startPipeWire(folder: string): Promise<DesktopPart> {
  const bus = await startBus(folder);
  const own = { XDG_RUNTIME_DIR: folder, ...bus.env };
  const env = { ...process.env, HOME: folder, ...own };
  const pipewire = new ServerProcess('pipewire', [], { env });
  await pipewire.until('a socket', () => (existsSync(join(folder, 'pipewire-0')) ? true : null));
  const wireplumber = new ServerProcess('wireplumber', [], { env });
  const sink =
    '{ factory.name=support.null-audio-sink node.name=silence media.class=Audio/Sink audio.position=[FL FR] object.linger=true }';
  await execProgram('pw-cli', ['create-node', 'adapter', sink], env);
  // Until it has taken the new output over, WirePlumber lets a volume that is set fall without a word.
  await wireplumber.until('an output', async () => {
    await execProgram('wpctl', ['set-volume', '@DEFAULT_AUDIO_SINK@', '0.9'], env);
    const { stdout } = await execProgram('wpctl', ['get-volume', '@DEFAULT_AUDIO_SINK@'], env);
    return stdout.includes('0.90') ? true : null;
  });
  const servers = part(own, pipewire, wireplumber);
  return {
    env: own,
    [Symbol.asyncDispose]: async () => {
      await servers[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
    },
  };
}

/** Debian's stand-in for logind (python3-dbusmock) with one session, whose lock sets its hint as a desktop's does. */
export async function startLogind(bus: { readonly address: string }, session: string): Promise<DesktopPart> {
  const env = { DBUS_SYSTEM_BUS_ADDRESS: bus.address };
  const server = new ServerProcess(DEBIAN_PYTHON, ['-m', 'dbusmock', '--system', '--template', 'logind'], {
    env: { ...process.env, ...env },
  });
  const logind = (method: string, ...args: readonly string[]) =>
    execProgram(
      'gdbus',
      ['call', '--address', bus.address, '--dest', 'org.freedesktop.login1', '--object-path', '/org/freedesktop/login1']
        .concat(['--method', `org.freedesktop.DBus.Mock.${method}`])
        .concat(args),
      process.env,
    );
  const uid = String(process.getuid?.() ?? 0);
  await server.until('a session', async () => {
    const { code } = await logind('AddSession', session, 'seat0', `uint32 ${uid}`, 'tester', 'true');
    return code === 0 ? true : null;
  });
  const lock = `objects['/org/freedesktop/login1/session/' + args[0]].SetLockedHint(True)`;
  await logind('AddMethod', 'org.freedesktop.login1.Manager', 'LockSession', 's', '', lock);
  return part({ ...env, XDG_SESSION_ID: session }, server);
}
