import { LlamaText, SpecialTokensText } from 'node-llama-cpp';
import type { FunctionDescriptor } from '../../../catalog/function-descriptor.js';
import { err, ok, type Result } from '../../../core/result.js';
import type { UnreadableAnswer } from '../../tools/read-tool-calls.js';
import type { ToolCall } from '../../tools/tool-call.js';
import { type ParameterSchema, toolSchema } from '../../tools/tool-schema.js';

/** The tokens of FunctionGemma's own format (ai.google.dev, "FunctionGemma formatting and best practices"). */
const ESCAPE = '<escape>';
const START_CALL = '<start_function_call>';
const END_CALL = '<end_function_call>';
const START_DECLARATION = '<start_function_declaration>';
const END_DECLARATION = '<end_function_declaration>';
/** The model writes it after its calls, for a result that it will not get here. */
const START_RESPONSE = '<start_function_response>';

/** Tokens that a vocabulary must hold for the format to be the model's own. */
export const functionGemmaTokens: readonly string[] = [
  START_DECLARATION,
  END_DECLARATION,
  START_CALL,
  END_CALL,
  ESCAPE,
];

/** Tokens after which nothing of the answer comes. */
export const functionGemmaEnds: readonly string[] = [START_RESPONSE, '<end_of_turn>'];

/** The words that the model was trained with; it calls nothing without them. */
const OPENING = 'You are a model that can do function calling with the following functions';

const special = (text: string): SpecialTokensText => new SpecialTokensText(text);
const quoted = (text: string): LlamaText => LlamaText([special(ESCAPE), text, special(ESCAPE)]);

function parameterText(name: string, schema: ParameterSchema): LlamaText {
  const values = schema.enum?.map(quoted) ?? [];
  return LlamaText([
    `${name}:{`,
    ...(schema.description ? ['description:', quoted(schema.description), ','] : []),
    ...(values.length > 0 ? ['enum:[', LlamaText.joinValues(',', values), '],'] : []),
    'type:',
    quoted(schema.type.toUpperCase()),
    '}',
  ]);
}

function declaration(descriptor: FunctionDescriptor): LlamaText {
  const { name, description, parameters } = toolSchema(descriptor, { beside: false });
  const properties = Object.entries(parameters.properties).map(([key, schema]) => parameterText(key, schema));
  return LlamaText([
    special(START_DECLARATION),
    `declaration:${name}{description:`,
    quoted(description),
    ',parameters:{properties:{',
    LlamaText.joinValues(',', properties),
    '},required:[',
    LlamaText.joinValues(',', parameters.required.map(quoted)),
    '],type:',
    quoted('OBJECT'),
    '}}',
    special(END_DECLARATION),
  ]);
}

/** The whole prompt but its first token: declarations, the sentence, the model's turn. */
export function functionGemmaPrompt(sentence: string, functions: readonly FunctionDescriptor[]): LlamaText {
  return LlamaText([
    special('<start_of_turn>'),
    `developer\n${OPENING}`,
    ...functions.map(declaration),
    special('<end_of_turn>'),
    '\n',
    special('<start_of_turn>'),
    `user\n${sentence}`,
    special('<end_of_turn>'),
    '\n',
    special('<start_of_turn>'),
    'model\n',
  ]);
}

const CALL = new RegExp(`${START_CALL}call:([A-Za-z0-9_]+)\\{(.*?)\\}(?:${END_CALL}|$)`, 'gs');
const ARGUMENT = new RegExp(`\\s*([A-Za-z0-9_]+):\\s*(?:${ESCAPE}(.*?)${ESCAPE}|([^,{}\\[\\]<>]*))\\s*(?:,|$)`, 'gsy');

/** A bare value: a number, true, false or null; anything else is text that lost its quotes. */
function bareValue(text: string): string | number | boolean | null {
  const plain = text.trim();
  if (plain === 'true' || plain === 'false') return plain === 'true';
  if (plain === 'null' || plain === '') return null;
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : plain;
}

function readArguments(text: string): Readonly<Record<string, unknown>> | null {
  const values: Record<string, unknown> = {};
  ARGUMENT.lastIndex = 0;
  while (ARGUMENT.lastIndex < text.length) {
    const found = ARGUMENT.exec(text);
    if (!found?.[1]) return null;
    values[found[1]] = found[2] ?? bareValue(found[3] ?? '');
  }
  return values;
}

/** Reads `<start_function_call>call:name{argument:<escape>text<escape>,other:3}<end_function_call>`; prose holds no calls. */
export function readFunctionGemma(answer: string): Result<readonly ToolCall[], UnreadableAnswer> {
  const calls: ToolCall[] = [];
  for (const [, name = '', text = ''] of answer.matchAll(CALL)) {
    const values = readArguments(text);
    if (!values) return err({ reason: `the arguments of ${name} cannot be read` });
    calls.push({ name, arguments: values, after: [], device: null });
  }
  const begun = answer.split(START_CALL).length - 1;
  return begun === calls.length ? ok(calls) : err({ reason: 'a call has another form' });
}
