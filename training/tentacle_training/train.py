"""Trains the planner from scratch or from a checkpoint; prints progress, saves checkpoints that resume.

    python3 -m tentacle_training.train --data ../shared/data --minutes 60
"""
import argparse
import json
import math
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
from torch.nn import functional

from . import public, slots
from .catalogue import ROOT, TOKENS
from .compose import Composer
from .encode import Encoded, Vocabulary, encode, encode_label
from .language import CHINESE, ENGLISH, Language
from .model import Planner, Shape
from .muon import Muon
from .sentence import Example
from .teacher import Teacher


def bank_age() -> tuple[int, float]:
    paths = [*(ROOT / "phrases").glob("**/*.txt"), *(ROOT / "slots").glob("**/*.txt")]
    return len(paths), max((path.stat().st_mtime for path in paths), default=0.0)


class Feed:
    """Endless training examples, in batches of about equal lengths and at most `tokens` tokens."""

    def __init__(
        self, vocabulary: Vocabulary, data: Path, seed: int, tokens: int, public_share: float, label_share: float, chinese: float
    ) -> None:
        self.vocabulary, self.tokens, self.chinese = vocabulary, tokens, chinese
        self.random = random.Random(seed)
        self.english_bank, self.chinese_bank = Composer(seed), Composer(seed, language=CHINESE)
        self.bank_age = bank_age()
        self.public, self.labelled = public.load(data)
        self.public_share, self.label_share = public_share, label_share

    def one(self) -> Encoded:
        choice = self.random.random()
        if self.public and choice < self.public_share:
            return encode(self.vocabulary, self.random.choice(self.public))
        if self.labelled and choice < self.public_share + self.label_share:
            row = self.random.choice(self.labelled)
            return encode_label(self.vocabulary, row.text, row.label)
        bank = self.chinese_bank if self.random.random() < self.chinese else self.english_bank
        return self.drop(encode(self.vocabulary, bank.draw()))

    def drop(self, encoded: Encoded) -> Encoded:
        """Now and then a piece of the sentence is replaced, so that no single word decides."""
        if self.random.random() < 0.5:
            return encoded
        limit = self.vocabulary.text_size
        prompt = [
            self.random.randrange(260, limit) if 2 < piece < limit and self.random.random() < 0.02 else piece
            for piece in encoded.prompt
        ]
        return Encoded(prompt, encoded.answer)

    def refresh(self) -> None:
        """Takes up phrasings that were written while the training runs."""
        if bank_age() != self.bank_age:
            self.bank_age = bank_age()
            slots.values.cache_clear()
            self.english_bank = Composer(self.random.randrange(1_000_000))
            self.chinese_bank = Composer(self.random.randrange(1_000_000), language=CHINESE)
            counts = {bank.language.code: sum(map(len, bank.phrases.values())) for bank in (self.english_bank, self.chinese_bank)}
            print(json.dumps({"phrases": counts}), flush=True)

    def pool(self, examples: int = 2048) -> list[list[Encoded]]:
        self.refresh()
        rows = sorted((self.one() for _ in range(examples)), key=lambda row: len(row.prompt) + len(row.answer))
        batches: list[list[Encoded]] = []
        batch: list[Encoded] = []
        for row in rows:
            length = len(row.prompt) + len(row.answer)
            if batch and length * (len(batch) + 1) > self.tokens:
                batches.append(batch)
                batch = []
            batch.append(row)
        if batch:
            batches.append(batch)
        self.random.shuffle(batches)
        return batches


def tensors(batch: list[Encoded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, the positions (batch, index) whose next token is scored, and those next tokens."""
    length = max(len(row.prompt) + len(row.answer) for row in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    where, wanted = [], []
    for index, row in enumerate(batch):
        whole = row.prompt + row.answer
        ids[index, : len(whole)] = torch.tensor(whole)
        for at, token in enumerate(row.answer):
            where.append((index, len(row.prompt) - 1 + at))
            wanted.append(token)
    return ids, torch.tensor(where), torch.tensor(wanted)


def warm_positions(batch: list[Encoded], words: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Positions of the first reading of the sentence, for the language-model loss of the warm-up."""
    where, wanted = [], []
    for index, row in enumerate(batch):
        for at in range(row.prompt.index(words) - 1):
            where.append((index, at))
            wanted.append(row.prompt[at + 1])
    return torch.tensor(where), torch.tensor(wanted)


def last_states(model: Planner, prompts: list[list[int]], device: str) -> torch.Tensor:
    """The state after each prompt, from which the first function is chosen (prompts, width)."""
    ids = torch.zeros(len(prompts), max(map(len, prompts)), dtype=torch.long)
    for index, prompt in enumerate(prompts):
        ids[index, : len(prompt)] = torch.tensor(prompt)
    ends = torch.tensor([len(prompt) - 1 for prompt in prompts])
    return model.states(ids.to(device))[torch.arange(len(prompts)), ends]


def learning_rate(progress: float, peak: float) -> float:
    warm = 0.03
    if progress < warm:
        return peak * progress / warm
    return peak * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - warm) / (1 - warm)))))


def optimizers_of(model: Planner, towards: torch.nn.Module | None, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for the blocks' matrices, AdamW for embeddings, norms and the teacher's projection."""
    fused = {"query_key_value": 3, "gate_up": 2}
    groups: dict[int, list[torch.nn.Parameter]] = {}
    rest = list(towards.parameters()) if towards else []
    for name, weight in model.named_parameters():
        if weight.dim() == 2 and name.startswith("blocks."):
            groups.setdefault(fused.get(name.split(".")[-2], 1), []).append(weight)
        else:
            rest.append(weight)
    return [
        Muon([{"params": weights, "parts": parts} for parts, weights in groups.items()], lr=rate),
        torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]


def save(path: Path, model: Planner, vocabulary: Vocabulary, facts: dict) -> None:
    temporary = path.with_suffix(".part")
    torch.save(
        {"shape": asdict(model.shape), "weights": model.state_dict(), "labels": vocabulary.labels, "facts": facts},
        temporary,
    )
    temporary.rename(path)


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public utterance sets")
    parser.add_argument("--tokenizer", type=Path, default=ROOT / "work" / "tokenizer.model")
    parser.add_argument("--out", type=Path, default=ROOT / "work" / "planner.pt")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights to start from")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--tokens", type=int, default=6144)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--inner", type=int, default=640)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--public", type=float, default=0.12)
    parser.add_argument("--labels", type=float, default=0.1)
    parser.add_argument("--chinese", type=float, default=0.3, help="share of Chinese among the composed sentences")
    parser.add_argument("--teacher", type=Path, help="sentence vectors (teacher.py) towards which the sentence state is drawn")
    parser.add_argument("--teaching", type=float, default=1.0, help="weight of the teacher's loss")
    parser.add_argument("--warm", type=float, default=0.1, help="weight of the language-model loss on the sentence")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    labels = sorted({row.label for row in public.load(arguments.data)[1]})
    vocabulary = Vocabulary(arguments.tokenizer, labels)
    shape = Shape(vocabulary.size, arguments.width, arguments.layers, arguments.heads, arguments.inner, arguments.dropout)
    model = Planner(shape).to(device)
    teacher = Teacher.read(arguments.teacher) if arguments.teacher else None
    towards = torch.nn.Linear(shape.width, teacher.width).to(device) if teacher else None
    optimizers = optimizers_of(model, towards, arguments.rate)
    if arguments.start:
        found = torch.load(arguments.start, map_location=device)
        model.load_state_dict(found["weights"])
    for language in (ENGLISH, CHINESE):
        slots.enrich(public.utterances(arguments.data, language.code), language.code)
    feed = Feed(
        vocabulary, arguments.data, arguments.seed, arguments.tokens, arguments.public, arguments.labels, arguments.chinese
    )
    development = {language.code: development_set(vocabulary, 300, language) for language in (ENGLISH, CHINESE)}
    print(json.dumps({"parameters": sum(p.numel() for p in model.parameters()), "device": device, **asdict(shape)}), flush=True)

    begun = saved = reported = time.time()
    seen = steps = 0
    running = agreement = 0.0
    words = vocabulary.ids[TOKENS["words"]]
    while (elapsed := time.time() - begun) < arguments.minutes * 60:
        for batch in feed.pool():
            progress = (time.time() - begun) / (arguments.minutes * 60)
            if progress >= 1:
                break
            for group in (group for optimizer in optimizers for group in optimizer.param_groups):
                group["lr"] = learning_rate(progress, arguments.rate)
            ids, where, wanted = tensors(batch)
            ids, wanted = ids.to(device), wanted.to(device)
            with torch.autocast(device, dtype=torch.bfloat16):
                states = model.states(ids)
                logits = model.logits(states[where[:, 0], where[:, 1]])
                loss = functional.cross_entropy(logits.float(), wanted, label_smoothing=0.02)
                total = loss
                if arguments.warm > 0 and steps % 4 == 0:
                    at, following = warm_positions(batch, words)
                    warm = functional.cross_entropy(model.logits(states[at[:, 0], at[:, 1]]).float(), following.to(device))
                    total = loss + 4 * arguments.warm * (1 - progress) * warm
                if teacher and towards and steps % 4 == 2:
                    texts, vectors = teacher.draw(feed.random, 64)
                    state = last_states(model, [vocabulary.prompt(text) for text in texts], device)
                    near = functional.cosine_similarity(towards(state).float(), vectors.to(device))
                    total = total + arguments.teaching * (1 - near.mean())
                    agreement = 0.98 * agreement + 0.02 * float(near.mean().detach())
            model.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for optimizer in optimizers:
                optimizer.step()
            steps += 1
            seen += ids.numel()
            running = 0.98 * running + 0.02 * float(loss.detach()) if steps > 1 else float(loss.detach())
            now = time.time()
            if now - reported > 60:
                reported = now
                scores = measure_all(model, development, 150)
                facts = {
                    "minutes": round((now - begun) / 60, 1),
                    "steps": steps,
                    "tokens": seen,
                    "tokens_per_second": round(seen / (now - begun)),
                    "loss": round(running, 4),
                    **({"teacher": round(agreement, 3)} if teacher else {}),
                    **scores,
                }
                print(json.dumps(facts), flush=True)
                if now - saved > 300:
                    saved = now
                    save(arguments.out, model, vocabulary, facts)
    scores = measure_all(model, development, 300)
    facts = {"steps": steps, "tokens": seen, "minutes": arguments.minutes, **scores}
    save(arguments.out, model, vocabulary, facts)
    print(json.dumps({"done": True, "problems": len(feed.english_bank.problems) + len(feed.chinese_bank.problems), **facts}), flush=True)


if __name__ == "__main__":
    main()
