"""How well a model does on phrasings kept out of training, teacher-forced: quick enough to watch while it trains."""
import torch

from .batch import tensors
from .compose import Composer
from .encode import Encoded, Vocabulary, encode
from .language import Language
from .model import Planner
from .sentence import Example


def development_set(vocabulary: Vocabulary, count: int, language: Language) -> list[tuple[Example, Encoded]]:
    composer = Composer(seed=99, fold="development", language=language)
    return [(example, encode(vocabulary, example)) for example in (composer.draw() for _ in range(count))]


@torch.no_grad()
def measure(model: Planner, rows: list[tuple[Example, Encoded]]) -> dict[str, float]:
    """Teacher-forced: how often the first function, and every token of the plan, is the likeliest one."""
    model.eval()
    device = model.embedding.weight.device
    first = whole = 0
    for start in range(0, len(rows), 32):
        chunk = [encoded for _, encoded in rows[start : start + 32]]
        ids, where, wanted = tensors(chunk)
        logits = model.logits(model.states(ids.to(device))[where[:, 0], where[:, 1]])
        right = logits.argmax(-1).cpu() == wanted
        at = 0
        for encoded in chunk:
            part = right[at : at + len(encoded.answer)]
            first += int(part[0])
            whole += int(part.all())
            at += len(encoded.answer)
    model.train()
    return {"first_function": first / len(rows), "whole_plan": whole / len(rows)}


def measure_all(model: Planner, development: dict[str, list[tuple[Example, Encoded]]], count: int) -> dict[str, float]:
    """The figures of each language, rounded to a thousandth."""
    return {
        f"{code}_{name}": round(value, 3)
        for code, rows in development.items()
        for name, value in measure(model, rows[:count]).items()
    }
