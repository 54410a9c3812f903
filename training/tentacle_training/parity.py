"""Writes what PyTorch makes of some sentences, token by token, for `scripts/check-parity.mjs` to compare with the exported file.

    python3 -m tentacle_training.parity --model work/planner.pt --sentences heldout/english-blind.txt --out work/parity.jsonl
"""
import argparse
import json
from pathlib import Path

import torch

from . import gguf_weights
from .catalogue import PLAN_TOKENS, ROOT, TOKENS
from .encode import Vocabulary
from .model import Planner, Shape


@torch.no_grad()
def greedy(model: Planner, prompt: list[int], end: int, limit: int = 80) -> list[int]:
    ids = list(prompt)
    while len(ids) < len(prompt) + limit:
        logits = model.logits(model.states(torch.tensor([ids])))[0, -1]
        ids.append(int(logits.argmax()))
        if ids[-1] == end:
            break
    return ids[len(prompt) :]


def sentences(paths: list[Path]) -> list[str]:
    found = []
    for line in (line for path in paths for line in path.read_text().splitlines() if line.strip()):
        found.append(json.loads(line)["utterance"] if line.startswith("{") else line.partition("|")[2].partition("=>")[0].strip())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=gguf_weights.embedded_model(), help="checkpoint or GGUF")
    parser.add_argument("--tokenizer", type=Path, default=ROOT / "tokenizer.model")
    parser.add_argument("--sentences", type=Path, nargs="+", required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--out", type=Path, default=ROOT / "work" / "parity.jsonl")
    arguments = parser.parse_args()
    vocabulary = Vocabulary(arguments.tokenizer)
    if arguments.model.suffix == ".gguf":
        found = gguf_weights.read(arguments.model)
        shape, weights = found.shape, found.weights
    else:
        checkpoint = torch.load(arguments.model, map_location="cpu")
        shape, weights = Shape(**checkpoint["shape"]), checkpoint["weights"]
    # Rows beyond the plan tokens are training-only labels, which the file does not hold.
    rows = vocabulary.text_size + len(PLAN_TOKENS)
    shape.vocabulary = rows
    weights["embedding.weight"] = weights["embedding.weight"][:rows]
    model = Planner(shape)
    model.load_state_dict(weights)
    model.eval()
    every = sentences(arguments.sentences)
    chosen = every[:: max(1, len(every) // arguments.count)][: arguments.count]
    with arguments.out.open("w") as out:
        for text in chosen:
            prompt = vocabulary.prompt(text)
            answer = greedy(model, prompt, vocabulary.ids[TOKENS["planEnd"]])
            out.write(json.dumps({"sentence": text, "prompt": prompt, "answer": answer}, ensure_ascii=False) + "\n")
    print(f"{len(chosen)} sentences")


if __name__ == "__main__":
    main()
