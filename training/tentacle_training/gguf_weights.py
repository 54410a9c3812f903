"""Reads a GGUF that `export.py` wrote back into weights, so that the embedded model itself can be trained on."""
import json
from dataclasses import dataclass
from pathlib import Path

import torch

from .catalogue import ROOT
from .model import Shape

PARTS = {
    "attn_norm.weight": "attention_norm.weight",
    "ffn_norm.weight": "inner_norm.weight",
    "attn_output.weight": "output.weight",
    "ffn_down.weight": "down.weight",
}


@dataclass
class Embedded:
    shape: Shape
    weights: dict[str, torch.Tensor]
    plan_tokens: list[str]
    first_plan_token: int
    added_functions: list[dict]


def embedded_model() -> Path:
    """The file of the committed model."""
    folder = ROOT.parent / "models"
    return folder / json.loads((folder / "manifest.json").read_text())["file"]


class NotOurs(ValueError):
    """The file is no GGUF, or carries no plan language."""


def read(path: Path) -> Embedded:
    """The weights in single precision; raises NotOurs with the reason."""
    import gguf

    try:
        reader = gguf.GGUFReader(str(path))
    except Exception as error:
        raise NotOurs(f"{path}: is no readable GGUF: {error}") from error

    def field(name: str):
        found = reader.get_field(name)
        if found is None:
            raise NotOurs(f"{path}: lacks {name}")
        return found.contents()

    tensors = {
        tensor.name: torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type).copy()).float()
        for tensor in reader.tensors
    }
    layers, heads = int(field("llama.block_count")), int(field("llama.attention.head_count"))
    embedding = tensors["token_embd.weight"]
    shape = Shape(
        vocabulary=embedding.shape[0],
        width=embedding.shape[1],
        layers=layers,
        heads=heads,
        inner=int(field("llama.feed_forward_length")),
        context=int(field("llama.context_length")),
        rope_base=float(field("llama.rope.freq_base")),
    )
    weights = {"embedding.weight": embedding, "norm.weight": tensors["output_norm.weight"]}
    for block in range(layers):
        theirs, ours = f"blk.{block}.", f"blocks.{block}."
        for name, own in PARTS.items():
            weights[ours + own] = tensors[theirs + name]
        weights[ours + "query_key_value.weight"] = torch.cat([tensors[f"{theirs}attn_{part}.weight"] for part in "qkv"])
        weights[ours + "gate_up.weight"] = torch.cat([tensors[f"{theirs}ffn_{part}.weight"] for part in ("gate", "up")])
    added = reader.get_field("tentacle.added_functions")
    return Embedded(
        shape,
        weights,
        list(field("tentacle.plan_tokens")),
        int(field("tentacle.first_plan_token")),
        json.loads(added.contents()) if added else [],
    )
