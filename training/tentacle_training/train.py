"""Trains the planner: from scratch, from a checkpoint, or on the embedded model itself; prints progress, saves checkpoints.

    python3 -m tentacle_training.train --data ../shared/data --minutes 60
    python3 -m tentacle_training.train --data ../shared/data --resume work/planner.pt
    python3 -m tentacle_training.train --add functions/water_plants.json
"""
import argparse
import json
import math
import sys
import time
from copy import deepcopy
from dataclasses import asdict, fields
from pathlib import Path

import torch
from torch.nn import functional

from . import gguf_weights, public, slots, taught
from .added import Added, BadFunction
from .batch import last_states, tensors, warm_positions
from .catalogue import FUNCTIONS, PLAN_TOKENS, ROOT, TOKENS
from .encode import Encoded, Vocabulary, encode
from .feed import Feed, Mix
from .language import LANGUAGES
from .lora import adapt, merged_weights
from .measures import development_set, measure, measure_all
from .model import Planner, Shape
from .muon import Muon
from .teacher import Teacher

LABEL_SMOOTHING = 0.02
SAVE_EVERY, REPORT_EVERY = 300, 60
"""Seconds."""


def learning_rate(progress: float, peak: float) -> float:
    """A short rise, then half a cosine down to three hundredths of the peak."""
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


class Training:
    """One run: what it learns with, how far it is, and where it is saved."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.added = [Added(path) for path in arguments.add]
        labels = sorted({row.label for row in public.load(arguments.data)[1]}) if arguments.data and not self.added else []
        self.vocabulary = Vocabulary(arguments.tokenizer, labels)
        for language in LANGUAGES.values() if arguments.data else ():
            slots.enrich(public.utterances(arguments.data, language.code), language.code)
        self.model = self.open_model().to(self.device)
        self.teacher = Teacher.read(arguments.teacher) if arguments.teacher else None
        width = self.model.shape.width
        self.towards = torch.nn.Linear(width, self.teacher.width).to(self.device) if self.teacher else None
        # What the embedded model gets right it must still get right with the adapters.
        self.before = deepcopy(self.model).eval().requires_grad_(False) if self.added else None
        if arguments.lora:
            first_added = self.vocabulary.text_size + self.old_tokens if self.added else None
            trained = adapt(self.model, arguments.lora, 2.0 * arguments.lora, first_added)
            self.optimizers: list[torch.optim.Optimizer] = [torch.optim.AdamW(trained, lr=arguments.rate, weight_decay=0.0)]
        else:
            self.optimizers = optimizers_of(self.model, self.towards, arguments.rate)
        self.elapsed, self.steps, self.seen = 0.0, 0, 0
        if arguments.resume:
            self.resume(torch.load(arguments.resume, map_location=self.device))
        mix = Mix(**{entry.name: getattr(arguments, entry.name) for entry in fields(Mix)})
        examples = []
        if arguments.taught_file:
            examples, problems = taught.load(arguments.taught_file)
            print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
        self.feed = Feed(self.vocabulary, arguments.data, arguments.seed + self.steps, mix, self.added, examples)
        self.development = {code: development_set(self.vocabulary, 300, language) for code, language in LANGUAGES.items()}
        self.loss = self.agreement = 0.0

    def open_model(self) -> Planner:
        """A new model, a checkpoint's, or the embedded one with rows for the tokens that were added."""
        given = self.arguments
        start = given.resume or given.start or (gguf_weights.embedded_model() if self.added else None)
        if start is None:
            return Planner(Shape(self.vocabulary.size, given.width, given.layers, given.heads, given.inner, given.dropout))
        if start.suffix == ".gguf":
            found = gguf_weights.read(start)
            self.old_tokens = len(found.plan_tokens)
            if found.plan_tokens != PLAN_TOKENS[: self.old_tokens]:
                raise gguf_weights.NotOurs(f"{start}: was made for another catalogue")
            shape, weights = found.shape, found.weights
            # The embedded model has no labels of other sets: new tokens follow its own.
            shape.dropout = given.dropout
        else:
            checkpoint = torch.load(start, map_location="cpu")
            shape, weights = Shape(**checkpoint["shape"]), checkpoint["weights"]
            shape.dropout = given.dropout
            self.old_tokens = shape.vocabulary - self.vocabulary.text_size
        rows = weights["embedding.weight"]
        shape.vocabulary = self.vocabulary.size
        model = Planner(shape)
        if len(rows) != self.vocabulary.size:
            grown = model.embedding.weight.data
            grown[: len(rows)] = rows[: len(grown)]
            for index in range(self.old_tokens, len(PLAN_TOKENS)):
                grown[self.vocabulary.text_size + index] = self.likely_row(PLAN_TOKENS[index], rows)
            weights["embedding.weight"] = grown
        model.load_state_dict(weights)
        return model

    def likely_row(self, token: str, rows: torch.Tensor) -> torch.Tensor:
        """Where a new plan token starts: amid the known ones of its sort, a function amid those of its kind of device."""

        def sort_of(other: str) -> tuple[str, str | None]:
            sort, _, name = other.strip("<>").partition(":")
            return sort, FUNCTIONS[name]["kind"] if sort == "fn" and name in FUNCTIONS else None

        alike = [index for index in range(self.old_tokens) if sort_of(PLAN_TOKENS[index]) == sort_of(token)]
        return rows[[self.vocabulary.text_size + index for index in alike]].mean(0)

    def resume(self, found: dict) -> None:
        state = found["training"]
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        if self.towards and state["towards"]:
            self.towards.load_state_dict(state["towards"])
        self.elapsed, self.steps, self.seen = state["elapsed"], state["steps"], state["seen"]

    def save(self, facts: dict) -> None:
        training = {
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "towards": self.towards.state_dict() if self.towards else None,
            "elapsed": self.elapsed,
            "steps": self.steps,
            "seen": self.seen,
        }
        content = {
            "shape": asdict(self.model.shape),
            "weights": merged_weights(self.model),
            "labels": self.vocabulary.labels,
            "plan_tokens": list(PLAN_TOKENS),
            "added": [function.descriptor for function in self.added],
            "facts": facts,
            "training": training,
        }
        out = self.arguments.out
        out.parent.mkdir(parents=True, exist_ok=True)
        torch.save(content, out.with_suffix(".part"))
        out.with_suffix(".part").rename(out)

    def losses(self, batch: list[Encoded], progress: float) -> torch.Tensor:
        """The plan's loss, and now and then those of the sentence itself and of the teacher."""
        given = self.arguments
        ids, where, wanted = tensors(batch)
        ids, wanted = ids.to(self.device), wanted.to(self.device)
        states = self.model.states(ids)
        logits = self.model.logits(states[where[:, 0], where[:, 1]])
        total = loss = functional.cross_entropy(logits.float(), wanted, label_smoothing=LABEL_SMOOTHING)
        if self.before:
            total = total + self.drift(ids, where, wanted, logits)
        if given.warm > 0 and self.steps % 4 == 0:
            at, following = warm_positions(batch, self.vocabulary.ids[TOKENS["words"]])
            logits = self.model.logits(states[at[:, 0], at[:, 1]])
            total = total + 4 * given.warm * (1 - progress) * functional.cross_entropy(logits.float(), following.to(self.device))
        if self.teacher and self.towards and self.steps % 4 == 2:
            texts, vectors = self.teacher.draw(self.feed.random, 64)
            state = last_states(self.model, [self.vocabulary.prompt(text) for text in texts], self.device)
            near = functional.cosine_similarity(self.towards(state).float(), vectors.to(self.device)).mean()
            total = total + given.teaching * (1 - near)
            self.agreement = 0.98 * self.agreement + 0.02 * float(near.detach())
        self.loss = 0.98 * self.loss + 0.02 * float(loss.detach()) if self.steps else float(loss.detach())
        self.seen += ids.numel()
        return total

    def drift(self, ids: torch.Tensor, where: torch.Tensor, wanted: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        """How far the model has moved (KL divergence) from what it was, at the tokens that it was right about."""
        with torch.no_grad():
            known = self.before.logits(self.before.states(ids)[where[:, 0], where[:, 1]]).float().log_softmax(-1)
            was_right = known.gather(1, wanted[:, None])[:, 0] > math.log(0.5)
        if not bool(was_right.any()):
            return logits.new_zeros(())
        now = logits.float().log_softmax(-1)
        return functional.kl_div(now[was_right], known[was_right], reduction="batchmean", log_target=True)

    def step(self, batch: list[Encoded], progress: float) -> None:
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(progress, self.arguments.rate)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            total = self.losses(batch, progress)
        self.model.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.steps += 1

    def report(self, count: int) -> dict:
        facts = {
            "minutes": round(self.elapsed / 60, 1),
            "of": self.arguments.minutes,
            "steps": self.steps,
            "tokens": self.seen,
            "loss": round(self.loss, 4),
            **({"teacher": round(self.agreement, 3)} if self.teacher else {}),
            **measure_all(self.model, self.development, count),
        }
        print(json.dumps(facts), flush=True)
        return facts

    def run(self) -> None:
        shape = {**asdict(self.model.shape), "parameters": sum(weight.numel() for weight in self.model.parameters())}
        print(json.dumps({"device": self.device, "lora": self.arguments.lora or None, **shape}), flush=True)
        limit = self.arguments.minutes * 60
        clock = time.process_time if self.arguments.cpu_time else time.time
        before = clock() - self.elapsed
        saved = reported = self.elapsed
        while self.elapsed < limit:
            for batch in self.feed.pool():
                self.elapsed = clock() - before
                if self.elapsed >= limit:
                    break
                self.step(batch, self.elapsed / limit)
                if self.elapsed - reported > REPORT_EVERY:
                    reported = self.elapsed
                    facts = self.report(150)
                    if self.elapsed - saved > SAVE_EVERY:
                        saved = self.elapsed
                        self.save(facts)
        self.save(self.report(300))
        for problem in dict.fromkeys(self.feed.problems):
            print(problem, file=sys.stderr)


def arguments_of(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with the public utterance sets")
    parser.add_argument("--tokenizer", type=Path, default=ROOT / "tokenizer.model")
    parser.add_argument("--out", type=Path, default=ROOT / "work" / "planner.pt")
    parser.add_argument("--start", type=Path, help="checkpoint or GGUF whose weights to start from")
    parser.add_argument("--resume", type=Path, help="checkpoint of an interrupted run, which goes on where it was saved")
    parser.add_argument("--add", type=Path, action="append", default=[], help="a function of your own to teach the embedded model")
    parser.add_argument("--lora", type=int, default=0, help="rank of low-rank adapters (alpha is twice that); 0 trains all weights")
    parser.add_argument("--taught-file", type=Path, help="what was taught with `tentacle teach`: taught.jsonl of the data folder")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--cpu-time", action="store_true", help="minutes of one core's work, so that runs on a shared machine compare")
    parser.add_argument("--rate", type=float, default=1.2e-3)
    for entry in fields(Shape):
        if entry.name in ("width", "layers", "heads", "inner", "dropout"):
            parser.add_argument(f"--{entry.name}", type=type(entry.default), default=entry.default)
    for entry in fields(Mix):
        parser.add_argument(f"--{entry.name}", type=type(entry.default), default=entry.default)
    parser.add_argument("--teacher", type=Path, help="sentence vectors (teacher.py) towards which the sentence state is drawn")
    parser.add_argument("--teaching", type=float, default=0.5, help="weight of the teacher's loss")
    parser.add_argument("--warm", type=float, default=0.03, help="weight of the language-model loss on the sentence")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    found = parser.parse_args(words)
    if found.add:
        # On top of a trained model some minutes of adapters do, and a smaller batch learns in more steps.
        found.lora = found.lora or 16
        given = set(words if words is not None else sys.argv[1:])
        found.minutes = found.minutes if "--minutes" in given else 4
        found.tokens = found.tokens if "--tokens" in given else 2048
        found.rate = found.rate if "--rate" in given else 2e-3
        found.out = found.out if "--out" in given else ROOT / "work" / "added.pt"
    return found


def check_added(training: Training, before: dict[str, float]) -> None:
    """Says how many of the examples that were kept out are planned now, and what the training cost everything else."""
    for function in training.added:
        rows = [(example, encode(training.vocabulary, example)) for example in function.kept_out_examples(training.feed.banks)]
        found = {name: round(share * len(rows)) for name, share in measure(training.model, rows).items()}
        print(
            f"{function.name}: of {len(rows)} examples that were kept out, {found['first_function']} choose the function and "
            f"{found['whole_plan']} have the whole plan right"
        )
        if found["first_function"] * 2 < len(rows):
            print("That is less than half: more examples, in more different words, or more --minutes would help.", file=sys.stderr)
    after = measure_all(training.model, training.development, 300)
    print("other sentences: " + ", ".join(f"{name} {before[name]:.3f} -> {after[name]:.3f}" for name in before))


def export_added(training: Training) -> None:
    """Writes the model with the added functions as a GGUF of its own, and says how to use it."""
    from .export import write

    name = "tentacle-" + "-".join(function.descriptor["name"].replace("_", "-") for function in training.added)
    path = training.arguments.out.with_name(f"{name}-q8_0.gguf")
    write(training.arguments.out, training.arguments.tokenizer, path, "q8_0", name, {"minutes": training.arguments.minutes})
    print(f"{path}: tentacle models add {path} --name {name}, then tentacle models use {name}")


def main() -> None:
    arguments = arguments_of()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    try:
        training = Training(arguments)
        before = measure_all(training.model, training.development, 300) if arguments.add else {}
        training.run()
        if arguments.add:
            check_added(training, before)
            export_added(training)
    except (BadFunction, gguf_weights.NotOurs) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
