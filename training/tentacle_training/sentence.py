"""A sentence under construction: values carry marks, so that their offsets survive every change around them."""
import random
import re
from dataclasses import dataclass, field
from typing import Union

from .catalogue import FUNCTIONS, TOKENS
from .words import Word, split_words

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
MARK = re.compile(f"{OPEN}(\\d+){MIDDLE}|{CLOSE}")


@dataclass
class Call:
    """A call of the plan: values are mark numbers (spans), tokens, or nested calls."""

    function: str
    args: dict[str, Union[int, str, "Call"]] = field(default_factory=dict)
    target: int | None = None
    joiner: str | None = None
    """How it follows the call before it: `also`, `then`, or None for the first."""


@dataclass
class Example:
    """A sentence and its plan as tokens of the plan language. `partial` stops after the function token."""

    text: str
    plan: list[str]
    shape: str
    source: str
    partial: bool = False


class Marks:
    """Hands out marks within one sentence."""

    def __init__(self) -> None:
        self.count = 0

    def wrap(self, value: str) -> tuple[int, str]:
        number = self.count
        self.count += 1
        return number, f"{OPEN}{number}{MIDDLE}{value}{CLOSE}"


class Unusable(ValueError):
    """A sentence whose marks do not fall on words, or that is too long."""


def strip_marks(marked: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The plain text and each mark's offsets in it."""
    plain: list[str] = []
    length = 0
    position = 0
    open_marks: list[tuple[int, int]] = []
    offsets: dict[int, tuple[int, int]] = {}
    for match in MARK.finditer(marked):
        piece = marked[position : match.start()]
        plain.append(piece)
        length += len(piece)
        position = match.end()
        if match.group(1) is not None:
            open_marks.append((int(match.group(1)), length))
        else:
            number, start = open_marks.pop()
            offsets[number] = (start, length)
    plain.append(marked[position:])
    return "".join(plain), offsets


def word_range(words: list[Word], start: int, end: int) -> tuple[int, int]:
    inside = [index for index, word in enumerate(words) if word.start < end and word.end > start]
    if not inside:
        raise Unusable("a value without words")
    first, last = inside[0], inside[-1]
    if words[first].start != start or words[last].end != end:
        raise Unusable("a value that cuts a word")
    return first, last


def call_tokens(call: Call, spans: dict[int, tuple[int, int]]) -> list[str]:
    tokens = [f"<fn:{call.function}>"]
    if call.target is not None:
        first, last = spans[call.target]
        tokens += [TOKENS["target"], f"<w:{first}>", f"<w:{last}>"]
    for entry in FUNCTIONS[call.function]["parameters"]:
        value = call.args.get(entry["name"])
        if value is None:
            continue
        tokens.append(f"<arg:{entry['name']}>")
        if isinstance(value, Call):
            tokens += call_tokens(value, spans)
        elif isinstance(value, int):
            first, last = spans[value]
            tokens += [f"<w:{first}>", f"<w:{last}>"]
        else:
            tokens.append(value)
    return [*tokens, TOKENS["callEnd"]]


def build(marked: str, calls: list[Call], shape: str, source: str, max_words: int = 60) -> Example:
    """The finished example; raises Unusable when the marks do not fit the words."""
    text, offsets = strip_marks(marked)
    words = split_words(text)
    if not words or len(words) > max_words:
        raise Unusable("empty or long")
    spans = {number: word_range(words, start, end) for number, (start, end) in offsets.items()}
    if not calls:
        return Example(text, [TOKENS["irrelevant"], TOKENS["planEnd"]], shape, source)
    plan: list[str] = []
    for index, call in enumerate(calls):
        if index:
            plan.append(TOKENS["sequel"] if call.joiner == "then" else TOKENS["also"])
        plan += call_tokens(call, spans)
    return Example(text, [*plan, TOKENS["planEnd"]], shape, source)


def outside_marks(marked: str, change) -> str:
    """Applies `change` to the words around the values only."""
    parts = re.split(f"({OPEN}\\d+{MIDDLE}[^{CLOSE}]*{CLOSE})", marked)
    return "".join(part if part.startswith(OPEN) else change(part) for part in parts)


def misspell(text: str, rng: random.Random, rate: float) -> str:
    def slip(match: re.Match[str]) -> str:
        word = match.group()
        if rng.random() >= rate:
            return word
        at = rng.randrange(1, len(word) - 1)
        return rng.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    return re.sub(r"[a-z]{4,}", slip, text)
