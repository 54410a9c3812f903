import { calendar } from '../providers/calendar.js';
import { contacts } from '../providers/contacts.js';
import { media, pictureBytes, scanFile } from '../providers/media.js';
import { type Provider, ProviderError, type Row, type Value } from '../providers/provider.js';
import { callLog, mms, sms } from '../providers/telephony.js';
import { order, parseWhere } from '../providers/where.js';
import type { Program, ProgramContext } from '../shell/program.js';

const providers: ReadonlyMap<string, Provider> = new Map(
  [sms, mms, callLog, contacts, calendar, media].map((provider) => [provider.authority, provider]),
);

const USAGE = 'usage: adb shell content [subcommand] [options]\n';

const TELEPHONY: ReadonlySet<string> = new Set(['sms', 'mms', 'mms-sms']);

/** From this release on `content` reads a backslash in a binding as an escape; before, everything after the second colon. */
const ESCAPES_SINCE_API = 33;

/** A command line that `content` refuses: told on the standard output, after the usage. */
class ArgumentError extends Error {}

interface Command {
  readonly operation: string;
  readonly uri: string;
  readonly authority: string;
  readonly path: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly bindings: readonly string[];
}

const OPTIONS: ReadonlySet<string> = new Set([
  '--uri',
  '--user',
  '--projection',
  '--where',
  '--sort',
  '--method',
  '--arg',
  '--extra',
  '--bind',
]);

/** `content`: exits 0 whatever happened, as the real one does. */
export const content: Program = async (context) => {
  try {
    const command = parseCommand(context.args);
    await run(context, command);
  } catch (error) {
    if (error instanceof ArgumentError) context.out(`${USAGE}\n[ERROR] ${error.message}\n`);
    else if (error instanceof ProviderError)
      context.err(`Error while accessing provider:${authorityOf(context.args)}\n${error.message}\n`);
    else throw error;
  }
  return 0;
};

function authorityOf(args: readonly string[]): string {
  return /^content:\/\/([^/]*)/.exec(args[args.indexOf('--uri') + 1] ?? '')?.[1] ?? '';
}

function parseCommand(args: readonly string[]): Command {
  const [operation = '', ...rest] = args;
  if (!['query', 'insert', 'delete', 'call', 'read'].includes(operation))
    throw new ArgumentError(`Unsupported operation: ${operation}`);
  const options = new Map<string, string>();
  const bindings: string[] = [];
  for (let at = 0; at < rest.length; at += 2) {
    const [option = '', value] = [rest[at], rest[at + 1]];
    if (!OPTIONS.has(option)) throw new ArgumentError(`Unsupported argument: ${option}`);
    // The tokenizer takes an argument that starts with two hyphens for the next option.
    if (value === undefined || value.startsWith('--')) throw new ArgumentError(`No value for argument: ${option}`);
    if (option === '--bind') bindings.push(value);
    else options.set(option, value);
  }
  const uri = options.get('--uri');
  if (uri === undefined) throw new ArgumentError('Content provider URI not specified. Did you specify --uri argument?');
  const found = /^content:\/\/([^/?]*)([^?]*)/.exec(uri);
  const path = (found?.[2] ?? '').split('/').filter((part) => part !== '');
  return { operation, uri, authority: found?.[1] ?? '', path: path.map(decoded), options, bindings };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function run(context: ProgramContext, command: Command): Promise<void> {
  const { state } = context;
  const values = command.operation === 'insert' ? parseBindings(command.bindings, state.apiLevel) : {};
  const provider = providers.get(command.authority);
  if (!provider)
    throw new ProviderError(`java.lang.IllegalStateException: Could not find provider: ${command.authority}`);
  if ((command.options.get('--user') ?? '0') !== '0')
    throw new ProviderError('java.lang.IllegalStateException: no such user');
  switch (command.operation) {
    case 'query':
      context.out(query(provider, context, command));
      return;
    case 'insert':
      provider.insert(state, command.path, values);
      return;
    case 'delete':
      remove(provider, context, command);
      return;
    case 'call':
      call(context, command);
      return;
    default: {
      const bytes = command.authority === 'media' ? pictureBytes(state, command.path) : null;
      if (!bytes) throw new ProviderError(`java.io.FileNotFoundException: No file for ${command.uri}`);
      context.out(bytes);
    }
  }
}

function selected(provider: Provider, context: ProgramContext, command: Command): readonly Row[] {
  const rows = provider.rows(context.state, command.path);
  const where = command.options.get('--where');
  if (where === undefined) return rows;
  // The telephony provider answers such a condition of anybody but the messaging app with nothing, and says nothing.
  if (TELEPHONY.has(command.authority) && /\bselect\b/i.test(where.replace(/'(?:[^']|'')*'/g, ''))) return [];
  const fits = parseWhere(where);
  return rows.filter((row) => fits(row, rows));
}

function query(provider: Provider, context: ProgramContext, command: Command): string {
  const rows = sorted(selected(provider, context, command), command.options.get('--sort'), command.authority);
  if (rows.length === 0) return 'No result found.\n';
  const columns = command.options.get('--projection')?.split(':');
  return rows.map((row, index) => `Row: ${index} ${printed(row, columns ?? Object.keys(row))}\n`).join('');
}

function printed(row: Row, columns: readonly string[]): string {
  return columns
    .map((column) => {
      const value = row[column];
      if (value === undefined) throw new ProviderError(`java.lang.IllegalArgumentException: Invalid column ${column}`);
      return `${column}=${value ?? 'NULL'}`;
    })
    .join(', ');
}

function sorted(rows: readonly Row[], sort: string | undefined, authority: string): readonly Row[] {
  if (sort === undefined) return rows;
  const limit = /\s+LIMIT\s+(\d+)\s*$/i.exec(sort);
  if (limit && authority === 'media')
    throw new ProviderError('java.lang.IllegalArgumentException: Invalid token LIMIT');
  const keys = sort
    .replace(/\s+LIMIT\s+\d+\s*$/i, '')
    .split(',')
    .map((key) => /^\s*(\w+)(?:\s+(ASC|DESC))?\s*$/i.exec(key))
    .map((match) => {
      if (!match)
        throw new ProviderError(
          `android.database.sqlite.SQLiteException: near "${sort}": syntax error (code 1 SQLITE_ERROR)`,
        );
      return { column: match[1] ?? '', sign: match[2]?.toUpperCase() === 'DESC' ? -1 : 1 };
    });
  const inOrder = [...rows].sort((a, b) => {
    for (const { column, sign } of keys) {
      const difference = order(a[column] ?? '', b[column] ?? '');
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
  return limit ? inOrder.slice(0, Number(limit[1])) : inOrder;
}

function remove(provider: Provider, context: ProgramContext, command: Command): void {
  const rows = selected(provider, context, command);
  provider.remove(context.state, command.path, new Set(rows.map((row) => Number(row._id))));
}

function call(context: ProgramContext, command: Command): void {
  if (command.authority !== 'media' || command.options.get('--method') !== 'scan_file') {
    context.out('Result: null\n');
    return;
  }
  const isTaken = scanFile(context.state, command.options.get('--arg') ?? '');
  context.out(
    isTaken ? 'Result: Bundle[{uri=content://media/external_primary/images/media}]\n' : 'Result: Bundle[{}]\n',
  );
}

/** `column:type:value` */
function parseBindings(bindings: readonly string[], apiLevel: number): Row {
  const values: Record<string, Value> = {};
  for (const binding of bindings) {
    const parts = apiLevel >= ESCAPES_SINCE_API ? escapedParts(binding) : rawParts(binding);
    const [column, type, value] = parts;
    if (parts.length !== 3 || column === undefined || value === undefined)
      throw new ArgumentError(`Binding not well formed: ${binding}`);
    if (type === 's') values[column] = value;
    else if (type === 'n') values[column] = null;
    else if (type === 'i' || type === 'l' || type === 'b' || type === 'f' || type === 'd') {
      if (!/^-?\d+(?:\.\d+)?$/.test(value) && type !== 'b') throw new ArgumentError(`For input string: "${value}"`);
      values[column] = type === 'b' ? (value === 'true' ? 1 : 0) : Number(value);
    } else throw new ArgumentError(`Unsupported type: ${type}`);
  }
  return values;
}

function escapedParts(binding: string): readonly string[] {
  const parts = [''];
  for (let at = 0; at < binding.length; at += 1) {
    const character = binding.charAt(at);
    if (character === '\\') {
      at += 1;
      parts[parts.length - 1] += binding.charAt(at);
    } else if (character === ':') parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function rawParts(binding: string): readonly string[] {
  const match = /^([^:]*):([^:]*):([\s\S]*)$/.exec(binding);
  return match ? match.slice(1) : [binding];
}
