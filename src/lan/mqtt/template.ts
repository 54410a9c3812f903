/**
 * The part of Jinja that device makers use for a single value: `{{ value }}`, `{{ value_json.a['b'][0] }}`, a variable of
 * a command (`{{ position }}`), a few filters, and plain text around them. No code runs: any other template is
 * not supported, and what it stands for is left out.
 */

/** Reads the value out of a state payload: undefined where the payload does not hold it, null where it is unknown. */
export type Extract = (payload: string) => string | null | undefined;

/** Writes a command's payload. */
export type Compose = (variables: ReadonlyMap<string, string | number>) => string;

type Filter = (value: unknown) => unknown;

interface Expression {
  readonly root: string;
  readonly path: readonly string[];
  readonly filters: readonly Filter[];
}

type Segment = string | Expression;

const MAX_TEMPLATE = 2_000;
const EXPRESSION = /\{\{([^{}]*)\}\}/g;
const STEP = /^(?:\.([A-Za-z_]\w*)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d{1,4}))\s*\])/;
const FILTER =
  /^\s*\|\s*([a-z_]+)\s*(?:\(\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?)|([a-z]+))?\s*(?:,\s*(?:true|True)\s*)?\))?/;

/** What a template does to a state payload; null for a template that is not supported. No template: the payload itself. */
export function extraction(template: string | undefined): Extract | null {
  if (template === undefined) return (payload) => known(payload);
  const moving = ZIGBEE_MOVING.exec(template.trim());
  if (moving)
    return (payload) => known(textOf(memberOf(parsedJson(payload), moving[1] ?? '')) || (moving[2] ?? '').trim());
  const segments = segmentsOf(template);
  if (segments === null || segments.some((part) => typeof part !== 'string' && !STATE_ROOTS.has(part.root)))
    return null;
  const [only] = segments;
  if (segments.length === 1 && only !== undefined && typeof only !== 'string')
    return (payload) => known(textOf(evaluate(only, stateRoots(payload))));
  return (payload) => {
    const roots = stateRoots(payload);
    const parts = segments.map((part) => (typeof part === 'string' ? part : textOf(evaluate(part, roots))));
    return parts.every((part) => typeof part === 'string') ? known(parts.join('')) : undefined;
  };
}

/** The one condition that is read: by it Zigbee2MQTT says of every cover whether it moves. */
const ZIGBEE_MOVING =
  /^\{% if "(\w+)" in value_json and value_json\.\1 %\}\s*\{\{ value_json\.\1 \}\}\s*\{% else %\}([^{}]*)\{% endif %\}$/;

const STATE_ROOTS = new Set(['value', 'value_json']);

/**
 * What a template makes of a command's variables; null for a template that is not supported or asks for a variable that
 * there is not. No template: the variable `value`. Text that goes into JSON is escaped for it.
 */
export function composition(template: string | undefined, variables: readonly string[]): Compose | null {
  const segments = template === undefined ? segmentsOf('{{ value }}') : segmentsOf(template);
  if (segments === null || segments.some((part) => typeof part !== 'string' && !variables.includes(part.root)))
    return null;
  const isJson = template !== undefined && /^\s*[{[](?!\{)/.test(template);
  return (values) =>
    segments
      .map((part) => {
        if (typeof part === 'string') return part;
        const written = textOf(evaluate(part, values)) ?? '';
        return isJson && !isNumeric(written) ? JSON.stringify(written).slice(1, -1) : written;
      })
      .join('');
}

const isNumeric = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);

/** Payloads by which a device says that it does not know. */
function known(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' && /^(?:none|unknown|unavailable|)$/i.test(text.trim()) ? null : text;
}

function stateRoots(payload: string): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['value', payload],
    ['value_json', parsedJson(payload)],
  ]);
}

/** What a payload holds as JSON, or undefined. */
export function parsedJson(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** A JSON value's own member, never an inherited one. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/** A JSON value as Home Assistant writes it: booleans as "True" and "False". */
export function textOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'string') return String(value);
  return JSON.stringify(value);
}

function evaluate(expression: Expression, roots: ReadonlyMap<string, unknown>): unknown {
  let value = roots.get(expression.root);
  for (const step of expression.path) value = memberOf(value, step);
  for (const filter of expression.filters) value = filter(value);
  return value;
}

function segmentsOf(template: string): readonly Segment[] | null {
  if (template.length > MAX_TEMPLATE || /\{[%#]/.test(template)) return null;
  const segments: Segment[] = [];
  let end = 0;
  const text = template.trim();
  for (const match of text.matchAll(EXPRESSION)) {
    const expression = expressionOf(match[1] ?? '');
    if (expression === null) return null;
    if (match.index > end) segments.push(text.slice(end, match.index));
    segments.push(expression);
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  if (rest.includes('{{') || segments.some((part) => typeof part === 'string' && part.includes('{{'))) return null;
  return rest === '' ? segments : [...segments, rest];
}

function expressionOf(source: string): Expression | null {
  let rest = source.trim();
  const root = /^[A-Za-z_]\w*/.exec(rest)?.[0];
  if (root === undefined) return null;
  rest = rest.slice(root.length);
  const path: string[] = [];
  for (let step = STEP.exec(rest); step; step = STEP.exec(rest)) {
    path.push(step[1] ?? step[2] ?? step[3] ?? step[4] ?? '');
    rest = rest.slice(step[0].length);
  }
  const filters: Filter[] = [];
  for (let found = FILTER.exec(rest); found; found = FILTER.exec(rest)) {
    const filter = filterOf(found[1] ?? '', found[2] ?? found[3] ?? found[4] ?? found[5]);
    if (filter === null) return null;
    filters.push(filter);
    rest = rest.slice(found[0].length);
  }
  return rest.trim() === '' ? { root, path, filters } : null;
}

/** A filter passes on what is not there, but for `default`. */
function filterOf(name: string, argument: string | undefined): Filter | null {
  const onText = (change: (text: string) => unknown): Filter => {
    return (value) => {
      const text = textOf(value);
      return typeof text === 'string' ? change(text) : value;
    };
  };
  const onNumber = (change: (value: number) => number): Filter =>
    onText((text) => (Number.isFinite(Number(text)) && text.trim() !== '' ? change(Number(text)) : undefined));
  switch (name) {
    case 'int':
      return onNumber(Math.trunc);
    case 'float':
      return onNumber((value) => value);
    case 'round':
      return onNumber((value) => Number(value.toFixed(Math.min(10, Math.max(0, Number(argument ?? 0) || 0)))));
    case 'upper':
      return onText((text) => text.toUpperCase());
    case 'lower':
      return onText((text) => text.toLowerCase());
    case 'trim':
      return onText((text) => text.trim());
    case 'string':
      return onText((text) => text);
    case 'default':
      return (value) => (value === undefined ? (argument ?? '') : value);
    case 'join':
      return (value) => (Array.isArray(value) ? value.map((part) => textOf(part) ?? '').join(argument ?? '') : value);
    case 'is_defined':
      return (value) => value;
    default:
      return null;
  }
}
