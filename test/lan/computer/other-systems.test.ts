import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macApplication, parseSpotlight, SPOTLIGHT } from '../../../src/lan/computer/applications/mac-applications.js';
import {
  LIST_APPLICATIONS,
  parseWindowsApplications,
  startTarget,
} from '../../../src/lan/computer/applications/windows-applications.js';
import { macClipboard, windowsClipboard } from '../../../src/lan/computer/clipboard.js';
import type { Command } from '../../../src/lan/computer/command.js';
import { isMacLocked, macLock, macLockState, windowsLock } from '../../../src/lan/computer/lock.js';
import { macNotification, TOAST, windowsToast } from '../../../src/lan/computer/notification.js';
import { openers } from '../../../src/lan/computer/open-url.js';
import { powershell } from '../../../src/lan/computer/powershell.js';
import { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { CORE_AUDIO_SOURCE, macVolume, windowsVolume } from '../../../src/lan/computer/volume.js';
import { HOSTILE } from './rig.js';

/**
 * The commands for macOS and Windows as data. They have been tried on neither: what is shown here is that exactly these
 * arguments are given, that nothing a person said is ever inside a script, and that answers of the documented form are read.
 */
const windows = new ComputerSurroundings({ platform: 'win32', env: { SystemRoot: 'D:\\Windows' } });
const mac = new ComputerSurroundings({ platform: 'darwin' });

const POWERSHELL = 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

/** The script inside an encoded command, without what stands before every script. */
function scriptOf({ args }: Command): string {
  const all = Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le');
  return all.slice(all.indexOf('\n}\n', all.indexOf('function Write-Utf8')) + 3);
}

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }));

describe('commands for Windows', () => {
  it('run PowerShell by its whole path, with a fixed script and no profile', () => {
    const command = powershell(windows, 'Get-Date');
    expect(command).toEqual({
      program: POWERSHELL,
      args: [
        '-NoLogo',
        '-NoProfile',
        '-NonInteractive',
        '-STA',
        '-EncodedCommand',
        expect.stringMatching(/^[\w+/]+=*$/),
      ],
    });
    expect(scriptOf(command)).toBe('Get-Date');
  });

  it('carry what a person said over stdin or the environment alone', () => {
    fc.assert(
      fc.property(text, (said) => {
        const clipboard = windowsClipboard(windows).write(said);
        expect(clipboard).toMatchObject({ program: POWERSHELL, stdin: said });
        expect(scriptOf(clipboard)).toBe('Set-Clipboard -Value (Read-Utf8)');
        const toast = windowsToast(windows, said);
        expect(toast).toMatchObject({ program: POWERSHELL, stdin: said });
        expect(scriptOf(toast)).toBe(TOAST);
        const start = startTarget(windows, said);
        expect(start).toMatchObject({ program: POWERSHELL, env: { TENTACLE_TARGET: said } });
        expect(scriptOf(start)).toBe('Start-Process -FilePath $env:TENTACLE_TARGET');
      }),
    );
  });

  it('are these', () => {
    expect(scriptOf(windowsClipboard(windows).read)).toBe('Write-Utf8 ([string](Get-Clipboard -Raw -Format Text))');
    expect(windowsLock(windows)).toEqual({
      program: 'D:\\Windows\\System32\\rundll32.exe',
      args: ['user32.dll,LockWorkStation'],
    });
    const set = windowsVolume(windows).set(42.4);
    expect(set.env).toEqual({ TENTACLE_LEVEL: '42' });
    expect(scriptOf(set)).toBe(
      `Add-Type -TypeDefinition @'\n${CORE_AUDIO_SOURCE}\n'@\n[Tentacle.Volume]::Set([int]$env:TENTACLE_LEVEL)`,
    );
    // The here-string ends at the first line that begins with its mark.
    expect(CORE_AUDIO_SOURCE).not.toMatch(/^'@/m);
    // Windows takes no command line above 32767 characters.
    for (const command of [set, windowsToast(windows, ''), powershell(windows, LIST_APPLICATIONS)]) {
      expect(command.args.join(' ').length).toBeLessThan(30_000);
    }
  });

  it('read the volume and the list of applications', () => {
    expect(windowsVolume(windows).parse('37 False')).toEqual({ level: 37, isMuted: false });
    expect(windowsVolume(windows).parse('0 True')).toEqual({ level: 0, isMuted: true });
    expect(windowsVolume(windows).parse('')).toBeNull();
    const printed = [
      { name: 'Firefox', target: 'C:\\Menu\\Firefox.lnk' },
      { name: 'firefox', target: 'C:\\Program Files\\firefox.exe' },
      { name: 'Calculator', target: 'shell:AppsFolder\\Microsoft.WindowsCalculator_8wekyb3d8bbwe!App' },
    ];
    expect(parseWindowsApplications(JSON.stringify(printed))).toEqual([printed[0], printed[2]]);
    expect(parseWindowsApplications('[]')).toEqual([]);
    expect(parseWindowsApplications('{"name":1}')).toEqual([]);
    expect(parseWindowsApplications('not JSON')).toEqual([]);
  });
});

describe('commands for macOS', () => {
  it('carry what a person said as an argument behind a fixed word', () => {
    fc.assert(
      fc.property(text, (said) => {
        expect(macNotification(said)).toEqual({
          program: '/usr/bin/osascript',
          args: [
            ...[
              '-e',
              'on run argv',
              '-e',
              'display notification (item 2 of argv) with title "Tentacle"',
              '-e',
              'end run',
            ],
            ...['tentacle', said],
          ],
        });
      }),
    );
  });

  it('are these', () => {
    expect(macClipboard.write('a "b"')).toMatchObject({ program: '/usr/bin/pbcopy', args: [], stdin: 'a "b"' });
    expect(macClipboard.read).toMatchObject({ program: '/usr/bin/pbpaste', env: { LC_ALL: 'en_US.UTF-8' } });
    expect(macVolume.set(33.6).args).toEqual(
      ['-e', 'on run argv', '-e', 'set volume output volume ((item 2 of argv) as integer)', '-e', 'end run'].concat([
        'tentacle',
        '34',
      ]),
    );
    expect(openers(mac, 'https://example.org/')).toEqual([
      { program: '/usr/bin/open', args: ['https://example.org/'] },
    ]);
    expect(macLock.args).toContain(
      'tell application "System Events" to keystroke "q" using {control down, command down}',
    );
    expect(macLockState).toEqual({ program: '/usr/sbin/ioreg', args: ['-n', 'Root', '-d1', '-a'] });
    expect(SPOTLIGHT.args.at(-1)).toBe('kMDItemContentType == "com.apple.application-bundle"');
  });

  it('read the volume, the lock and the applications', () => {
    expect(macVolume.parse('40 false\n')).toEqual({ level: 40, isMuted: false });
    expect(macVolume.parse('0 true\n')).toEqual({ level: 0, isMuted: true });
    expect(macVolume.parse('missing value missing value\n')).toBeNull();
    expect(isMacLocked('<key>CGSSessionScreenIsLocked</key>\n\t<true/>')).toBe(true);
    expect(isMacLocked('<key>CGSSessionScreenIsLocked</key>\n\t<false/>')).toBe(false);
    expect(isMacLocked('<key>kCGSSessionOnConsoleKey</key><true/>')).toBe(false);
    const printed = [
      '/Applications/Google Chrome.app   kMDItemDisplayName = Google Chrome',
      '/System/Applications/Notes.app   kMDItemDisplayName = 备忘录.app',
      '/Applications/Xcode.app/Contents/Applications/Instruments.app   kMDItemDisplayName = Instruments',
      '/Applications/Plain.app',
      '/Applications/Odd.app   kMDItemDisplayName = (null)',
      'nonsense',
    ].join('\n');
    const found = parseSpotlight(printed);
    expect(found).toEqual([
      { path: '/Applications/Google Chrome.app', name: 'Google Chrome' },
      { path: '/System/Applications/Notes.app', name: '备忘录.app' },
      { path: '/Applications/Plain.app', name: null },
      { path: '/Applications/Odd.app', name: null },
    ]);
    expect(macApplication('/System/Applications/Notes.app', ['备忘录.app'])).toMatchObject({
      name: '备忘录',
      names: ['备忘录', 'Notes'],
      start: { program: '/usr/bin/open', args: ['-a', '/System/Applications/Notes.app'] },
    });
  });
});
