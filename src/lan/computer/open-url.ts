import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../catalog/arguments-schema.js';
import { deviceSaid, failed, refusedByDevice } from '../../core/outcomes.js';
import type { Command } from './command.js';
import { computerFunction } from './computer-function.js';
import { powershell, powershellOf } from './powershell.js';
import { NO_DISPLAY } from './reasons.js';
import type { ComputerSurroundings } from './surroundings.js';
import { parseWebAddress } from './web-address.js';

/** How long the program that opens pages is watched. Most end at once; some become the browser and stay. */
const SETTLE_MS = 2_000;

/** Opens a web page, or a new mail, in the user's own program for it. Nothing tells what the program then shows. */
export const openUrl = computerFunction({
  name: 'open_url',
  args: z.object({ url: z.string().min(1).max(MAX_TEXT_LENGTH) }),
  thing: 'browser',
  async whyNot(surroundings) {
    if (!surroundings.hasDisplay) return NO_DISPLAY;
    return openers(surroundings, 'https://example.org/').length > 0
      ? null
      : 'No program that opens web pages is there: install xdg-utils.';
  },
  async run({ url }, surroundings, call) {
    const address = parseWebAddress(url);
    if (!address.ok) return refusedByDevice(address.error);
    const { href } = address.value;
    let detail = 'No program that opens web pages is there.';
    for (const command of openers(surroundings, href)) {
      call.markSent();
      const started = await surroundings.start(command, { settleMs: SETTLE_MS, signal: call.signal });
      if (started.isRunning || started.code === 0) return deviceSaid(`opened ${href}`);
      detail = `${command.program} ended with ${started.code ?? started.stderr}`;
    }
    return failed('NOT_OPENED', `${href} could not be opened.`, 'Choose a browser in the settings.', detail);
  },
});

/** The programs that hand an address to the user's browser or mail program, best first. */
export function openers(surroundings: ComputerSurroundings, href: string): readonly Command[] {
  switch (surroundings.platform) {
    case 'darwin':
      return [{ program: '/usr/bin/open', args: [href] }];
    case 'win32':
      return surroundings.has(powershellOf(surroundings))
        ? [powershell(surroundings, 'Start-Process -FilePath $env:TENTACLE_URL', { env: { TENTACLE_URL: href } })]
        : [];
    default: {
      const xdgOpen = surroundings.find('xdg-open');
      const gio = surroundings.find('gio');
      return [
        ...(xdgOpen ? [{ program: xdgOpen, args: [href] }] : []),
        ...(gio ? [{ program: gio, args: ['open', href] }] : []),
      ];
    }
  }
}
