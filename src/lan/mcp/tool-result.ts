import { z } from 'zod';
import type { FunctionDescriptor } from '../../catalog/function-descriptor.js';
import type { Outcome } from '../../core/outcome.js';
import { deviceSaid, failed, untrusted } from '../../core/outcomes.js';
import { shownWords } from '../shown-words.js';
import { notConfirmed } from './mcp-failures.js';
import { isObject } from './plain-schema.js';

/** Parts of a result that are looked at. */
const MAX_PARTS = 100;
const MAX_RECEIPT = 200;

const partSchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  mimeType: z.string().optional(),
  uri: z.string().optional(),
  resource: z.object({ uri: z.string().optional(), text: z.string().optional() }).optional(),
});

const resultSchema = z.object({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
});

export interface ResultFacts {
  /** The tool's name, for sentences. */
  readonly tool: string;
  /** The server's name, for sentences. */
  readonly server: string;
  /** The function of the catalogue by which it was called, or null when it was called by its own name. */
  readonly descriptor: FunctionDescriptor | null;
}

/** What became of a call, in the words of the server: nothing of it can be read back. */
export function outcomeOf(result: unknown, { tool, server, descriptor }: ResultFacts): Outcome {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) throw notConfirmed(server, parsed.error);
  const { content, structuredContent, isError } = parsed.data;
  const text = textOf(content) || (structuredContent === undefined ? '' : JSON.stringify(structuredContent));
  if (isError) {
    return failed(
      'TOOL_FAILED',
      `${server} could not do ${tool}.`,
      'The details say why, in the words of the server.',
      text,
    );
  }
  const receipt = shownWords(text, MAX_RECEIPT) || `${tool} done`;
  // A function that gives nothing back has nothing that may go into another call.
  if (text === '' || descriptor?.result === null) return deviceSaid(receipt);
  const value = isNumeric(descriptor) ? (amountOf(text, structuredContent) ?? text) : text;
  return deviceSaid(receipt, { data: untrusted(value, text, server) });
}

function textOf(content: readonly unknown[]): string {
  return content
    .slice(0, MAX_PARTS)
    .map(partText)
    .filter((each) => each !== '')
    .join('\n');
}

function partText(part: unknown): string {
  const parsed = partSchema.safeParse(part);
  if (!parsed.success) return '';
  const { type, text, mimeType, uri, resource } = parsed.data;
  if (type === 'text') return text ?? '';
  if (resource?.text !== undefined) return resource.text;
  return `[${[type, mimeType, uri ?? resource?.uri].filter((each) => each !== undefined).join(' ')}]`;
}

const isNumeric = (descriptor: FunctionDescriptor | null): boolean =>
  descriptor?.result === 'number' || descriptor?.result === 'percent';

/** The one number that a result is about. */
function amountOf(text: string, structured: unknown): number | null {
  const numbers = isObject(structured) ? Object.values(structured).filter((each) => typeof each === 'number') : [];
  const [only] = numbers;
  if (only !== undefined && numbers.length === 1) return only;
  const said = /^\s*(-?\d+(?:\.\d+)?)\s*(?:°\s*C?|%|C)?\s*$/.exec(text)?.[1];
  return said === undefined ? null : Number(said);
}
