import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from '../command.js';
import type { ComputerSurroundings } from '../surroundings.js';
import type { Application } from './application.js';

/** Prints each application that Spotlight knows with the name that Finder shows: `<path>   kMDItemDisplayName = <name>`. */
export const SPOTLIGHT: Command = {
  program: '/usr/bin/mdfind',
  args: ['-attr', 'kMDItemDisplayName', 'kMDItemContentType == "com.apple.application-bundle"'],
};

const MAX_APPLICATIONS = 5_000;

/** Applications in the folders where macOS keeps them, and what Spotlight finds elsewhere, with its names. */
export async function macApplications(
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<readonly Application[]> {
  const names = new Map<string, Set<string>>();
  for (const path of macApplicationPaths(surroundings.home)) names.set(path, new Set());
  // Spotlight may be switched off: then the folders are all there is.
  const found = await surroundings.run(SPOTLIGHT, signal);
  for (const { path, name } of parseSpotlight(found.stdout)) {
    const known = names.get(path) ?? new Set();
    if (names.size < MAX_APPLICATIONS) names.set(path, name === null ? known : known.add(name));
  }
  return [...names].map(([path, shown]) => macApplication(path, [...shown]));
}

export function macApplication(path: string, shownNames: readonly string[]): Application {
  const own = basename(path, '.app');
  const names = [...new Set([...shownNames.map((name) => name.replace(/\.app$/, '')), own])];
  return {
    name: names[0] ?? own,
    names,
    ids: [],
    genericNames: [],
    // The whole path: an application of the same name elsewhere is not meant, and it never looks like an option.
    start: { program: '/usr/bin/open', args: ['-a', path] },
  };
}

export function parseSpotlight(printed: string): readonly { readonly path: string; readonly name: string | null }[] {
  return printed.split('\n').flatMap((line) => {
    const found = /^(\/.*?\.app)(?:\s+kMDItemDisplayName = (.*))?$/.exec(line.trimEnd());
    // Parts inside of other applications are not started by people.
    if (!found?.[1] || found[1].slice(0, -4).includes('.app/')) return [];
    const name = found[2];
    return [{ path: found[1], name: name === undefined || name === '(null)' ? null : name }];
  });
}

function macApplicationPaths(home: string): readonly string[] {
  const system = ['/Applications', '/System/Applications'];
  const folders = [...system, ...system.map((folder) => join(folder, 'Utilities')), join(home, 'Applications')];
  return folders
    .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.app'));
}
