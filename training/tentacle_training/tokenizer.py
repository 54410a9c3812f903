"""Trains the tokenizer: byte-pair pieces over English and Chinese, lower case, digits apart, bytes as the last resort."""
import argparse
from pathlib import Path

import sentencepiece

from . import public
from .bank import lines_of
from .catalogue import ROOT
from .compose import Composer
from .words import normalise


def corpus(data: Path, composed: int) -> list[str]:
    composer = Composer(seed=1)
    examples, labelled = public.load(data)
    lines = [row.text for row in labelled] + public.unlabelled(data)
    lines += [composer.draw().text for _ in range(composed)]
    lines += 30 * lines_of(ROOT / "phrases" / "domain_words.txt")
    for path in sorted((ROOT / "slots").glob("*/*.txt")):
        lines += lines_of(path)
    return [normalise(line) for line in lines]


def train(data: Path, out: Path, size: int) -> None:
    lines = corpus(data, 20_000)
    text = out.with_suffix(".txt")
    text.write_text("\n".join(lines))
    sentencepiece.SentencePieceTrainer.Train(
        input=str(text),
        model_prefix=str(out.with_suffix("")),
        model_type="bpe",
        vocab_size=size,
        character_coverage=0.9995,
        byte_fallback=True,
        split_digits=True,
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        normalization_rule_name="identity",
        max_sentence_length=2000,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=-1,
        num_threads=2,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "tokenizer.model")
    parser.add_argument("--size", type=int, default=8192)
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    train(arguments.data, arguments.out, arguments.size)
