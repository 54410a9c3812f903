"""Muon: steps along the orthogonalised momentum of each weight matrix, which needs fewer sentences than Adam does.

After K. Jordan (https://kellerjordan.github.io/posts/muon/); the step's size is matched to AdamW's as in arXiv 2502.16982,
so that one learning rate serves both.
"""
import torch


def orthogonalised(matrix: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """The nearest matrix whose singular values are about one, by Newton-Schulz iteration."""
    x = matrix.bfloat16()
    flipped = x.shape[0] > x.shape[1]
    if flipped:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return (x.T if flipped else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """For weight matrices only; `parts` of a fused matrix (query, key, value) are taken one by one."""

    def __init__(self, groups: list[dict], lr: float, momentum: float = 0.95, weight_decay: float = 0.05) -> None:
        super().__init__(groups, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "parts": 1})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                momentum = state.setdefault("momentum", torch.zeros_like(weight))
                momentum.lerp_(weight.grad, 1 - group["momentum"])
                wanted = weight.grad.lerp(momentum, group["momentum"])
                weight.mul_(1 - group["lr"] * group["weight_decay"])
                for part, target in zip(wanted.chunk(group["parts"]), weight.chunk(group["parts"])):
                    target.add_(orthogonalised(part), alpha=-group["lr"] * 0.2 * max(part.shape) ** 0.5)
