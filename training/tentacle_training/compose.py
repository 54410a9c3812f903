"""Composes training sentences from the phrase bank: single, targeted, parallel, sequence, nested, irrelevant."""
import random
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from zlib import crc32

from . import slots
from .bank import SLOT, BadLine, Phrase, lines_of, load, load_pairs, parse_line
from .catalogue import FUNCTIONS, ROOT, parameter
from .language import ENGLISH, Language
from .notation import flatten, is_literal, mark_literal, owners_of_wrong, parse_calls, replace_marked, settle, slot_arguments
from .sentence import Call, Example, Marks, Unusable, build, misspell, outside_marks

OUTER_PARAMETER = {
    "send_text_message": "message",
    "send_email": "content",
    "set_clipboard": "text",
    "show_notification": "text",
    "send_photo": "photo",
    "make_phone_call": "recipient",
    "find_route_google_maps": "destination",
    "navigate_to": "destination",
}
NO_TARGET_TAIL = {"find_my_phone", "navigate_to", "find_route_google_maps", "get_temperature", "play_video_on_tv", "set_tv_power", "set_cover", "set_door_lock"}


OTHER_WORDS = 0.4
"""How often the words of a whole sentence's values are exchanged for others of their kind."""


def fits(inner: str, outer: str) -> bool:
    """Whether a function's result may fill the outer function's open parameter. Nobody drives to a message."""
    result, name = FUNCTIONS[inner]["result"], OUTER_PARAMETER[outer]
    return result in parameter(outer, name)["accepts"] and (name != "destination" or result == "place")


class Composer:
    """Draws endless examples; the same seed gives the same sequence. `fold` picks training or development phrasings."""

    def __init__(
        self, seed: int, fold: str = "train", root: Path = ROOT, language: Language = ENGLISH, focus: Sequence[str] = ()
    ) -> None:
        """`focus` names files of whole sentences that every other one is drawn from."""
        self.rng = random.Random(seed)
        self.focus = focus
        self.fold = fold
        self.root, self.language = root, language
        phrases, self.problems = load(root, language.code)
        self.phrases = {name: self.mine(items, lambda phrase: phrase.text) for name, items in phrases.items()}
        self.functions = [name for name in FUNCTIONS if self.phrases.get(name)]

    def mine(self, items: list, text=str) -> list:
        """One phrasing in twenty is held out whole: which one depends on its words alone, so that it stays out as the bank grows."""
        held = self.fold == "development"
        return [item for item in items if (crc32(text(item).lower().encode()) % 20 == 7) == held] or items

    def file(self, name: str) -> list[str]:
        paths = sorted((self.root / "phrases" / self.language.code).glob(name))
        return self.mine([line for path in paths for line in lines_of(path)])

    def pairs(self, name: str) -> list[tuple[str, str]]:
        return self.mine(load_pairs(name, self.root, self.language.code))

    @cached_property
    def irrelevant_lines(self) -> list[str]:
        return self.file("irrelevant*.txt")

    @cached_property
    def carriers(self) -> list[str]:
        return [line for line in self.file("carriers*.txt") if "<x>" in line] or ["<x>"]

    @cached_property
    def joiners(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, text in self.pairs("joiners*.txt"):
            found.setdefault(key, []).append(text)
        found.setdefault("parallel", ["<a> and <b>"])
        found.setdefault("sequence", ["<a> then <b>"])
        return found

    @cached_property
    def outers(self) -> list[Phrase]:
        return self.incomplete("nested_outer*.txt")

    @cached_property
    def anaphora(self) -> list[Phrase]:
        return self.incomplete("nested_anaphora*.txt")

    @cached_property
    def nouns(self) -> list[Phrase]:
        return self.incomplete("nested_noun*.txt")

    @cached_property
    def shared_lines(self) -> list[str]:
        return self.file("shared*.txt")

    @cached_property
    def spoken_lines(self) -> list[str]:
        return self.file("spoken/*.txt")

    @cached_property
    def focus_lines(self) -> list[str]:
        return [line for name in self.focus for line in self.file(f"spoken/{name}.txt")]

    @cached_property
    def spoken_requests(self) -> list[str]:
        """Whole sentences with exactly one call, which can stand in a row with others."""
        return [line for line in self.spoken_lines if re.fullmatch(r"\w+\([^()&>]*\)", line.partition("=>")[2].strip())]

    def incomplete(self, name: str) -> list[Phrase]:
        phrases = []
        for function, text in self.pairs(name):
            if function not in FUNCTIONS:
                continue
            try:
                phrases.append(parse_line(function, text, complete=False))
            except BadLine as problem:
                self.problems.append(str(problem))
        return phrases

    def fill(self, phrase: Phrase, marks: Marks) -> tuple[str, Call]:
        call = Call(phrase.function, dict(phrase.fixed))

        def value(match: re.Match[str]) -> str:
            name = match.group(1) or match.group(2)
            words = match.group(3) or slots.fill(phrase.function, name, self.rng, self.language)
            number, marked = marks.wrap(words)
            if name == "target":
                call.target = number
            else:
                call.args[name] = number
            return marked

        return SLOT.sub(value, phrase.text), call

    def phrase(self, function: str | None = None) -> Phrase:
        return self.rng.choice(self.phrases[function or self.rng.choice(self.functions)])

    def request(self, marks: Marks, function: str | None = None, targeted: float = 0.12) -> tuple[str, Call]:
        """One request with its call; now and then with a named device."""
        phrase = self.phrase(function)
        text, call = self.fill(phrase, marks)
        if phrase.function == "send_photo" and "photo" not in call.args:
            self.take_photo_inside(call)
        if call.target is None and "room" not in phrase.slots and phrase.function not in NO_TARGET_TAIL and self.rng.random() < targeted:
            text = self.name_device(text, call, marks)
        return text, call

    def name_device(self, text: str, call: Call, marks: Marks) -> str:
        """Says before or after the request which device is meant."""
        words = slots.fill(call.function, "target", self.rng, self.language)
        call.target, named = marks.wrap(words)
        if self.language.article and not (words.startswith(("my ", "our ", "her ", "his ")) or "'" in words):
            named = "the " + named
        tails = self.language.target_tails.get(FUNCTIONS[call.function]["kind"])
        if not tails or self.rng.random() < 0.3:
            return self.rng.choice(self.language.target_heads).format(named) + text
        stripped, stop = re.match(r"(.*?)([?.!]*)$", text, re.S).groups()
        return f"{stripped} {self.rng.choice(tails).format(named)}{stop}"

    def take_photo_inside(self, call: Call) -> None:
        camera = call.args.pop("camera", None)
        call.args["photo"] = Call("take_a_photo", {} if camera is None else {"camera": camera})

    def finish(self, text: str, carriers: float) -> str:
        if self.rng.random() < carriers:
            text = self.rng.choice(self.carriers).replace("<x>", text)
        if self.rng.random() < 0.5:
            text = outside_marks(text, lambda part: misspell(part, self.rng, 0.02))
        if self.rng.random() < 0.15:
            text = outside_marks(text, lambda part: re.sub("[',，、]", "", part))
        if self.rng.random() < 0.2 and text[-1:] not in ".!?。！？":
            text += self.rng.choice((self.language.stops[0], *self.language.stops[:2], self.language.stops[0]))
        elif self.rng.random() < 0.3:
            text = text.rstrip("?.!。！？")
        return re.sub(r"[ \t]+", " ", text).strip()

    def single(self, function: str | None = None) -> Example:
        marks = Marks()
        text, call = self.request(marks, function)
        return build(self.finish(text, 0.2), [call], "targeted" if call.target is not None else "single", "bank")

    def irrelevant(self) -> Example:
        text = self.rng.choice(self.irrelevant_lines)
        if self.rng.random() < 0.5:
            text = misspell(text, self.rng, 0.02)
        if self.rng.random() < 0.1:
            text = self.rng.choice(self.carriers).replace("<x>", text)
        return build(text, [], "irrelevant", "bank")

    def joinable(self, text: str) -> str:
        return text.rstrip(" .?!,;。？！，；")

    def several(self) -> Example:
        kind = self.rng.choices(("parallel", "sequence", "parallel3", "sequence3", "mixed3", "mixed3b"), (44, 28, 20, 7, 4, 4))[0]
        kind = kind if kind in self.joiners else kind.rstrip("3b").replace("mixed", "sequence")
        pattern = self.rng.choice(self.joiners[kind])
        count = 3 if "<c>" in pattern else 2
        marks = Marks()
        related = self.rng.random() < 0.35
        first = self.rng.choice(self.functions)
        pool = [name for name in self.functions if FUNCTIONS[name]["kind"] == FUNCTIONS[first]["kind"]] if related else self.functions
        chosen = [first, *(self.rng.choice(pool) for _ in range(count - 1))]
        texts, calls = [], []
        for name in chosen:
            draw = self.rng.random()
            if self.outers and draw < 0.05:
                text, call = self.nested_request(marks)
            elif self.spoken_requests and draw < 0.3:
                text, (call,) = self.said(self.rng.choice(self.spoken_requests), marks)
            else:
                text, call = self.request(marks, name, targeted=0.07)
            texts.append(self.joinable(text))
            calls.append(call)
        joiners = {
            "parallel": ("also", "also"),
            "parallel3": ("also", "also"),
            "sequence": ("then", "then"),
            "sequence3": ("then", "then"),
            "mixed3": ("also", "then"),
            "mixed3b": ("then", "also"),
        }[kind]
        for call, joiner in zip(calls[1:], joiners):
            call.joiner = joiner
        for key, text in zip("abc", texts):
            pattern = pattern.replace(f"<{key}>", text)
        while len(calls) < 5 and kind in ("parallel", "parallel3", "sequence", "more") and self.rng.random() < (0.35 if kind == "more" else 0.12):
            extra, call = self.request(marks, targeted=0)
            pattern += self.rng.choice(self.language.also) + self.joinable(extra)
            call.joiner = "also"
            calls.append(call)
            kind = "more"
        shape = "parallel" if all(call.joiner != "then" for call in calls) else "sequence"
        return build(self.finish(pattern, 0.1), calls, shape, "bank")

    def nested_request(self, marks: Marks) -> tuple[str, Call]:
        """`text Mom the weather in Paris`, or `check the weather in Paris and text it to Mom`."""
        spoken = self.anaphora and self.rng.random() < 0.35
        if spoken:
            outer = self.rng.choice(self.anaphora)
            inners = [name for name in self.functions if fits(name, outer.function)]
            inner_text, inner = self.fill(self.rng.choice(self.phrases[self.rng.choice(inners)]), marks)
            outer_text, call = self.fill(outer, marks)
            joint = self.rng.choice(self.language.then)
            text = self.joinable(inner_text) + joint + outer_text
        else:
            outer = self.rng.choice(self.outers)
            nouns = [noun for noun in self.nouns if fits(noun.function, outer.function)]
            if not nouns:
                raise Unusable("no result fits")
            inner_text, inner = self.fill(self.rng.choice(nouns), marks)
            outer_text, call = self.fill(outer, marks)
            text = outer_text.replace("<x>", inner_text)
        call.args[OUTER_PARAMETER[call.function]] = inner
        return text, call

    def nested(self) -> Example:
        marks = Marks()
        text, call = self.nested_request(marks)
        return build(self.finish(text, 0.15), [call], "nested", "bank")

    def shared(self) -> Example:
        return self.whole(self.rng.choice(self.shared_lines), 0.1)

    def spoken(self) -> Example:
        """A sentence as somebody said it; every other one from the files in focus, where there are any."""
        lines = self.focus_lines if self.focus_lines and self.rng.random() < 0.5 else self.spoken_lines
        return self.whole(self.rng.choice(lines), 0.03)

    def whole(self, line: str, carriers: float) -> Example:
        """A sentence written whole, with its calls beside it; without calls nothing is to be done."""
        if not line.partition("=>")[2].strip():
            return build(self.finish(line.partition("=>")[0].strip(), 0), [], "irrelevant", "bank")
        marks = Marks()
        text, calls = self.said(line, marks)
        shape = "single" if len(calls) == 1 else "sequence" if any(call.joiner == "then" for call in calls) else "parallel"
        if any(isinstance(value, Call) for call in calls for value in call.args.values()):
            shape = "nested"
        elif len(calls) == 1 and calls[0].target is not None:
            shape = "targeted"
        return build(self.finish(text, carriers), calls, shape, "bank")

    def said(self, line: str, marks: Marks) -> tuple[str, list[Call]]:
        """The sentence of a line with its values marked, some of them exchanged, and its calls."""
        text, _, plan = line.partition("=>")
        numbers: dict[str, int] = {}
        slots_found = re.findall(r"\{(\w+)\}", text)
        calls = parse_calls(plan)
        owners = {slot: (call.function, name) for call in flatten(calls) for name, slot in slot_arguments(call)}
        for slot in dict.fromkeys(slots_found):
            function, name = owners.get(slot) or owners_of_wrong(slot, calls)
            words = slots.fill(function, name, self.rng, self.language)
            if slot in owners:
                numbers[slot], marked = marks.wrap(words)
            else:
                marked = words
            text = text.replace("{" + slot + "}", marked)
        literals = {value: (call.function, name) for call in flatten(calls) for name, value in call.args.items() if is_literal(value)}
        for literal, (function, name) in sorted(literals.items(), key=lambda item: len(item[0]), reverse=True):
            text, numbers[literal] = mark_literal(text, literal[1:-1], marks)
            if self.rng.random() < OTHER_WORDS:
                text = replace_marked(text, numbers[literal], slots.fill(function, name, self.rng, self.language))
        for call in flatten(calls):
            settle(call, numbers)
        return text.strip(), calls

    def draw(self) -> Example:
        makers = [(self.single, 28), (self.several, 16), (self.nested, 5), (self.irrelevant, 14), (self.shared, 7), (self.spoken, 30)]
        usable = [
            (maker, weight)
            for maker, weight in makers
            if not (maker == self.nested and not (self.outers and self.nouns))
            and not (maker == self.irrelevant and not self.irrelevant_lines)
            and not (maker == self.shared and not self.shared_lines)
            and not (maker == self.spoken and not self.spoken_lines)
        ]
        while True:
            maker = self.rng.choices([m for m, _ in usable], [w for _, w in usable])[0]
            try:
                return maker()
            except Unusable:
                continue
            except (BadLine, KeyError, ValueError, OSError) as problem:
                self.problems.append(f"{maker.__name__}: {problem}")
