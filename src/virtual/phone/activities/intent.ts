/** What `am` is asked to start. */
export interface Intent {
  readonly action: string;
  readonly data: string | null;
  readonly type: string | null;
  readonly categories: readonly string[];
  readonly packageName: string | null;
  readonly component: string | null;
  readonly extras: ReadonlyMap<string, string | number | boolean>;
  readonly wait: boolean;
}

/** Arguments that `am` cannot read: its own words for it. */
export class IntentSyntaxError extends SyntaxError {}

const readers: Readonly<Record<string, (value: string) => string | number | boolean>> = {
  '--es': (value) => value,
  '-e': (value) => value,
  '--eu': (value) => value,
  '--ei': wholeNumber,
  '--el': wholeNumber,
  '--ez': truth,
};

function wholeNumber(value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value);
  throw new IntentSyntaxError(`java.lang.NumberFormatException: For input string: "${value}"`);
}

function truth(value: string): boolean {
  if (/^(?:true|t|1)$/i.test(value)) return true;
  if (/^(?:false|f|0)$/i.test(value)) return false;
  throw new IntentSyntaxError(`java.lang.IllegalArgumentException: Invalid boolean value: ${value}`);
}

/** Reads the arguments of `am start`. Throws IntentSyntaxError. */
export function parseIntent(args: readonly string[]): Intent {
  const extras = new Map<string, string | number | boolean>();
  const categories: string[] = [];
  const single: Record<string, string> = {};
  let wait = false;
  const rest = [...args];
  const value = (option: string): string => {
    const next = rest.shift();
    if (next === undefined)
      throw new IntentSyntaxError(`java.lang.IllegalArgumentException: Argument expected after "${option}"`);
    return next;
  };
  for (let option = rest.shift(); option !== undefined; option = rest.shift()) {
    const reader = readers[option];
    if (reader) {
      const name = value(option);
      extras.set(name, reader(value(name)));
    } else if (['-a', '-d', '-t', '-p', '-n', '-f', '--user'].includes(option)) single[option] = value(option);
    else if (option === '-c') categories.push(value(option));
    else if (option === '-W') wait = true;
    else if (option === '--grant-read-uri-permission' || option === '-S') continue;
    else if (option.startsWith('-'))
      throw new IntentSyntaxError(`java.lang.IllegalArgumentException: Unknown option: ${option}`);
    else if (option.includes('/')) single['-n'] = option;
    else if (option.includes(':')) single['-d'] = option;
    else single['-p'] = option;
  }
  return {
    action: single['-a'] ?? (single['-d'] === undefined ? 'android.intent.action.MAIN' : 'android.intent.action.VIEW'),
    data: single['-d'] ?? null,
    type: single['-t'] ?? null,
    categories,
    packageName: single['-p'] ?? null,
    component: single['-n'] ?? null,
    extras,
    wait,
  };
}

/** The intent as Android prints it. */
export function describeIntent(intent: Intent): string {
  const parts = [
    `act=${intent.action}`,
    ...(intent.categories.length > 0 ? [`cat=[${intent.categories.join(',')}]`] : []),
    // Android hides what may be private in an address.
    ...(intent.data === null ? [] : [`dat=${intent.data.replace(/^(\w+:(?:\/\/[^/]*\/)?).*$/s, '$1...')}`]),
    ...(intent.type === null ? [] : [`typ=${intent.type}`]),
    ...(intent.packageName === null ? [] : [`pkg=${intent.packageName}`]),
    ...(intent.component === null ? [] : [`cmp=${intent.component}`]),
    ...(intent.extras.size === 0 ? [] : ['(has extras)']),
  ];
  return `Intent { ${parts.join(' ')} }`;
}

/** An extra as text, or the empty string. */
export function extraText(intent: Intent, name: string): string {
  const value = intent.extras.get(name);
  return value === undefined ? '' : String(value);
}
