"""Composes a sample of the training data, prints its statistics, and writes the pairs for the product to check.

    python3 -m tentacle_training.data --data ../shared/data --count 20000 --out work/pairs.jsonl

The training composes its sentences anew all the time; the same seed and phrase bank give the same sequence.
"""
import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from . import public, slots
from .bank import BadLine, load, numbered_lines, parse_line
from .catalogue import FUNCTIONS, ROOT
from .compose import Composer
from .language import LANGUAGES, Language
from .notation import flatten, literal_arguments, mark_literal, parse_calls
from .sentence import Marks
from .words import split_words


def phrase_counts() -> dict[str, dict[str, int]]:
    """Hand-written phrasings by language and function."""
    return {code: {name: len(load(ROOT, code)[0].get(name, [])) for name in FUNCTIONS} for code in LANGUAGES}


def broken_lines(language: Language) -> list[str]:
    """What is wrong in the bank of a language, as "file:line: reason"."""
    folder = ROOT / "phrases" / language.code
    problems = list(load(ROOT, language.code)[1])
    for path in sorted([*folder.glob("shared*.txt"), *folder.glob("spoken/*.txt")]):
        for where, line in numbered_lines(path):
            text, arrow, plan = line.partition("=>")
            try:
                for call in flatten(parse_calls(plan)) if plan.strip() else ():
                    for literal in literal_arguments(call):
                        mark_literal(text, literal[1:-1], Marks())
                if not arrow:
                    raise ValueError("has no calls")
            except ValueError as problem:
                problems.append(f"{where}: {problem}")
    for path in sorted(folder.glob("nested_*.txt")):
        for where, line in numbered_lines(path):
            function, _, text = line.partition("|")
            try:
                parse_line(function.strip(), text, complete=False)
            except (BadLine, KeyError) as problem:
                problems.append(f"{where}: {problem}")
    for path in sorted(folder.glob("joiners*.txt")):
        for where, line in numbered_lines(path):
            key, _, text = line.partition("|")
            wanted = ("<a>", "<b>", "<c>") if key.strip()[-1:] in "3b" else ("<a>", "<b>")
            if any(text.count(mark) != 1 for mark in wanted):
                problems.append(f"{where}: needs {', '.join(wanted)} once each")
    return problems


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the public utterance sets; without it only the bank is used")
    parser.add_argument("--count", type=int, default=20_000, help="sentences of each language")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=ROOT / "work" / "pairs.jsonl")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    statistics: dict[str, object] = {"seed": arguments.seed}
    problems: list[str] = []
    with arguments.out.open("w") as out:
        for code, language in LANGUAGES.items():
            if arguments.data:
                slots.enrich(public.utterances(arguments.data, code), code)
            composer = Composer(arguments.seed, language=language)
            problems += broken_lines(language) + composer.problems
            shapes, functions, words = Counter(), Counter(), 0
            distinct = set()
            for _ in range(arguments.count):
                example = composer.draw()
                shapes[example.shape] += 1
                functions.update(token[4:-1] for token in example.plan if token.startswith("<fn:"))
                words += len(split_words(example.text))
                distinct.add(example.text)
                out.write(json.dumps({"sentence": example.text, "plan": example.plan, "shape": example.shape}, ensure_ascii=False) + "\n")
            problems += composer.problems
            counts = phrase_counts()[code]
            statistics[code] = {
                "phrasings": sum(counts.values()),
                "fewest": min(counts.items(), key=lambda item: item[1]),
                "held out for development": sum(counts.values()) - sum(map(len, composer.phrases.values())),
                "irrelevant lines": len(composer.irrelevant_lines),
                "whole sentences with several calls": len(composer.shared_lines),
                "slot values": sum(len(slots.values(path.stem, code)) for path in (ROOT / "slots" / code).glob("**/*.txt")),
                "composed": arguments.count,
                "distinct": len(distinct),
                "words a sentence": round(words / arguments.count, 1),
                "shapes": dict(shapes.most_common()),
                "rarest function": min(((functions[name], name) for name in FUNCTIONS)),
            }
    if arguments.data:
        examples, labelled = public.load(arguments.data)
        statistics["public sets"] = {
            "mapped onto the catalogue": Counter(example.source for example in examples),
            "of them irrelevant": sum(example.shape == "irrelevant" for example in examples),
            "other sets' labels as extra tasks": len(labelled),
        }
    print(json.dumps(statistics, indent=2, ensure_ascii=False))
    for problem in dict.fromkeys(problems):
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(1)


if __name__ == "__main__":
    main()
