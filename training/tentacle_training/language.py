"""What differs between the languages of the bank: its folder, its quantities, and how sentences are tied together."""
import random
from collections.abc import Callable
from dataclasses import dataclass

from . import datetimes, quantities_zh

Quantity = Callable[[random.Random], str]


@dataclass(frozen=True)
class Language:
    code: str
    quantities: dict[str, Quantity]
    """By parameter type; `level` is a volume or brightness."""
    target_heads: tuple[str, ...]
    target_tails: dict[str, tuple[str, ...]]
    """By the kind of device; empty where the device is named first."""
    article: bool
    """Whether a named device wants "the"."""
    then: tuple[str, ...]
    """Joins a call to the one that uses its result."""
    also: tuple[str, ...]
    stops: str
    """Sentence ends, the ordinary one first."""
    joining: frozenset[str]
    """Words that neither begin nor end a stretch of someone's sentence."""


ENGLISH = Language(
    code="en",
    quantities={
        "time": datetimes.clock,
        "datetime": datetimes.datetime,
        "duration": datetimes.duration,
        "percent": datetimes.percent,
        "level": datetimes.level,
        "celsius": datetimes.celsius,
        "number": datetimes.millimetres,
    },
    target_heads=("on {}, ", "on {} ", "{}: ", "{}, ", "using {} "),
    target_tails={
        "phone": ("on {}", "on {}", "on {}", "from {}", "using {}", "with {}", "via {}"),
        "home": ("on {}", "at {}", "in {}"),
        "car": ("in {}", "in {}", "for {}", "on {}"),
        "computer": ("on {}", "on {}", "on {}", "at {}"),
    },
    article=True,
    then=(" and ", " and ", ", then ", " and then ", ", and ", ", ", ". ", " then "),
    also=(", and ", " and also ", ", plus ", ". also ", "; "),
    stops=".!?",
    joining=frozenset("and then also or but please on in at to for from with of the a an my that by using via".split()),
)

CHINESE = Language(
    code="zh",
    quantities={
        "time": quantities_zh.clock,
        "datetime": quantities_zh.datetime,
        "duration": quantities_zh.duration,
        "percent": quantities_zh.percent,
        "level": quantities_zh.level,
        "celsius": quantities_zh.celsius,
        "number": quantities_zh.millimetres,
    },
    target_heads=("用{}", "在{}上", "让{}", "{}，", "{}"),
    target_tails={},
    article=False,
    then=("，", "，然后", "，再", "然后", "，", "，并"),
    also=("，还有", "，再", "，顺便", "，", "；"),
    stops="。！？",
    joining=frozenset("和跟把在给到的了再又就请然后，。？！、吗呢吧"),
)

LANGUAGES = {language.code: language for language in (ENGLISH, CHINESE)}
