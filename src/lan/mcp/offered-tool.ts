import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../core/canonical-json.js';
import { isShownWhole, shownWords } from '../shown-words.js';
import { type PlainSchema, readSchema } from './plain-schema.js';

/** More tools than these are not looked at. */
export const MAX_TOOLS = 500;
/** Longest name, in UTF-16 code units: names are used as they are, so none is cut. */
const MAX_NAME = 128;
const MAX_TITLE = 120;
const MAX_DESCRIPTION = 1_000;

/** A tool as its server describes it, cleaned: the words of a stranger. */
export interface OfferedTool {
  /** As the server knows it, where it is usable; else as far as it can be shown. */
  readonly name: string;
  readonly title: string | null;
  readonly description: string;
  /** What it takes; an empty object schema where that cannot be used. */
  readonly schema: PlainSchema;
  /** The arguments' schema as it came: the protocol's library reads from it which arguments go into headers. */
  readonly wireSchema: { readonly type: 'object' } & Readonly<Record<string, unknown>>;
  /** SHA-256 (hex) of name, title, description and schema as they came, whole: any change of them is seen. */
  readonly fingerprint: string;
  /** Why it cannot be used, in a few words; null where it can. */
  readonly unusable: string | null;
}

const toolSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.unknown().optional(),
});

const NO_PARAMETERS = { type: 'object' } as const;

/** What a server lists, each usable or with the reason why it is not. A name that is there twice is nobody's. */
export function offeredTools(listed: readonly unknown[]): readonly OfferedTool[] {
  const tools = listed.slice(0, MAX_TOOLS).map(offeredTool);
  const times = new Map<string, number>();
  for (const { name } of tools) times.set(name, (times.get(name) ?? 0) + 1);
  return tools.map((tool) =>
    (times.get(tool.name) ?? 0) > 1 && tool.unusable === null ? { ...tool, unusable: 'its name is there twice' } : tool,
  );
}

function offeredTool(listed: unknown): OfferedTool {
  const parsed = toolSchema.safeParse(listed);
  if (!parsed.success) return unusable('(no name)', '', 'its description cannot be read');
  const { name, title, description = '', inputSchema } = parsed.data;
  const shown = shownWords(name, MAX_NAME) || '(no name)';
  const words = shownWords(description, MAX_DESCRIPTION);
  if (!isShownWhole(name, MAX_NAME) || /\s/.test(name)) return unusable(shown, words, 'its name cannot be shown');
  const schema = readSchema(inputSchema);
  if (!schema.ok) return unusable(shown, words, schema.error);
  return {
    name,
    title: title === undefined ? null : shownWords(title, MAX_TITLE) || null,
    description: words,
    schema: schema.value,
    wireSchema: wireSchema.parse(inputSchema),
    fingerprint: fingerprintOf([name, title ?? null, description, inputSchema]),
    unusable: null,
  };
}

const wireSchema = z.looseObject({ type: z.literal('object') });

function unusable(name: string, description: string, reason: string): OfferedTool {
  return {
    name,
    title: null,
    description,
    schema: NO_PARAMETERS,
    wireSchema: NO_PARAMETERS,
    fingerprint: '',
    unusable: reason,
  };
}

function fingerprintOf(facts: unknown): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}
