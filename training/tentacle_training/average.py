"""Averages the weights of two checkpoints of one training line: what the second learned late without all that it forgot.

    python3 -m tentacle_training.average work/before.pt work/after.pt --out work/planner.pt
"""
import argparse
from pathlib import Path

import torch


def average(one: dict, other: dict) -> dict:
    """The second checkpoint with the mean of both weights. Raises KeyError or RuntimeError where their shapes differ."""
    weights = {name: ((one["weights"][name].float() + weight.float()) / 2).to(weight.dtype) for name, weight in other["weights"].items()}
    return {**other, "weights": weights}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs=2)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    one, other = (torch.load(path, map_location="cpu") for path in arguments.checkpoints)
    torch.save(average(one, other), arguments.out)


if __name__ == "__main__":
    main()
