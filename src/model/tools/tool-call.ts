import { z } from 'zod';

/**
 * One call as a foreign model answers it, before its arguments are held against the catalogue and the sentence. `after`
 * names calls to wait for by their place in the answer, from 1; `device` is the device's name as said, or null.
 */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly after: readonly number[];
  readonly device: string | null;
}

const placesSchema = z.array(z.number().int().min(1)).nullish();
const deviceSchema = z.string().nullish();
const valuesSchema = z.record(z.string(), z.unknown());

/** OpenAI and many others give the arguments as JSON inside a string; a call without arguments may give an empty one. */
const argumentsSchema = z.union([
  valuesSchema,
  z.string().transform((text, context) => {
    try {
      return valuesSchema.parse(JSON.parse(text.trim() === '' ? '{}' : text));
    } catch {
      context.addIssue({ code: 'custom', message: 'the arguments are not a JSON object' });
      return z.NEVER;
    }
  }),
]);

const plainSchema = z.object({
  name: z.string(),
  arguments: argumentsSchema.optional(),
  /** Llama 3's name for the arguments. */
  parameters: argumentsSchema.optional(),
  after: placesSchema,
  device: deviceSchema,
});

const openAiSchema = z.object({ function: plainSchema }).transform(({ function: call }) => call);

/** Where a form leaves no room beside the arguments, `after` and `device` stand among them; no parameter has these names. */
const besideSchema = z.object({ after: placesSchema, device: deviceSchema });

/** Reads one call in any of the forms: `{name, arguments}`, `{name, parameters}`, `{function: {name, arguments}}`. */
export const toolCallSchema = z.union([openAiSchema, plainSchema]).transform((call, context): ToolCall => {
  const { after, device, ...values } = call.arguments ?? call.parameters ?? {};
  const beside = besideSchema.safeParse({ after: call.after ?? after, device: call.device ?? device });
  if (!beside.success) {
    context.addIssue({ code: 'custom', message: 'after and device are not places and a name' });
    return z.NEVER;
  }
  return {
    name: call.name,
    arguments: values,
    after: beside.data.after ?? [],
    device: beside.data.device ?? null,
  };
});
