"""From a sentence to the token ids that the model reads and writes. `src/model/prompt.ts` does the same at run time."""
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sentencepiece

from .catalogue import MAX_WORDS, PLAN_TOKENS, TOKENS
from .sentence import Example
from .words import pieces_text, split_words

BOS = "<s>"


class Vocabulary:
    """Text pieces of the sentencepiece model, then the plan tokens, then the training-only labels."""

    def __init__(self, model: Path, labels: list[str] | None = None) -> None:
        self.pieces = sentencepiece.SentencePieceProcessor()
        self.pieces.Load(str(model))
        self.text_size = self.pieces.GetPieceSize()
        self.labels = sorted(labels or [])
        names = [*PLAN_TOKENS, "<task>", *self.labels]
        self.ids = {name: self.text_size + index for index, name in enumerate(names)}
        self.exported_size = self.text_size + len(PLAN_TOKENS)
        self.size = self.text_size + len(names)
        self.bos = self.pieces.PieceToId(BOS)
        self.names = {index: name for name, index in self.ids.items()}

    @lru_cache(maxsize=200_000)
    def word(self, text: str) -> tuple[int, ...]:
        return tuple(self.pieces.EncodeAsIds(text))

    def prompt(self, sentence: str, ask: str = TOKENS["plan"]) -> list[int]:
        """The sentence, then the sentence again with a pointer after each word: a causal model reads it knowing its end."""
        words = split_words(sentence)[:MAX_WORDS]
        once = [self.word(pieces_text(word)) for word in words]
        ids = [self.bos]
        for piece in once:
            ids += piece
        ids.append(self.ids[TOKENS["words"]])
        for index, piece in enumerate(once):
            ids += piece
            ids.append(self.ids[f"<w:{index}>"])
        ids.append(self.ids[ask])
        return ids

    def plan(self, tokens: list[str]) -> list[int]:
        return [self.ids[token] for token in tokens]


@dataclass
class Encoded:
    prompt: list[int]
    answer: list[int]


def encode(vocabulary: Vocabulary, example: Example) -> Encoded:
    return Encoded(vocabulary.prompt(example.text), vocabulary.plan(example.plan))


def encode_label(vocabulary: Vocabulary, text: str, label: str) -> Encoded:
    return Encoded(vocabulary.prompt(text, "<task>"), [vocabulary.ids[label]])
