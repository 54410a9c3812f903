"""Batches as tensors."""
import torch

from .encode import Encoded
from .model import Planner


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
