"""A function of the user's own: its descriptor and examples, read from a file and taken into the catalogue and the bank.

    {"name": "water_plants", "kind": "home", "title": "Water plants", "risk": "safe", "repeat": "once",
     "parameters": [{"name": "room", "type": "text", "optional": true}],
     "examples": [{"sentence": "water the plants in the den", "means": "water_plants(room=\\"den\\")"}, ...]}

A text value is words of the sentence; enum values, true and false are said by no words of their own.
"""
import json
import re
from dataclasses import replace
from pathlib import Path

from .bank import Phrase
from .catalogue import FUNCTIONS, PLAN_TOKENS, fixed_token
from .compose import Composer
from .notation import HAN, parse_calls
from .sentence import Example, Marks, build

TYPES = {"text", "time", "datetime", "duration", "percent", "celsius", "number", "boolean", "enum"}
MINIMUM = 20


class BadFunction(ValueError):
    """What is wrong with a function's file."""


def read(path: Path) -> dict:
    """The descriptor with its defaults; raises BadFunction naming the file and the fault."""

    def check(condition: bool, fault: str) -> None:
        if not condition:
            raise BadFunction(f"{path}: {fault}")

    try:
        found = json.loads(path.read_text())
    except (OSError, json.JSONDecodeError) as error:
        raise BadFunction(f"{path}: {error}") from error
    check(isinstance(found, dict), "is no object")
    check(bool(re.fullmatch(r"[a-z][a-z0-9_]*", str(found.get("name")))), "name: lower-case letters, digits and _ only")
    check(found["name"] not in FUNCTIONS, f"name: {found['name']} is in the catalogue already")
    check(found.get("kind") in ("phone", "home", "car", "computer"), "kind: phone, home, car or computer")
    check(found.get("risk", "confirm") in ("read", "safe", "confirm"), "risk: read, safe or confirm")
    check(found.get("repeat", "once") in ("safe", "once"), "repeat: safe or once")
    check(isinstance(found.get("parameters", []), list), "parameters: a list")
    parameters = []
    for entry in found.get("parameters", []):
        check(isinstance(entry, dict) and bool(re.fullmatch(r"[a-z][a-z0-9_]*", str(entry.get("name")))), "parameters: each needs a name")
        check(entry.get("type") in TYPES, f"parameter {entry['name']}: type is one of {', '.join(sorted(TYPES))}")
        check(entry["type"] != "enum" or bool(entry.get("values")), f"parameter {entry['name']}: an enum needs its values")
        parameters.append({"optional": False, "accepts": [], **entry})
    check(len(found.get("examples", [])) >= MINIMUM, f"examples: at least {MINIMUM} are needed")
    return {
        "title": found["name"].replace("_", " ").capitalize(),
        "result": None,
        "needsOneOf": [],
        "risk": "confirm",
        "repeat": "once",
        **found,
        "parameters": parameters,
    }


def take_into_catalogue(descriptor: dict) -> None:
    """Makes the function known to this process; its new tokens come after all others."""
    FUNCTIONS[descriptor["name"]] = descriptor
    wanted = [f"<fn:{descriptor['name']}>"]
    for entry in descriptor["parameters"]:
        wanted += [f"<arg:{entry['name']}>", *(f"<val:{value}>" for value in entry.get("values", []))]
    PLAN_TOKENS.extend(token for token in dict.fromkeys(wanted) if token not in PLAN_TOKENS)


def phrases(descriptor: dict, path: Path) -> list[Phrase]:
    """The examples as phrasings; raises BadFunction for one that the calls do not fit."""
    found = []
    for index, example in enumerate(descriptor["examples"]):
        where = f"{path}: example {index + 1}"
        try:
            (call,) = parse_calls(example["means"])
        except (KeyError, TypeError, ValueError) as error:
            raise BadFunction(f"{where}: {error}") from error
        if call.function != descriptor["name"]:
            raise BadFunction(f"{where}: means {call.function}")
        text, fixed = str(example["sentence"]), []
        for name, value in call.args.items():
            if isinstance(value, str) and value.startswith('"'):
                words = value[1:-1]
                if text.count(words) != 1:
                    raise BadFunction(f'{where}: "{words}" must stand in the sentence once')
                text = text.replace(words, f"[{name}:{words}]")
            else:
                fixed.append((name, value))
        found.append(Phrase(descriptor["name"], text, tuple(fixed)))
    return found


def language_of(phrase: Phrase) -> str:
    return "zh" if HAN.search(phrase.text) else "en"


def with_other_words(phrase: Phrase) -> Phrase:
    """The same phrasing with its values open, to be filled with other words of their kind."""
    return replace(phrase, text=re.sub(r"\[(\w+):[^]]*\]", r"{\1}", phrase.text))


class Added:
    """A function that was read from a file and is known to this process from now on; one example in six is kept out to check it."""

    WEIGHT = 12
    """In sentences with several requests it is drawn as often as so many functions of the catalogue."""

    def __init__(self, path: Path) -> None:
        self.descriptor = read(path)
        self.name: str = self.descriptor["name"]
        take_into_catalogue(self.descriptor)
        found = phrases(self.descriptor, path)
        self.kept_out, self.phrases = found[5::6], [phrase for at, phrase in enumerate(found) if at % 6 != 5]

    def take_into_bank(self, bank: Composer) -> None:
        mine = [phrase for phrase in self.phrases if language_of(phrase) == bank.language.code]
        if mine:
            bank.phrases[self.name] = mine + [with_other_words(phrase) for phrase in mine if "[" in phrase.text]
            bank.functions += [self.name] * self.WEIGHT

    def kept_out_examples(self, banks: dict[str, Composer]) -> list[Example]:
        """The examples that nothing was learned from, as sentences with their plans."""
        found = []
        for phrase in self.kept_out:
            marks = Marks()
            text, call = banks[language_of(phrase)].fill(phrase, marks)
            found.append(build(text, [call], "single", "added"))
        return found
