"""The catalogue as the product exports it (`npm run train:catalogue`), and the plan language's tokens."""
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE: dict[str, Any] = json.loads((ROOT / "catalogue.json").read_text())
FUNCTIONS: dict[str, dict[str, Any]] = {entry["name"]: entry for entry in CATALOGUE["functions"]}
TOKENS: dict[str, str] = CATALOGUE["structureTokens"]
PLAN_TOKENS: list[str] = CATALOGUE["planTokens"]
MAX_WORDS: int = CATALOGUE["maxWords"]


def parameter(function: str, name: str) -> dict[str, Any]:
    for entry in FUNCTIONS[function]["parameters"]:
        if entry["name"] == name:
            return entry
    raise KeyError(f"{function} has no parameter {name}")


def fixed_token(function: str, name: str, value: str) -> str:
    """The token of an argument that no words say: an enum value, a boolean, a level."""
    kind = parameter(function, name)
    if kind["type"] == "boolean" and value in ("true", "false", "on", "off"):
        return TOKENS["on"] if value in ("true", "on") else TOKENS["off"]
    if kind["type"] == "percent" and value in ("min", "half", "max"):
        return TOKENS[value]
    if kind["type"] == "enum" and value in kind["values"]:
        return f"<val:{value}>"
    raise ValueError(f"{function}.{name} cannot be {value!r}")
