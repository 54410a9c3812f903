import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isTrue,
  listValue,
  localeValue,
  localeValues,
  parseDesktopEntry,
  stringValue,
} from '../../../../src/lan/computer/applications/desktop-entry.js';
import { parseExec } from '../../../../src/lan/computer/applications/exec-line.js';

const TEXT = `# a comment
[Desktop Entry]
Type=Application
Name=Files
Name[de]=Dateien
Name[zh_CN]=文件
Name[zh_TW]=檔案
Name[sr@latin]=Datoteke
GenericName=File Manager
Comment=back\\sslash \\\\ and\\ttab
NoDisplay=false
Terminal = true
OnlyShowIn=GNOME;X\\;Y;KDE;

[Desktop Action new-window]
Name=New Window
Exec=files --new-window
Hidden=true
`;

describe('parseDesktopEntry', () => {
  const entry = parseDesktopEntry(TEXT) ?? new Map();

  it('reads the one group, its escapes, lists and booleans', () => {
    expect(stringValue(entry, 'Name')).toBe('Files');
    expect(stringValue(entry, 'Comment')).toBe('back slash \\ and\ttab');
    expect(listValue(entry, 'OnlyShowIn')).toEqual(['GNOME', 'X;Y', 'KDE']);
    expect(isTrue(entry, 'Terminal')).toBe(true);
    expect(isTrue(entry, 'NoDisplay')).toBe(false);
    expect(stringValue(entry, 'Exec')).toBeNull();
    expect(isTrue(entry, 'Hidden')).toBe(false);
  });

  it('reads names by language', () => {
    expect(localeValues(entry, 'Name', ['zh'])).toEqual(['Files', '文件', '檔案']);
    expect(localeValues(entry, 'Name', ['zh', 'de_AT'])).toEqual(['Files', 'Dateien', '文件', '檔案']);
    expect(localeValue(entry, 'Name', 'de_AT')).toBe('Dateien');
    expect(localeValue(entry, 'Name', 'en')).toBe('Files');
  });

  it('is nothing for a file without the group', () => {
    expect(parseDesktopEntry('[Something]\nName=x\n')).toBeNull();
    expect(parseDesktopEntry('')).toBeNull();
  });
});

describe('parseExec', () => {
  const facts = { name: 'My App', icon: 'app-icon', file: '/usr/share/applications/app.desktop' };

  it.each([
    ['firefox %u', ['firefox']],
    ['app --open %F --flag', ['app', '--open', '--flag']],
    ['app %i', ['app', '--icon', 'app-icon']],
    ['app --title %c --file %k', ['app', '--title', 'My App', '--file', '/usr/share/applications/app.desktop']],
    ['app --url=%u 100%%', ['app', '--url=', '100%']],
    ['app %%f %d %D %n %N %v %m', ['app', '%f']],
    ['"/opt/my app/run" "two words" plain', ['/opt/my app/run', 'two words', 'plain']],
    ['sh -c "echo \\"\\$HOME\\" \\`id\\` \\\\ done"', ['sh', '-c', 'echo "$HOME" `id` \\ done']],
    ['env A=b app', ['env', 'A=b', 'app']],
    ['app ""', ['app', '']],
    ['  app   x  ', ['app', 'x']],
    ['app "%u"', ['app', '%u']],
  ])('%s', (exec, args) => {
    expect(parseExec(exec, facts)).toEqual(args);
  });

  it.each(['', '   ', 'app "open', 'app a"b"', 'app %z', 'app 50%', '%u', '""'])('refuses %j', (exec) => {
    expect(parseExec(exec, facts)).toBeNull();
  });

  it('reads back every argument that was quoted as the specification says', () => {
    const quote = (argument: string): string => `"${argument.replace(/["`$\\]/g, '\\$&')}"`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (args) => {
        const all = ['program', ...args];
        expect(parseExec(all.map(quote).join(' '), facts)).toEqual(all);
      }),
    );
  });

  it('never fails on any line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab"\\%$` u\n') }), (exec) => void parseExec(exec, facts)),
    );
  });
});
