import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../catalog/arguments-schema.js';
import type { Outcome } from '../../core/outcome.js';
import { deviceSaid, failed } from '../../core/outcomes.js';
import type { Ran } from './command.js';
import { type ComputerCall, computerFunction } from './computer-function.js';
import { capabilitiesCall, macNotification, notifyCall, notifySend, windowsToast } from './notification.js';
import { OSASCRIPT } from './osascript.js';
import { powershellOf } from './powershell.js';
import { hasSessionBus, isSilence } from './session-bus.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Shows a notification. The desktop says that it took it; whether somebody saw it nobody can say. */
export const showNotification = computerFunction({
  name: 'show_notification',
  args: z.object({
    text: z
      .string()
      .min(1)
      .max(MAX_TEXT_LENGTH)
      .refine((text) => !text.includes('\0'), 'it contains a NUL character'),
  }),
  thing: 'notification',
  async whyNot(surroundings, signal) {
    if (surroundings.platform === 'darwin') return surroundings.has(OSASCRIPT) ? null : `${OSASCRIPT} is missing.`;
    if (surroundings.platform === 'win32') {
      return surroundings.has(powershellOf(surroundings)) ? null : 'Windows PowerShell is missing.';
    }
    if (!hasSessionBus(surroundings)) return 'No desktop session is there that shows notifications (no session bus).';
    const gdbus = surroundings.find('gdbus');
    if (!gdbus) return surroundings.find('notify-send') ? null : 'Install libnotify-bin to show notifications.';
    const { code } = await surroundings.run(capabilitiesCall(gdbus), signal);
    return code === 0 ? null : 'No program that shows notifications runs in this session.';
  },
  async run({ text }, surroundings, call) {
    if (surroundings.platform === 'darwin') {
      call.markSent();
      return plainOutcome(await surroundings.run(macNotification(text), call.signal));
    }
    if (surroundings.platform === 'win32') {
      call.markSent();
      return toastOutcome(await surroundings.run(windowsToast(surroundings, text), call.signal));
    }
    return showOnLinux(text, surroundings, call);
  },
});

async function showOnLinux(text: string, surroundings: ComputerSurroundings, call: ComputerCall): Promise<Outcome> {
  const gdbus = surroundings.find('gdbus');
  if (gdbus) {
    const capabilities = await surroundings.run(capabilitiesCall(gdbus), call.signal);
    call.markSent();
    const hasMarkup = capabilities.stdout.includes("'body-markup'");
    const shown = await surroundings.run(notifyCall(gdbus, text, hasMarkup), call.signal);
    // It is shown once: after silence nothing else is tried.
    if (isSilence(shown)) return silence(shown);
    const id = /^\(uint32 (\d+),\)/.exec(shown.stdout)?.[1];
    if (shown.code === 0 && id) return deviceSaid(`notification ${id} is shown`);
    if (!surroundings.find('notify-send')) return notShown(shown);
  }
  return sendByLibnotify(text, surroundings, call);
}

async function sendByLibnotify(text: string, surroundings: ComputerSurroundings, call: ComputerCall): Promise<Outcome> {
  const program = surroundings.find('notify-send');
  if (!program) return notShown({ code: null, stdout: '', stderr: 'neither gdbus nor notify-send is there' });
  call.markSent();
  const withId = await surroundings.run(notifySend(program, text, true), call.signal);
  const id = /^(\d+)\s*$/.exec(withId.stdout)?.[1];
  if (withId.code === 0) return deviceSaid(id ? `notification ${id} is shown` : 'the notification is shown');
  if (!/Unknown option/i.test(withId.stderr)) return isSilence(withId) ? silence(withId) : notShown(withId);
  return plainOutcome(await surroundings.run(notifySend(program, text, false), call.signal));
}

const plainOutcome = (ran: Ran): Outcome => (ran.code === 0 ? deviceSaid('the notification is shown') : notShown(ran));

function toastOutcome(ran: Ran): Outcome {
  const setting = ran.stdout.trim();
  if (ran.code !== 0 || setting === 'Enabled') return plainOutcome(ran);
  return failed(
    'NOTIFICATIONS_OFF',
    'Windows has notifications switched off.',
    'Switch them on in Settings, System, Notifications, also for Windows PowerShell.',
    setting,
  );
}

function notShown({ stderr, code }: Ran): Outcome {
  const next = 'Look whether notifications are switched on in this desktop.';
  return failed('NOT_SHOWN', 'The notification could not be shown.', next, stderr || `exit code ${code}`);
}

function silence({ stderr }: Ran): Outcome {
  return {
    status: 'unknown',
    since: Date.now(),
    why: `The desktop took the notification and said nothing: ${stderr.trim()}`,
  };
}
