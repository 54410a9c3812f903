import type { Command } from './command.js';
import { osascript } from './osascript.js';
import { powershell } from './powershell.js';
import { type BusCall, gdbusCall, gvariantText } from './session-bus.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Stands above every notification, so that nobody takes it for one of another program. */
const TITLE = 'Tentacle';

const server = { service: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications' };
const method = (name: string): string => `${server.service}.${name}`;

/** Asks what the desktop's notification program can; starts it where the bus knows how. */
export function capabilitiesCall(gdbus: string): Command {
  return gdbusCall(gdbus, { ...server, method: method('GetCapabilities'), args: [] });
}

/** Prints `(uint32 <id>,)`. `hasMarkup`: the server said "body-markup", and would read "<b>" and "&" as such. */
export function notifyCall(gdbus: string, text: string, hasMarkup: boolean): Command {
  const body = hasMarkup ? escapeMarkup(text) : text;
  const call: BusCall = {
    ...server,
    method: method('Notify'),
    // Application, id to replace, icon, summary, body, actions, hints, expiry (-1: as the desktop likes).
    args: [
      gvariantText(TITLE),
      'uint32 0',
      '""',
      gvariantText(TITLE),
      gvariantText(body),
      '@as []',
      '@a{sv} {}',
      'int32 -1',
    ],
  };
  return gdbusCall(gdbus, call);
}

/**
 * notify-send reads its body as C escapes and hands it on as markup. `withId` prints the notification's id, which versions
 * before 0.8 cannot.
 */
export function notifySend(program: string, text: string, withId: boolean): Command {
  const body = escapeMarkup(text).replaceAll('\\', '\\\\');
  const id = withId ? ['--print-id'] : [];
  return { program, args: [...id, '--app-name', TITLE, '--', TITLE, body] };
}

/** The notification stands under the name of Script Editor: macOS gives osascript no name of its own. */
export function macNotification(text: string): Command {
  return osascript([`display notification (item 2 of argv) with title "${TITLE}"`], [text]);
}

/**
 * A toast under PowerShell's own registered name, since Windows shows none of a program without one. Prints "Enabled", or
 * by what notifications are switched off: DisabledForApplication, DisabledForUser, DisabledByGroupPolicy, DisabledByManifest.
 */
export function windowsToast(surroundings: ComputerSurroundings, text: string): Command {
  return powershell(surroundings, TOAST, { stdin: text });
}

export const TOAST = `$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$xml = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $xml.GetElementsByTagName('text')
$null = $texts.Item(0).AppendChild($xml.CreateTextNode('${TITLE}'))
$null = $texts.Item(1).AppendChild($xml.CreateTextNode((Read-Utf8)))
$toast = New-Object Windows.UI.Notifications.ToastNotification $xml
$id = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$notifier = [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($id)
$setting = [string]$notifier.Setting
if ($setting -eq 'Enabled') { $notifier.Show($toast) }
Write-Utf8 $setting`;

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
