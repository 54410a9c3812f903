import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from '../command.js';
import type { ComputerSurroundings } from '../surroundings.js';
import type { Application } from './application.js';
import {
  type DesktopEntry,
  isTrue,
  listValue,
  localeValue,
  localeValues,
  parseDesktopEntry,
  stringValue,
} from './desktop-entry.js';
import { parseExec } from './exec-line.js';

/** The most .desktop files that are read, and the longest one, in bytes: more is no desktop. */
const MAX_FILES = 5_000;
const MAX_FILE = 1024 * 1024;

/** The applications that this desktop shows: .desktop files of the XDG data folders, the user's own first. */
export function linuxApplications(surroundings: ComputerSurroundings): readonly Application[] {
  // The first file of an id holds, also where it says Hidden: so users take system applications out.
  const files = new Map<string, string>();
  for (const folder of dataFolders(surroundings)) {
    for (const [id, file] of desktopFiles(join(folder, 'applications'), '')) {
      if (!files.has(id) && files.size < MAX_FILES) files.set(id, file);
    }
  }
  return [...files].flatMap(([id, file]) => readApplication(id, file, surroundings) ?? []);
}

function dataFolders({ env, home }: ComputerSurroundings): readonly string[] {
  const own = env['XDG_DATA_HOME'] || join(home, '.local/share');
  const system = (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':').filter((folder) => folder !== '');
  if (env['XDG_DATA_DIRS']) return [own, ...system];
  // A program that a service started lacks what the desktop adds for its stores.
  return [
    own,
    ...system,
    join(own, 'flatpak/exports/share'),
    '/var/lib/flatpak/exports/share',
    '/var/lib/snapd/desktop',
  ];
}

/** Pairs of id and path. The id of `kde/konsole.desktop` is `kde-konsole.desktop`. */
function desktopFiles(folder: string, prefix: string, depth = 0): readonly (readonly [string, string])[] {
  if (depth > 4 || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder).flatMap((name): readonly (readonly [string, string])[] => {
    const path = join(folder, name);
    if (name.endsWith('.desktop')) return [[`${prefix}${name}`, path]];
    return desktopFiles(path, `${prefix}${name}-`, depth + 1);
  });
}

function readApplication(id: string, file: string, surroundings: ComputerSurroundings): Application | null {
  const entry = readEntry(file);
  if (!entry || !isShown(entry, surroundings)) return null;
  const languages = languagesOf(surroundings.env);
  const names = localeValues(entry, 'Name', languages);
  const name = localeValue(entry, 'Name', languages.at(-1) ?? 'en');
  const exec = stringValue(entry, 'Exec');
  if (name === null || exec === null) return null;
  const args = parseExec(exec, { name, icon: stringValue(entry, 'Icon'), file });
  const start = args && startOf(args, entry, surroundings);
  if (!start) return null;
  const shortId = basename(id, '.desktop');
  const program = basename(args[0] ?? '');
  return {
    name,
    names,
    ids: [...new Set([shortId, shortId.split('.').at(-1) ?? shortId, ...(isWrapper(program) ? [] : [program])])],
    genericNames: localeValues(entry, 'GenericName', languages),
    start,
  };
}

function readEntry(file: string): DesktopEntry | null {
  try {
    return statSync(file).size > MAX_FILE ? null : parseDesktopEntry(readFileSync(file, 'utf8'));
  } catch {
    // A link that leads nowhere, a file of somebody else: not an application of this user.
    return null;
  }
}

function isShown(entry: DesktopEntry, surroundings: ComputerSurroundings): boolean {
  if (stringValue(entry, 'Type') !== 'Application' || isTrue(entry, 'Hidden') || isTrue(entry, 'NoDisplay'))
    return false;
  const desktops = (surroundings.env['XDG_CURRENT_DESKTOP'] ?? '').split(':').filter((desktop) => desktop !== '');
  const isAmong = (key: string): boolean => listValue(entry, key).some((desktop) => desktops.includes(desktop));
  if (desktops.length > 0 && ((entry.has('OnlyShowIn') && !isAmong('OnlyShowIn')) || isAmong('NotShowIn')))
    return false;
  const needed = stringValue(entry, 'TryExec');
  return needed === null || isThere(needed, surroundings);
}

function startOf(args: readonly string[], entry: DesktopEntry, surroundings: ComputerSurroundings): Command | null {
  const [program, ...rest] = args;
  if (program === undefined || !isThere(program, surroundings)) return null;
  const path = stringValue(entry, 'Path');
  const folder = path && statSync(path, { throwIfNoEntry: false })?.isDirectory() ? { folder: path } : {};
  if (!isTrue(entry, 'Terminal')) return { program, args: rest, ...folder };
  const freedesktop = surroundings.find('xdg-terminal-exec');
  if (freedesktop) return { program: freedesktop, args, ...folder };
  // Debian's policy (11.8.3) wants `-e` and the rest as the command, each argument as it is.
  const debian = surroundings.find('x-terminal-emulator');
  return debian ? { program: debian, args: ['-e', ...args], ...folder } : null;
}

const isThere = (program: string, surroundings: ComputerSurroundings): boolean =>
  program.startsWith('/') ? surroundings.has(program) : surroundings.find(program) !== null;

/** Programs that start others: their own name says nothing of the application. */
const isWrapper = (program: string): boolean =>
  /^(env|sh|bash|flatpak|snap|python[\d.]*|java|wine|pkexec|sudo|xdg-open|gapplication|steam|electron\d*)$/.test(
    program,
  );

/** Languages in which an application may be named: Chinese, which is said here a lot, and then the user's own. */
function languagesOf(env: NodeJS.ProcessEnv): readonly string[] {
  const own = (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').replace(/[.@].*/, '');
  return ['zh', own === '' || own === 'C' || own === 'POSIX' ? 'en' : own];
}
