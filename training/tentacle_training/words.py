"""Splits a sentence into the words that a plan can point at.

The same rule stands in `src/model/words.ts`; `test/model/words.test.ts` holds both to one list of examples.
"""
import unicodedata
from typing import NamedTuple

import regex

WORD = regex.compile(
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]"
    r"|['’]s(?![\p{L}\p{M}\p{N}])"
    r"|[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+"
    r"(?:(?:(?!['’]s(?![\p{L}\p{M}\p{N}]))['’._@\-&+#=?~/]+|:(?=\p{N})|://)"
    r"[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+)*"
    r"|\S",
    regex.V1,
)


class Word(NamedTuple):
    text: str
    start: int
    end: int
    spaced: bool
    """Whether white space (or the sentence's start) stands before it."""


def split_words(sentence: str) -> list[Word]:
    """The words of a sentence with their offsets in code points."""
    words = []
    for match in WORD.finditer(sentence):
        start = match.start()
        words.append(Word(match.group(), start, match.end(), start == 0 or sentence[start - 1].isspace()))
    return words


def normalise(word: str) -> str:
    """What the tokenizer sees of a word: compatibility form, lower case, straight apostrophes."""
    return unicodedata.normalize("NFKC", word).lower().replace("’", "'").replace("‘", "'")


def pieces_text(word: Word) -> str:
    """A word as it is handed to the tokenizer: a leading space marks a word that stands apart."""
    return (" " if word.spaced else "") + normalise(word.text)
