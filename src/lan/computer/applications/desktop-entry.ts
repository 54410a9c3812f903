/** The group `[Desktop Entry]` of a .desktop file: its values by key, as written (escapes not yet undone). */
export type DesktopEntry = ReadonlyMap<string, string>;

/** Reads a file of the Desktop Entry Specification 1.5; null where the group that every such file has is missing. */
export function parseDesktopEntry(text: string): DesktopEntry | null {
  let entry: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) {
      // The groups after it are actions: other things to do with the same application.
      if (entry) break;
      if (line.trimEnd() === '[Desktop Entry]') entry = new Map();
    } else if (entry && !line.startsWith('#')) {
      const found = /^([A-Za-z0-9-]+(?:\[[^\]]+\])?)\s*=\s*(.*)$/.exec(line);
      // The first one holds: the specification allows a key once.
      if (found?.[1] && !entry.has(found[1])) entry.set(found[1], found[2] ?? '');
    }
  }
  return entry;
}

const ESCAPES: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** A value of type string: `\s`, `\n`, `\t`, `\r` and `\\` undone, everything else as written. */
export function stringValue(entry: DesktopEntry, key: string): string | null {
  const written = entry.get(key)?.trim();
  if (!written) return null;
  return written.replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}

export function isTrue(entry: DesktopEntry, key: string): boolean {
  return stringValue(entry, key) === 'true';
}

/** A list of strings: parts by `;`, where `\;` stands for the character itself. */
export function listValue(entry: DesktopEntry, key: string): readonly string[] {
  const written = entry.get(key)?.trim() ?? '';
  const parts = written.match(/(?:\\.|[^;\\])+/g) ?? [];
  return parts.map((part) =>
    part.replace(/\\(.)/g, (whole, letter: string) => (letter === ';' ? ';' : (ESCAPES[letter] ?? whole))),
  );
}

/** The values of a key in English (or what the author writes in) and in these languages ("zh_CN", "zh"), without repeats. */
export function localeValues(entry: DesktopEntry, key: string, languages: readonly string[]): readonly string[] {
  const keys = [...entry.keys()].filter((known) => {
    const language = known.startsWith(`${key}[`) ? known.slice(key.length + 1, -1) : null;
    return known === key || (language !== null && languages.some((wanted) => isOf(language, wanted)));
  });
  return [...new Set(keys.flatMap((known) => stringValue(entry, known) ?? []))];
}

/** The value of a key as a user of this language ("de_AT") is shown it. */
export function localeValue(entry: DesktopEntry, key: string, language: string): string | null {
  const plain = language.split('_')[0] ?? language;
  return stringValue(entry, `${key}[${language}]`) ?? stringValue(entry, `${key}[${plain}]`) ?? stringValue(entry, key);
}

/** "zh_CN" and "zh_TW" are of "zh"; "zh" is of "zh_CN" too, as the specification falls back. */
function isOf(language: string, wanted: string): boolean {
  const plain = language.replace(/@.*/, '');
  return plain === wanted || plain.split('_')[0] === wanted || plain === wanted.split('_')[0];
}
