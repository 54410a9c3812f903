import type { Program, ProgramTable } from '../shell/program.js';

const lines = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

function compiled(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

async function inputOf(
  context: Parameters<Program>[0],
  paths: readonly string[],
  name: string,
): Promise<Buffer | null> {
  if (paths.length === 0) return context.stdin();
  const blocks: Buffer[] = [];
  for (const path of paths) {
    const file = context.state.files.read(path);
    if (!file) {
      context.err(`${name}: ${path}: No such file or directory\n`);
      return null;
    }
    blocks.push(file.bytes);
  }
  return Buffer.concat(blocks);
}

/** The small programs that every command line may use. */
export const toybox: ProgramTable = {
  true: () => 0,
  false: () => 1,
  ':': () => 0,
  id: ({ out }) => {
    out('uid=2000(shell) gid=2000(shell) groups=2000(shell) context=u:r:shell:s0\n');
    return 0;
  },
  whoami: ({ out }) => {
    out('shell\n');
    return 0;
  },
  pwd: ({ out }) => {
    out('/\n');
    return 0;
  },
  echo: ({ args, out }) => {
    const isBare = args[0] === '-n';
    out(`${(isBare ? args.slice(1) : args).join(' ')}${isBare ? '' : '\n'}`);
    return 0;
  },
  printf: ({ args, out }) => {
    const [format = '', ...values] = args;
    const left = [...values];
    const fill = (): string =>
      format
        .replace(/\\n/g, '\n')
        .replace(/%([sd%])/g, (_, kind) => (kind === '%' ? '%' : (left.shift() ?? (kind === 'd' ? '0' : ''))));
    out(fill());
    while (left.length > 0 && /%[sd]/.test(format)) out(fill());
    return 0;
  },
  date: ({ state, args, out }) => {
    out(args[0] === '+%s' ? `${Math.floor(state.now() / 1_000)}\n` : `${new Date(state.now()).toString()}\n`);
    return 0;
  },
  sleep: async ({ args, signal }) => {
    const ms = Math.min(Number(args[0]) || 0, 3_600) * 1_000;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return signal.aborted ? 137 : 0;
  },
  cat: async (context) => {
    const bytes = await inputOf(context, context.args, 'cat');
    if (!bytes) return 1;
    context.out(bytes);
    return 0;
  },
  ls: ({ state, args, out, err }) => {
    const path = args.find((word) => !word.startsWith('-')) ?? '/';
    if (state.files.read(path)) out(`${path}\n`);
    else if (state.files.isFolder(path)) for (const name of state.files.list(path)) out(`${name}\n`);
    else {
      err(`ls: ${path}: No such file or directory\n`);
      return 1;
    }
    return 0;
  },
  mkdir: ({ state, args, err }) => {
    for (const path of args.filter((word) => !word.startsWith('-'))) {
      if (!state.files.isWritable(path)) {
        err(`mkdir: '${path}': Permission denied\n`);
        return 1;
      }
      state.files.makeFolder(path);
    }
    return 0;
  },
  rm: ({ state, args, err }) => {
    const isForced = args.some((word) => /^-\w*f/.test(word));
    let code = 0;
    for (const path of args.filter((word) => !word.startsWith('-'))) {
      const isThere = state.files.read(path) !== null;
      if (isThere && state.files.isWritable(path)) state.files.remove(path);
      else if (!isForced || isThere) {
        err(`rm: ${path}: ${isThere ? 'Permission denied' : 'No such file or directory'}\n`);
        code = 1;
      }
    }
    return code;
  },
  grep: async (context) => {
    const options = context.args.filter((word) => /^-\w+$/.test(word)).join('');
    const [pattern = '', ...paths] = context.args.filter((word) => !/^-\w+$/.test(word));
    const input = await inputOf(context, paths, 'grep');
    if (!input) return 2;
    const source = options.includes('F') ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern;
    const expression = compiled(source, options.includes('i') ? 'i' : '');
    if (!expression) {
      context.err(`grep: bad regex '${pattern}'\n`);
      return 2;
    }
    const found = lines(input.toString('utf8')).filter((line) => expression.test(line) !== options.includes('v'));
    if (options.includes('c')) context.out(`${found.length}\n`);
    else if (!options.includes('q')) for (const line of found) context.out(`${line}\n`);
    return found.length > 0 ? 0 : 1;
  },
  head: async (context) => {
    const count = Number(context.args[context.args.indexOf('-n') + 1]);
    const input = await inputOf(context, [], 'head');
    context.out(
      `${lines((input ?? Buffer.alloc(0)).toString('utf8'))
        .slice(0, count > 0 ? count : 10)
        .join('\n')}\n`,
    );
    return 0;
  },
  wc: async (context) => {
    const input =
      (await inputOf(
        context,
        context.args.filter((word) => !word.startsWith('-')),
        'wc',
      )) ?? Buffer.alloc(0);
    const count = context.args.includes('-c') ? input.length : input.toString('utf8').split('\n').length - 1;
    context.out(`${count}\n`);
    return 0;
  },
};
