"""Endless training examples, composed while the training runs."""
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import public, slots
from .added import Added
from .catalogue import ROOT
from .compose import Composer
from .encode import Encoded, Vocabulary, encode, encode_label
from .language import LANGUAGES
from .sentence import Example, Unusable


def bank_age() -> tuple[int, float]:
    paths = [*(ROOT / "phrases").glob("**/*.txt"), *(ROOT / "slots").glob("**/*.txt")]
    return len(paths), max((path.stat().st_mtime for path in paths), default=0.0)


@dataclass
class Mix:
    """Shares of what is drawn: the public sets, their other labels, Chinese among the composed; `tokens` a batch."""

    public: float = 0.08
    labels: float = 0.02
    chinese: float = 0.35
    tokens: int = 6144
    taught: float = 0.03
    own: float = 0.3
    """Share of single requests for functions that are added."""


class Feed:
    """Endless training examples, in batches of about equal lengths and at most `mix.tokens` tokens."""

    def __init__(self, vocabulary: Vocabulary, data: Path | None, seed: int, mix: Mix, added: Sequence[Added] = (), taught: Sequence[Example] = ()) -> None:
        self.vocabulary, self.mix, self.added, self.taught = vocabulary, mix, added, taught
        self.random = random.Random(seed)
        self.banks = self.open_banks(seed)
        self.bank_age = bank_age()
        examples, labelled = public.load(data) if data else ([], [])
        self.public = examples
        # A checkpoint without the sets' labels cannot be asked for them.
        self.labelled = [row for row in labelled if row.label in vocabulary.ids]

    def open_banks(self, seed: int) -> dict[str, Composer]:
        banks = {language.code: Composer(seed, language=language) for language in LANGUAGES.values()}
        for bank in banks.values():
            for function in self.added:
                function.take_into_bank(bank)
        return banks

    @property
    def problems(self) -> list[str]:
        return [problem for bank in self.banks.values() for problem in bank.problems]

    def one(self) -> Encoded:
        choice = self.random.random()
        if self.taught and self.random.random() < self.mix.taught:
            return encode(self.vocabulary, self.random.choice(self.taught))
        if self.added and self.random.random() < self.mix.own:
            return self.drop(encode(self.vocabulary, self.own()))
        if self.public and choice < self.mix.public:
            return encode(self.vocabulary, self.random.choice(self.public))
        if self.labelled and choice < self.mix.public + self.mix.labels:
            row = self.random.choice(self.labelled)
            return encode_label(self.vocabulary, row.text, row.label)
        bank = self.banks["zh" if self.random.random() < self.mix.chinese else "en"]
        return self.drop(encode(self.vocabulary, bank.draw()))

    def own(self) -> Example:
        """A request for one of the added functions."""
        function = self.random.choice(self.added)
        banks = [bank for bank in self.banks.values() if function.name in bank.phrases]
        while True:
            try:
                return self.random.choice(banks).single(function.name)
            except Unusable:
                continue

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
            self.banks = self.open_banks(self.random.randrange(1_000_000))
            counts = {code: sum(map(len, bank.phrases.values())) for code, bank in self.banks.items()}
            print(json.dumps({"phrases": counts}), flush=True)

    def pool(self, examples: int = 2048) -> list[list[Encoded]]:
        self.refresh()
        rows = sorted((self.one() for _ in range(examples)), key=lambda row: len(row.prompt) + len(row.answer))
        batches: list[list[Encoded]] = []
        batch: list[Encoded] = []
        for row in rows:
            length = len(row.prompt) + len(row.answer)
            if batch and length * (len(batch) + 1) > self.mix.tokens:
                batches.append(batch)
                batch = []
            batch.append(row)
        if batch:
            batches.append(batch)
        self.random.shuffle(batches)
        return batches
