/** What an application's own file says of it, for the codes in its command line. */
export interface ExecFacts {
  readonly name: string;
  readonly icon: string | null;
  /** Path of the .desktop file. */
  readonly file: string;
}

/** Characters that the specification wants quoted; unquoted they are a mistake of the author and stand for themselves. */
const QUOTED_ESCAPE = /\\(["`$\\])/g;

/**
 * The program and the arguments of an Exec value (Desktop Entry Specification 1.5, "The Exec key"), to be started as they
 * are: no shell reads them. Codes for files and addresses are dropped, as nothing is opened with the application. Null for
 * a line that the specification does not allow: an open quote, an unknown code, no program.
 */
export function parseExec(exec: string, facts: ExecFacts): readonly string[] | null {
  const words = splitWords(exec);
  if (!words) return null;
  const args: string[] = [];
  for (const { text, isQuoted } of words) {
    const expanded = isQuoted ? [text] : expand(text, facts);
    if (!expanded) return null;
    args.push(...expanded);
  }
  return args[0] ? args : null;
}

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

function splitWords(exec: string): readonly Word[] | null {
  const words: Word[] = [];
  let rest = exec.trimStart();
  while (rest !== '') {
    const quoted = /^"((?:\\[\s\S]|[^"\\])*)"(?=\s|$)/.exec(rest);
    const plain = /^[^\s"]+(?=\s|$)/.exec(rest);
    const whole = quoted?.[0] ?? plain?.[0];
    if (whole === undefined) return null;
    const text = quoted ? (quoted[1] ?? '').replace(QUOTED_ESCAPE, '$1') : whole;
    words.push({ text, isQuoted: quoted !== null });
    rest = rest.slice(whole.length).trimStart();
  }
  return words;
}

/** Old codes (%d %D %n %N %v %m) are dropped as well, as the specification says. */
const DROPPED = /%[fFuUdDnNvm]/g;

function expand(word: string, { name, icon, file }: ExecFacts): readonly string[] | null {
  if (word === '%i') return icon ? ['--icon', icon] : [];
  if (/^%[fFuUdDnNvm]$/.test(word)) return [];
  // "%%" first of all, so that "%%f" stays a percent sign and an f.
  const parts = word.split('%%').map((part) => {
    const known = part
      .replace(DROPPED, '')
      .replaceAll('%c', () => name)
      .replaceAll('%k', () => file);
    return /%/.test(part.replace(DROPPED, '').replace(/%[ck]/g, '')) ? null : known;
  });
  return parts.includes(null) ? null : [parts.join('%')];
}
