import pc from 'picocolors';

/** Where text goes: its width in columns and whether colours are wanted (NO_COLOR, a pipe and dumb terminals want none). */
export interface Terminal {
  readonly width: number;
  readonly colors: ReturnType<typeof pc.createColors>;
  write(text: string): void;
}

const NARROWEST = 32;
const WIDEST = 100;

/** The terminal behind a stream. A pipe has no width, and a terminal that
 * does not know its own says 0: they get the widest. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const isTerminal = stream.isTTY === true;
  const wantsColor = isTerminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, stream.columns || WIDEST)),
    colors: pc.createColors(wantsColor),
    write: (text) => void stream.write(text),
  };
}

/**
 * Wraps at spaces to the width; the first line keeps its own indentation, continuation lines start with `indent`. Words
 * longer than a line are cut.
 */
export function wrap(text: string, width: number, indent = ''): string {
  const first = /^ */.exec(text)?.[0] ?? '';
  const [head = '', ...rest] = wrapWords(text.slice(first.length), width, first.length, indent);
  return [first + head, ...rest].join('\n');
}

function wrapWords(text: string, width: number, firstIndent: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    const room = () => width - (lines.length > 0 ? indent.length : firstIndent);
    if (line !== '' && line.length + 1 + rest.length > room()) {
      lines.push(line);
      line = '';
    }
    while (rest.length > room()) {
      lines.push(rest.slice(0, room()));
      rest = rest.slice(room());
    }
    line = line === '' ? rest : `${line} ${rest}`;
  }
  lines.push(line);
  return lines.map((entry, index) => (index === 0 ? entry : indent + entry));
}

/** Text of a device or a person on one line: control characters must not move the cursor. */
export function oneLine(text: string, limit = 200): string {
  const plain = text.replace(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]+/g, ' ').trim();
  return plain.length > limit ? `${plain.slice(0, limit - 1)}…` : plain;
}
