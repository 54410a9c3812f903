"""Low-rank adapters (arXiv 2106.09685) on every matrix of the blocks, merged into the weights when they are saved."""
import torch
from torch import nn

from .model import Planner


class Adapted(nn.Module):
    """A frozen linear map plus a trained one of low rank: W x + (alpha / rank) B A x."""

    def __init__(self, linear: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        self.linear, self.scale = linear, alpha / rank
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / rank)
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        low = nn.functional.linear(x, self.down.to(x.dtype))
        return self.linear(x) + nn.functional.linear(low, self.up.to(x.dtype)) * self.scale

    def merged(self) -> torch.Tensor:
        return self.linear.weight.data + self.scale * self.up.data @ self.down.data


ADAPTED = ("query_key_value", "output", "gate_up", "down")


def adapt(model: Planner, rank: int, alpha: float, trained_rows: int | None) -> list[nn.Parameter]:
    """
    Freezes the model and puts adapters on its blocks. `trained_rows`: embeddings from this row on learn, too (new functional
    tokens); None for none. Returns what is trained.
    """
    for weight in model.parameters():
        weight.requires_grad_(False)
    trained: list[nn.Parameter] = []
    for block in model.blocks:
        for name in ADAPTED:
            adapted = Adapted(getattr(block, name), rank, alpha)
            setattr(block, name, adapted)
            trained += [adapted.down, adapted.up]
    if trained_rows is not None:
        embedding = model.embedding.weight.requires_grad_(True)
        embedding.register_hook(lambda gradient: torch.cat((torch.zeros_like(gradient[:trained_rows]), gradient[trained_rows:])))
        trained.append(embedding)
    return trained


def merged_weights(model: Planner) -> dict[str, torch.Tensor]:
    """The state of the model with every adapter merged into its matrix, under the names of a model without adapters."""
    weights = {}
    for name, weight in model.state_dict().items():
        if name.endswith((".down", ".up")):
            continue
        weights[name.replace(".linear.weight", ".weight")] = weight
    for index, block in enumerate(model.blocks):
        for name in ADAPTED:
            module = getattr(block, name)
            if isinstance(module, Adapted):
                weights[f"blocks.{index}.{name}.weight"] = module.merged()
    return weights
