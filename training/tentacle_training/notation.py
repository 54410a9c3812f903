"""Calls as they are written beside whole sentences, and their values in the words of the sentence."""
import re

from .catalogue import FUNCTIONS, fixed_token, parameter
from .sentence import CLOSE, MIDDLE, OPEN, Call, Marks


def parse_calls(text: str, literal: bool = False) -> list[Call]:
    """
    Reads `f(a=on, b={x}) & g(c="words") > h(d=f(...))` of the shared sentences; raises ValueError. `literal` leaves values as
    call notation has them: texts, numbers, booleans and enum values.
    """
    position = 0

    def peek() -> str:
        nonlocal position
        while position < len(text) and text[position].isspace():
            position += 1
        return text[position : position + 1]

    def call() -> Call:
        nonlocal position
        peek()
        match = re.compile(r"(\w+)\s*\(").match(text, position)
        if not match or match.group(1) not in FUNCTIONS:
            raise ValueError(f"no call at {text[position : position + 20]!r}")
        position = match.end()
        made = Call(match.group(1))
        while peek() != ")":
            name = re.compile(r"(\w+)\s*=\s*").match(text, position)
            if not name:
                raise ValueError(f"no argument at {text[position : position + 20]!r}")
            position = name.end()
            if re.compile(r"\w+\s*\(").match(text, position):
                value: Call | str = call()
            else:
                found = re.compile(r'"[^"]*"|\{\w+\}|[\w.-]+').match(text, position)
                if not found:
                    raise ValueError(f"no value at {text[position : position + 20]!r}")
                position = found.end()
                value = found.group()
                if literal:
                    value = plain_value(value)
                elif value[0] not in '"{':
                    value = fixed_token(made.function, name.group(1), value)
            if name.group(1) != "target":
                parameter(made.function, name.group(1))
            made.args[name.group(1)] = value
            if peek() == ",":
                position += 1
        position += 1
        return made

    calls = [call()]
    while peek() in ("&", ">"):
        joiner = "also" if peek() == "&" else "then"
        position += 1
        calls.append(call())
        calls[-1].joiner = joiner
    if peek():
        raise ValueError(f"left over: {text[position:]!r}")
    return calls


def plain_value(written: str) -> str | float | bool:
    if written[0] == '"':
        return written[1:-1]
    if written in ("true", "false"):
        return written == "true"
    return float(written) if re.fullmatch(r"-?\d+(\.\d+)?", written) else written


def flatten(calls: list[Call]) -> list[Call]:
    found = []
    for call in calls:
        found += [call, *flatten([value for value in call.args.values() if isinstance(value, Call)])]
    return found


def slot_arguments(call: Call) -> list[tuple[str, str]]:
    return [(name, value[1:-1]) for name, value in call.args.items() if isinstance(value, str) and value.startswith("{")]


def is_literal(value: object) -> bool:
    return isinstance(value, str) and value.startswith('"')


def literal_arguments(call: Call) -> list[str]:
    return [value for value in call.args.values() if is_literal(value)]


def owners_of_wrong(slot: str, calls: list[Call]) -> tuple[str, str]:
    """The parameter of a discarded value: `{time_wrong}` is a time that is corrected later in the sentence."""
    name = re.sub(r"(_wrong)?\d*$", "", slot)
    for call in flatten(calls):
        if any(entry["name"] == name for entry in FUNCTIONS[call.function]["parameters"]):
            return call.function, name
    raise ValueError(f"slot {slot} belongs to no call")


def mark_literal(text: str, literal: str, marks: Marks) -> tuple[str, int]:
    """Marks the last whole-word occurrence: in a correction the later one counts."""
    # Chinese has no spaces between words: there only a Latin word or a number must stand whole.
    if HAN.search(text):
        edges = ("(?<![a-z0-9])" if literal[:1].isascii() else "", "(?![a-z0-9])" if literal[-1:].isascii() else "")
    else:
        edges = (rf"(?<![\w{MARK_CHARS}])", r"(?!\w)")
    pattern = re.compile(edges[0] + re.escape(literal) + edges[1], re.I)
    found = [match for match in pattern.finditer(text) if text.count(OPEN, 0, match.start()) == text.count(CLOSE, 0, match.start())]
    if not found:
        raise ValueError(f"{literal!r} is not in {text!r}")
    number, marked = marks.wrap(found[-1].group())
    return text[: found[-1].start()] + marked + text[found[-1].end() :], number


def replace_marked(text: str, number: int, words: str) -> str:
    """Other words between a mark and its end: what a person said once stands for all that could stand there."""
    start = f"{OPEN}{number}{MIDDLE}"
    before, _, rest = text.partition(start)
    said, _, after = rest.partition(CLOSE)
    # A value within another one's words keeps its own.
    return text if OPEN in said else before + start + words + CLOSE + after


HAN = re.compile("[\u4e00-\u9fff]")
MARK_CHARS = "\ue000\ue001\ue002"


def settle(call: Call, numbers: dict[str, int]) -> None:
    for name, value in list(call.args.items()):
        if isinstance(value, str) and value[0] in '"{':
            number = numbers[value if value[0] == '"' else value[1:-1]]
            if name == "target":
                call.target = number
                del call.args[name]
            else:
                call.args[name] = number
