import { type BindDialect, bindValue } from '../escapes.js';
import { phoneFailure } from '../failures.js';
import type { PhoneCall } from '../phone-call.js';
import type { ShellOutput } from '../shell.js';

/**
 * One row of `content query`: whole numbers, and at most one text, which comes last. The command prints "k=v, k=v" without
 * any escaping, so a text in the middle could pass itself off as columns.
 */
export interface ContentRow {
  readonly numbers: readonly number[];
  /** Null where the column is NULL, or none was asked for. */
  readonly text: string | null;
}

export interface ContentQuery {
  readonly uri: string;
  /** Columns of whole numbers; the first is never NULL (an id). */
  readonly numbers: readonly [string, ...string[]];
  readonly text?: string;
  readonly where?: string;
  readonly sort?: string;
}

/**
 * Asks a content provider.
 *
 * @throws TentacleError PROVIDER_REFUSED, PROVIDER_FAILED, PROVIDER_UNREADABLE, or what a lost link throws.
 */
export async function queryContent(call: PhoneCall, query: ContentQuery): Promise<readonly ContentRow[]> {
  const columns = [...query.numbers, ...(query.text === undefined ? [] : [query.text])];
  const argv = ['content', 'query', ...user(call), '--uri', query.uri, '--projection', columns.join(':')];
  if (query.where !== undefined) argv.push('--where', query.where);
  if (query.sort !== undefined) argv.push('--sort', query.sort);
  const output = await call.read(...argv);
  checkContent(output);
  const rows = parseRows(output.stdout, query.numbers, query.text ?? null);
  if (rows) return rows;
  throw phoneFailure(
    'PROVIDER_UNREADABLE',
    'The phone’s answer could not be read.',
    'Try again; if it stays, report it with the detail.',
    output.stdout,
  );
}

/** A column's value for `content insert`: i and l are whole numbers, s is text, n is NULL. */
export interface Binding {
  readonly column: string;
  readonly type: 'i' | 'l' | 's' | 'n';
  readonly value: string | number;
}

/**
 * Inserts one row. The command prints nothing of use: read back what was inserted.
 *
 * @throws TentacleError PROVIDER_REFUSED, PROVIDER_FAILED, or what a lost link throws.
 */
export async function insertContent(call: PhoneCall, uri: string, bindings: readonly Binding[]): Promise<void> {
  const dialect = await bindDialect(call);
  const argv = bindings.flatMap(({ column, type, value }) => {
    return ['--bind', `${column}:${type}:${bindValue(String(value), dialect)}`];
  });
  checkContent(await call.send('content', 'insert', ...user(call), '--uri', uri, ...argv));
}

const dialects = new WeakMap<object, BindDialect>();

/**
 * How this phone's `content` reads a colon in a value: asked once per connection, with a provider that no phone has, so that
 * nothing is inserted. Releases that split at every colon call the binding malformed before they look for the provider.
 */
async function bindDialect(call: PhoneCall): Promise<BindDialect> {
  const known = dialects.get(call.facts);
  if (known) return known;
  const answer = await call.read(
    'content',
    'insert',
    '--uri',
    'content://tentacle.no.such.provider/x',
    '--bind',
    'a:s:b:c',
  );
  const dialect = /binding not well formed/i.test(answer.stdout + answer.stderr) ? 'escaped' : 'raw';
  dialects.set(call.facts, dialect);
  return dialect;
}

/** `content` works on user 0 unless told otherwise, and takes numbers only. */
const user = (call: PhoneCall): readonly string[] => (call.facts.user === 0 ? [] : ['--user', String(call.facts.user)]);

/** The command exits 0 even after an exception: its words are what counts. */
function checkContent(output: ShellOutput): void {
  // A refused command line is told on the standard output, after the usage; rows could hold any words.
  const refused = output.stdout.startsWith('Row: ') ? null : /^\[ERROR\] .*$/m.exec(output.stdout)?.[0];
  const said = `${refused ?? ''}\n${output.stderr}`.trim();
  if (said === '' && output.exitCode === 0) return;
  if (/permission denial|securityexception|requires .*permission/i.test(said)) {
    throw phoneFailure(
      'PROVIDER_REFUSED',
      'The phone does not let a connected computer do this.',
      'Some makers lock it: look for "USB debugging (Security settings)" in the developer options.',
      said,
    );
  }
  throw phoneFailure('PROVIDER_FAILED', 'The phone could not do this.', 'Look at the phone and try again.', said);
}

/** Rows in the form of `content query`'s output, or null when it is not in that form. */
export function parseRows(
  stdout: string,
  numbers: readonly [string, ...string[]],
  text: string | null,
): readonly ContentRow[] | null {
  const output = stdout.replaceAll('\r\n', '\n').replace(/\n$/, '');
  if (output.trim() === '' || output.startsWith('No result found.')) return [];
  const rows: ContentRow[] = [];
  const starts: number[] = [];
  const first = numbers[0];
  for (let at = 0; at >= 0; ) {
    const opening = `Row: ${starts.length} ${first}=`;
    if (!output.startsWith(opening, at)) return null;
    starts.push(at);
    const next = output.indexOf(`\nRow: ${starts.length} ${first}=`, at);
    at = next < 0 ? -1 : next + 1;
  }
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const row = parseRow(output.slice(start, next === undefined ? undefined : next - 1), numbers, text);
    if (!row) return null;
    rows.push(row);
  }
  return rows;
}

function parseRow(line: string, numbers: readonly string[], text: string | null): ContentRow | null {
  let rest = line.replace(/^Row: \d+ /, '');
  const values: number[] = [];
  for (const [index, column] of numbers.entries()) {
    const isLast = index === numbers.length - 1 && text === null;
    const match = /^(-?\d{1,19}|NULL)(, |$)/.exec(rest.slice(column.length + 1));
    if (!rest.startsWith(`${column}=`) || !match?.[1] || isLast !== (match[2] === '')) return null;
    values.push(match[1] === 'NULL' ? 0 : Number(match[1]));
    rest = rest.slice(column.length + 1 + match[0].length);
  }
  if (text === null) return rest === '' ? { numbers: values, text: null } : null;
  if (!rest.startsWith(`${text}=`)) return null;
  const value = rest.slice(text.length + 1);
  return { numbers: values, text: value === 'NULL' ? null : value };
}
