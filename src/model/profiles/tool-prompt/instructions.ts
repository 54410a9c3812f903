import type { FunctionDescriptor } from '../../../catalog/function-descriptor.js';
import { toolSchema } from '../../tools/tool-schema.js';

/** The system prompt for models without a tool format of their own: the answer's form, then the functions. */
export function instructions(functions: readonly FunctionDescriptor[]): string {
  const tools = functions.map((descriptor) => {
    const { name, description, parameters } = toolSchema(descriptor, { beside: false });
    return JSON.stringify({ name, description, parameters: parameters.properties, required: parameters.required });
  });
  return [
    'You turn one sentence of the user into function calls. Answer with a JSON array of calls and nothing else:',
    '[{"name": "function", "arguments": {"parameter": "value"}}]',
    'Copy names, messages, times, numbers and addresses from the sentence; never invent any.',
    'Give null for optional parameters that the sentence does not mention.',
    'A call that must wait for earlier ones gets "after": [1]. A device that the sentence names gets "device": "its name".',
    'Use "$1" as a value for the result of call 1, where the parameter allows it.',
    'If no function fits, answer [].',
    '',
    'Functions:',
    ...tools,
  ].join('\n');
}
