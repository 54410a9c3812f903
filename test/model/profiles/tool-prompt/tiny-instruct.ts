import { chainWeights } from '../../../support/chain-weights.js';
import { byteTokens, type TinyModel, type VocabularyToken } from '../../../support/tiny-model.js';

export interface TinyInstruct {
  /** Control tokens beside `<unk>`, `<s>` and `</s>`. */
  readonly controls: readonly string[];
  /** `tokenizer.chat_template`; null leaves it out. */
  readonly chatTemplate: string | null;
  /** Random weights from this seed, or the pieces that the model says after any prompt that ends with a line break. */
  readonly weights: { readonly seed: number } | { readonly says: readonly string[] };
}

/** The turns of ChatML, as many instruct models have them. */
export const chatMl = {
  controls: ['<|im_start|>', '<|im_end|>'],
  chatTemplate:
    '{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}',
} as const;

/** Sentencepiece's way of writing a space. */
const spelled = (piece: string): string => piece.replaceAll(' ', '▁');

/** A small sentencepiece vocabulary: controls, the bytes, printable ASCII, and the pieces that are said as a whole. */
function vocabularyOf(controls: readonly string[], says: readonly string[]): readonly VocabularyToken[] {
  const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const pieces = says.filter((piece) => !controls.includes(piece)).map(spelled);
  return [
    { text: '<unk>', score: 0, kind: 'unknown' },
    ...['<s>', '</s>', ...controls].map((text): VocabularyToken => ({ text, score: 0, kind: 'control' })),
    ...byteTokens,
    ...[...new Set(['▁', ...ascii, ...pieces])].map(
      (text): VocabularyToken => ({ text, score: -text.length, kind: 'normal' }),
    ),
  ];
}

/** An instruct model of the llama architecture. */
export function tinyInstruct({ controls, chatTemplate, weights }: TinyInstruct): TinyModel {
  const says = 'says' in weights ? weights.says : [];
  const vocabulary = vocabularyOf(controls, says);
  const id = (text: string): number => vocabulary.findIndex((token) => token.text === text);
  return {
    architecture: 'llama',
    vocabulary,
    special: { bos: id('<s>'), eos: id('</s>'), unknown: id('<unk>') },
    context: 16_384,
    ...(chatTemplate === null ? {} : { chatTemplate }),
    ...('seed' in weights
      ? { seed: weights.seed }
      : {
          seed: 0,
          weights: chainWeights([id('<0x0A>'), ...says.map(spelled).map(id), id('</s>')], vocabulary.length),
        }),
  };
}
