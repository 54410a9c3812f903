"""Reads the phrase bank: `training/phrases/README.md` has the format."""
import re
from dataclasses import dataclass
from pathlib import Path

from .catalogue import FUNCTIONS, ROOT, fixed_token, parameter

SLOT = re.compile(r"\{(\w+)\}|\[(\w+):([^\]]+)\]")


@dataclass(frozen=True)
class Phrase:
    """One phrasing of one function: `text` with its slots, `fixed` argument tokens by parameter."""

    function: str
    text: str
    fixed: tuple[tuple[str, str], ...]

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(match.group(1) or match.group(2) for match in SLOT.finditer(self.text))


class BadLine(ValueError):
    pass


def parse_fixed(function: str, text: str) -> tuple[tuple[str, str], ...]:
    pairs = [part.split("=", 1) for part in text.split(";") if part.strip()]
    owner = {"camera": "take_a_photo"} if function == "send_photo" else {}
    return tuple(
        (name.strip(), fixed_token(owner.get(name.strip(), function), name.strip(), value.strip())) for name, value in pairs
    )


def parse_line(function: str, line: str, complete: bool = True) -> Phrase:
    """A phrase, or BadLine with the reason. `complete` demands the function's required parameters."""
    text, _, tail = line.partition("=>")
    try:
        phrase = Phrase(function, " ".join(text.split()), parse_fixed(function, tail))
        names = [name for name in phrase.slots if name != "target"]
        for name in names:
            parameter(function, name)
    except (KeyError, ValueError) as error:
        raise BadLine(f"{function}: {line!r}: {error}") from error
    given = names + [name for name, _ in phrase.fixed]
    if len(set(given)) != len(given):
        raise BadLine(f"{function}: {line!r}: a parameter twice")
    entry = FUNCTIONS[function]
    missing = [p["name"] for p in entry["parameters"] if not p["optional"] and p["name"] not in given and p["type"] != "photo"]
    if complete and missing:
        raise BadLine(f"{function}: {line!r}: without {', '.join(missing)}")
    if complete and entry["needsOneOf"] and not set(entry["needsOneOf"]) & set(given):
        raise BadLine(f"{function}: {line!r}: needs one of {entry['needsOneOf']}")
    return phrase


def numbered_lines(path: Path) -> list[tuple[str, str]]:
    """("file:line", text) of every line that is neither empty nor a comment."""
    if not path.exists():
        return []
    lines = enumerate(path.read_text().splitlines(), 1)
    return [(f"{path}:{number}", line.strip()) for number, line in lines if line.strip() and not line.startswith("#")]


def lines_of(path: Path) -> list[str]:
    return [line for _, line in numbered_lines(path)]


def load(root: Path = ROOT, language: str = "en") -> tuple[dict[str, list[Phrase]], list[str]]:
    """All phrases of a language by function, and what was wrong with the lines that were left out."""
    phrases: dict[str, list[Phrase]] = {}
    problems: list[str] = []
    for function in FUNCTIONS:
        seen = set()
        paths = sorted((root / "phrases" / language).glob(f"**/{function}.txt"))
        for where, line in [numbered for path in paths for numbered in numbered_lines(path)]:
            try:
                phrase = parse_line(function, line)
            except BadLine as problem:
                problems.append(f"{where}: {problem}")
                continue
            key = phrase.text.lower()
            if key not in seen:
                seen.add(key)
                phrases.setdefault(function, []).append(phrase)
    return phrases, problems


def load_pairs(name: str, root: Path = ROOT, language: str = "en") -> list[tuple[str, str]]:
    """Lines `key | text` of a composing file; raises BadLine naming file and line."""
    pairs = []
    for where, line in [numbered for path in sorted((root / "phrases" / language).glob(name)) for numbered in numbered_lines(path)]:
        key, bar, text = line.partition("|")
        if not bar:
            raise BadLine(f'{where}: {line!r} is not "key | text"')
        pairs.append((key.strip(), text.strip()))
    return pairs
