import { readFileSync } from 'node:fs';
import type { Device } from '../../core/device.js';
import { peerWords } from '../../core/peer-words.js';
import type { OfferedFunctions } from './offered-functions.js';
import type { ComputerSurroundings } from './surroundings.js';

export const THIS_COMPUTER = 'computer:this';

/** What people call the computer in front of them. */
const ALIASES = ['this computer', 'this PC', 'my laptop', 'my computer', '这台电脑', '电脑', '本机'];

/** This computer as a device. `functions` is null while it is still being looked at. */
export function computerDevice(surroundings: ComputerSurroundings, functions: OfferedFunctions | null): Device {
  const missing = [...(functions?.missing ?? [])].map(([name, why]): [string, string] => [
    `no ${name}`,
    peerWords(why),
  ]);
  return {
    id: THIS_COMPUTER,
    kind: 'computer',
    name: surroundings.hostname || 'this computer',
    aliases: ALIASES,
    room: null,
    deviceClass: null,
    groups: [],
    transport: 'computer',
    address: surroundings.hostname || 'localhost',
    ...stateOf(functions),
    virtual: false,
    functions: functions?.offered.map(({ name }) => name) ?? [],
    details: { os: systemName(surroundings), desktop: desktopName(surroundings), ...Object.fromEntries(missing) },
  };
}

function stateOf(functions: OfferedFunctions | null): Pick<Device, 'state' | 'stateReason'> {
  if (!functions) return { state: 'connecting', stateReason: 'Tentacle is looking at what this computer can do.' };
  if (functions.offered.length > 0) return { state: 'ready', stateReason: null };
  const reasons = [...new Set(functions.missing.values())];
  return { state: 'unsupported', stateReason: `Nothing of this computer can be commanded: ${reasons.join(' ')}` };
}

/** "Debian GNU/Linux 12 (bookworm)", "macOS (Darwin 24.1.0)", "Windows (10.0.26100)". */
function systemName({ platform, release }: ComputerSurroundings): string {
  switch (platform) {
    case 'darwin':
      return `macOS (Darwin ${release})`;
    case 'win32':
      return `Windows (${release})`;
    default:
      return linuxName() ?? `${platform} ${release}`;
  }
}

/** os-release(5): values are quoted as in a shell. */
function linuxName(): string | null {
  try {
    const found = /^PRETTY_NAME=(["']?)(.*)\1$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[2];
    return found ? peerWords(found, 100) : null;
  } catch {
    return null;
  }
}

function desktopName({ env, hasDisplay, platform }: ComputerSurroundings): string {
  if (platform !== 'linux') return platform === 'darwin' ? 'Aqua' : 'Explorer';
  if (!hasDisplay) return 'none';
  const kind = env['XDG_SESSION_TYPE'] || (env['WAYLAND_DISPLAY'] ? 'wayland' : 'x11');
  return peerWords(`${env['XDG_CURRENT_DESKTOP'] || 'unnamed'} on ${kind}`, 100);
}
