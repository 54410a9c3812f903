import { z } from 'zod';
import { err, ok, type Result } from '../../core/result.js';
import { type ToolCall, toolCallSchema } from './tool-call.js';

/** Why an answer holds no calls that can be read: an expected value, as models write what they like. */
export interface UnreadableAnswer {
  readonly reason: string;
}

/** UTF-16 code units of the longest answer that is read. */
const MAX_ANSWER_LENGTH = 32_768;

const THOUGHTS = /<think>.*?<\/think>/gs;
const BLOCK = /<tool_call>(.*?)(?:<\/tool_call>|$)/gs;
const FENCED = /^```(?:json|tool_call)?\s*(.*?)\s*```$/s;

const callsSchema = z.array(toolCallSchema);
const answerSchema = z.union([
  callsSchema,
  z.object({ tool_calls: callsSchema }).transform(({ tool_calls }) => tool_calls),
  toolCallSchema.transform((call) => [call]),
]);

function parsed(json: string): Result<unknown, UnreadableAnswer> {
  try {
    return ok(JSON.parse(json));
  } catch {
    return err({ reason: 'it is not JSON' });
  }
}

/** Reads calls that came as data: an array, a single call, or an object with OpenAI's `tool_calls`. */
export function readToolCallData(data: unknown): Result<readonly ToolCall[], UnreadableAnswer> {
  const read = answerSchema.safeParse(data);
  return read.success ? ok(read.data) : err({ reason: 'it is JSON of another form than calls' });
}

/**
 * Reads the calls in a model's written answer: a JSON array, a single object, `tool_calls`, or Qwen's
 * `<tool_call>{...}</tool_call>` blocks; thoughts before it and a code fence around it are left out. No calls (`[]`) is
 * an answer, and means that no function fits.
 */
export function readToolCalls(answer: string): Result<readonly ToolCall[], UnreadableAnswer> {
  if (answer.length > MAX_ANSWER_LENGTH) return err({ reason: 'it is too long' });
  const text = answer.replace(THOUGHTS, '').trim();
  const blocks = Array.from(text.matchAll(BLOCK), ([, block = '']) => block.trim());
  if (blocks.length === 0) {
    const data = parsed(FENCED.exec(text)?.[1] ?? text);
    return data.ok ? readToolCallData(data.value) : data;
  }
  const calls: ToolCall[] = [];
  for (const block of blocks) {
    const data = parsed(block);
    const read = data.ok ? readToolCallData(data.value) : data;
    if (!read.ok) return read;
    calls.push(...read.value);
  }
  return ok(calls);
}
