import type { Device } from '../../core/device.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

export function renderDevices(devices: readonly Device[], terminal: Terminal): string {
  const { colors, width } = terminal;
  if (devices.length === 0) {
    return `${wrap('No device is connected. Plug in an Android phone with USB debugging on, or run "tentacle virtual" to try it with a virtual one.', width)}\n`;
  }
  return `${devices
    .map((device) => {
      const state = device.state === 'ready' ? colors.green(device.state) : colors.red(device.state);
      // Why a function is not offered is told when somebody asks for it.
      const facts = Object.entries(device.details).filter(([name]) => !name.startsWith('no '));
      const details = facts.map(([name, value]) => `${name} ${oneLine(value, 60)}`);
      return [
        `${colors.bold(oneLine(device.name, 80))}  ${state}${device.virtual ? colors.dim('  virtual') : ''}`,
        wrap(`  ${device.kind} · ${device.id} · ${device.address}`, width, '  '),
        ...(device.stateReason ? [wrap(`  ${oneLine(device.stateReason, 300)}`, width, '  ')] : []),
        ...(details.length > 0 ? [colors.dim(wrap(`  ${details.join(' · ')}`, width, '  '))] : []),
        colors.dim(`  ${device.functions.length} functions`),
      ].join('\n');
    })
    .join('\n')}\n`;
}
