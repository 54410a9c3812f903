import { z } from 'zod';
import type { FunctionDescriptor } from '../../catalog/function-descriptor.js';
import type { PlanDraft } from '../../core/plan-draft.js';
import { clarifyDraft, draftToolCalls } from '../tools/draft-tool-calls.js';
import { readToolCallData, readToolCalls } from '../tools/read-tool-calls.js';
import { toolSchema } from '../tools/tool-schema.js';

/** An endpoint says nothing of probabilities. A constant, not calibrated: above a guess, below what our own model measures. */
const CONFIDENCE = 0.6;

const INSTRUCTIONS = [
  "Turn the user's sentence into calls of the tools: all that it asks for, in its order, and nothing else.",
  'Copy names, messages, times, numbers and addresses from the sentence; never invent any.',
  'Leave out optional parameters that the sentence does not mention.',
  'Use "$1" as a value for the result of call 1, where the parameter allows it.',
  'If no tool fits, call none and answer [].',
].join('\n');

export const chatCompletionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), tool_calls: z.array(z.unknown()).nullish() }),
      }),
    )
    .min(1),
});
export type ChatCompletion = z.infer<typeof chatCompletionSchema>;

/** The body of a request for one sentence. */
export function chatRequest(model: string, sentence: string, functions: readonly FunctionDescriptor[]): unknown {
  return {
    model,
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: sentence },
    ],
    tools: functions.map((descriptor) => ({ type: 'function', function: toolSchema(descriptor, { beside: true }) })),
    tool_choice: 'auto',
    temperature: 0,
    stream: false,
  };
}

/** What an answer means: calls, none for irrelevant, a question where it asks one or its calls cannot be read. */
export function draftOfCompletion(
  sentence: string,
  { choices }: ChatCompletion,
  offered: readonly string[],
): PlanDraft {
  const message = choices[0]?.message;
  const options = { offered, confidence: CONFIDENCE };
  if (message?.tool_calls && message.tool_calls.length > 0) {
    const calls = readToolCallData(message.tool_calls);
    return calls.ok ? draftToolCalls(sentence, calls.value, options) : clarifyDraft(CONFIDENCE);
  }
  const content = message?.content?.trim() ?? '';
  // Servers without tool support leave the calls in the text, in the model's own form.
  const written = readToolCalls(content);
  if (written.ok) return draftToolCalls(sentence, written.value, options);
  const isBroken = /<tool_call>|^[[{`]/.test(content);
  return isBroken || /[?？]\s*$/.test(content) ? clarifyDraft(CONFIDENCE) : draftToolCalls(sentence, [], options);
}
