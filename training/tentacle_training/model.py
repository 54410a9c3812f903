"""A small decoder in the llama architecture: RMSNorm, rotary positions, SwiGLU, tied embeddings."""
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional


@dataclass
class Shape:
    vocabulary: int
    width: int = 256
    layers: int = 6
    heads: int = 4
    inner: int = 640
    dropout: float = 0.1
    context: int = 1024
    rope_base: float = 10_000.0


class Norm(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scale = torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + 1e-5)
        return (x.float() * scale).to(x.dtype) * self.weight.to(x.dtype)


def rotary(length: int, size: int, base: float) -> tuple[torch.Tensor, torch.Tensor]:
    frequencies = base ** (-torch.arange(0, size, 2).float() / size)
    angles = torch.arange(length).float()[:, None] * frequencies[None]
    return angles.cos(), angles.sin()


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Interleaved pairs, as llama.cpp rotates them for the llama architecture."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.size = shape.heads, shape.width // shape.heads
        self.attention_norm, self.inner_norm = Norm(shape.width), Norm(shape.width)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.gate_up = nn.Linear(shape.width, 2 * shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        packed = self.query_key_value(self.attention_norm(x)).view(batch, length, 3, self.heads, self.size)
        query, key, value = packed.permute(2, 0, 3, 1, 4)
        query, key = rotate(query, cos, sin), rotate(key, cos, sin)
        if hasattr(functional, "scaled_dot_product_attention"):
            mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        else:
            scores = torch.matmul(query, key.transpose(-1, -2)) * self.size**-0.5 + mask
            mixed = torch.matmul(scores.softmax(-1), value)
        x = x + self.output(mixed.transpose(1, 2).reshape(batch, length, width))
        gate, up = self.gate_up(self.inner_norm(x)).chunk(2, -1)
        return x + self.down(functional.silu(gate) * up)


class Planner(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width)
        self.dropout = nn.Dropout(shape.dropout)
        cos, sin = rotary(shape.context, shape.width // shape.heads, shape.rope_base)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        nn.init.normal_(self.embedding.weight, std=0.02)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and "embedding" not in name:
                deep = name.endswith(("output.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / ((2 * shape.layers) ** 0.5 if deep else 1))

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        """Final states of right-padded sequences: padding comes after everything that is scored."""
        length = ids.shape[1]
        x = self.dropout(self.embedding(ids))
        cos, sin = self.cos[:length], self.sin[:length]
        mask = torch.full((length, length), float("-inf"), device=ids.device).triu(1)
        if torch.is_autocast_cpu_enabled() or torch.is_autocast_enabled():
            cos, sin, mask = cos.bfloat16(), sin.bfloat16(), mask.bfloat16()
            x = x.bfloat16()
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        return self.norm(x)

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        return functional.linear(states, self.embedding.weight.to(states.dtype))
