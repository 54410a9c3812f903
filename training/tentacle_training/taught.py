"""What the user taught (`tentacle teach`), as training examples: one {sentence, means, at} a line."""
import json
import re
from pathlib import Path

from .catalogue import TOKENS, fixed_token, parameter
from .notation import flatten, mark_literal, parse_calls, settle
from .sentence import Call, Example, Marks, Unusable, build

LEVELS = {0: "min", 50: "half", 100: "max"}


class Unsayable(ValueError):
    """The calls hold a value that neither words of the sentence nor a token of the plan language say."""


def value_in_sentence(function: str, name: str, value: object, sentence: str) -> str:
    """A value of the notation as `parse_calls` has it: words of the sentence in quotes, or a token."""
    kind = parameter(function, name)["type"]
    said = str(value).removesuffix(".0")
    if isinstance(value, str) and kind not in ("boolean", "enum"):
        if re.search(re.escape(value), sentence, re.I):
            return f'"{value}"'
    elif kind in ("boolean", "enum"):
        return fixed_token(function, name, said.lower() if isinstance(value, bool) else said)
    elif re.search(rf"(?<![\d.]){re.escape(said)}(?![\d])", sentence):
        return f'"{said}"'
    elif kind == "percent" and value in LEVELS:
        return TOKENS[LEVELS[value]]
    raise Unsayable(f"{name}={value} is not said")


def example_of(sentence: str, means: str) -> Example:
    """Raises Unsayable, Unusable or ValueError when the example can't be expressed."""
    if not means.strip():
        return build(sentence, [], "irrelevant", "taught")
    targets = re.findall(r'\)@"([^"]*)"', means)
    calls = parse_calls(re.sub(r'\)@"[^"]*"', ")", means), literal=True)
    for call in flatten(calls):
        for name, value in list(call.args.items()):
            if not isinstance(value, Call):
                call.args[name] = value_in_sentence(call.function, name, value, sentence)
    if targets:
        raise Unsayable("a named device in a taught example")
    marks, text, numbers = Marks(), sentence, {}
    for literal in sorted({value[1:-1] for call in flatten(calls) for value in call.args.values() if isinstance(value, str) and value[0] == '"'}, key=len, reverse=True):
        text, numbers[f'"{literal}"'] = mark_literal(text, literal, marks)
    for call in flatten(calls):
        settle(call, numbers)
    return build(text, calls, "taught", "taught")


def load(path: Path) -> tuple[list[Example], list[str]]:
    """The usable examples, and the others as "file:line: reason"."""
    examples, problems = [], []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            examples.append(example_of(row["sentence"], row["means"]))
        except (KeyError, TypeError, ValueError, Unusable) as problem:
            problems.append(f"{path}:{number}: {problem}")
    return examples, problems
