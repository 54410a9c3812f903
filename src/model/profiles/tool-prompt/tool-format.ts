import {
  type ChatWrapper,
  type Llama,
  LlamaGrammarEvaluationState,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp';
import type { FunctionDescriptor } from '../../../catalog/function-descriptor.js';
import type { Result } from '../../../core/result.js';
import { readToolCalls, type UnreadableAnswer } from '../../tools/read-tool-calls.js';
import type { ToolCall } from '../../tools/tool-call.js';
import { answerSchema } from './answer-schema.js';
import { functionGemmaEnds, functionGemmaPrompt, functionGemmaTokens, readFunctionGemma } from './function-gemma.js';
import { instructions } from './instructions.js';
import type { AnswerOptions } from './write-answer.js';

/** How one family of models is told of functions and answers with calls. */
export interface ToolFormat {
  prompt(sentence: string, functions: readonly FunctionDescriptor[]): readonly Token[];
  /** What holds and ends the answer. */
  guide(functions: readonly FunctionDescriptor[]): Promise<Pick<AnswerOptions, 'grammar' | 'isWhole' | 'decides'>>;
  read(answer: string): Result<readonly ToolCall[], UnreadableAnswer>;
}

/** Before the array's first sign and inside a name: there it is decided whether and which function is called. */
const DECIDES_JSON = /^\s*\[?\s*$|"name"\s*:\s*(?:"[^"]*)?$/;

/** A JSON array under a grammar, asked for through the model's own chat template. */
class JsonFormat implements ToolFormat {
  readonly #llama: Llama;
  readonly #model: LlamaModel;
  readonly #wrapper: ChatWrapper;

  constructor(llama: Llama, model: LlamaModel) {
    this.#llama = llama;
    this.#model = model;
    // Thoughts cost seconds and are not read: Qwen's template is told so, other templates by their own switch.
    this.#wrapper = resolveChatWrapper(model, {
      customWrapperSettings: { qwen: { thoughts: 'discourage' }, jinjaTemplate: { reasoning: false } },
      warningLogs: false,
    });
  }

  prompt(sentence: string, functions: readonly FunctionDescriptor[]): readonly Token[] {
    const { contextText } = this.#wrapper.generateContextState({
      chatHistory: [
        { type: 'system', text: instructions(functions) },
        { type: 'user', text: sentence },
        { type: 'model', response: [] },
      ],
    });
    return contextText.tokenize(this.#model.tokenizer);
  }

  async guide(functions: readonly FunctionDescriptor[]) {
    const grammar = await this.#llama.createGrammarForJsonSchema(answerSchema(functions));
    return {
      grammar: new LlamaGrammarEvaluationState({ model: this.#model, grammar }),
      isWhole: isWholeArray,
      decides: (text: string) => DECIDES_JSON.test(text),
    };
  }

  read(answer: string): Result<readonly ToolCall[], UnreadableAnswer> {
    return readToolCalls(answer);
  }
}

function isWholeArray(text: string): boolean {
  if (!text.trimEnd().endsWith(']')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** FunctionGemma's declarations and calls. Its special tokens print as text that no grammar can ask for. */
class FunctionGemmaFormat implements ToolFormat {
  readonly #model: LlamaModel;

  constructor(model: LlamaModel) {
    this.#model = model;
  }

  prompt(sentence: string, functions: readonly FunctionDescriptor[]): readonly Token[] {
    const { bos } = this.#model.tokens;
    return [
      ...(bos === null ? [] : [bos]),
      ...functionGemmaPrompt(sentence, functions).tokenize(this.#model.tokenizer),
    ];
  }

  async guide() {
    return {
      isWhole: (text: string) => functionGemmaEnds.some((end) => text.endsWith(end)),
      decides: (text: string) => text === '' || /call:[A-Za-z0-9_]*$/.test(text),
    };
  }

  read(answer: string): Result<readonly ToolCall[], UnreadableAnswer> {
    return readFunctionGemma(answer);
  }
}

/** The format of a loaded model: FunctionGemma's where the vocabulary holds its tokens, else JSON. */
export function toolFormatOf(llama: Llama, model: LlamaModel): ToolFormat {
  const isOneToken = (text: string): boolean => model.tokenize(text, true).length === 1;
  return functionGemmaTokens.every(isOneToken) ? new FunctionGemmaFormat(model) : new JsonFormat(llama, model);
}
