"""Writes a checkpoint as a GGUF that explains itself, and its manifest.

    PYTHONPATH=training:training/work/site python3 -m tentacle_training.export --checkpoint training/work/planner.pt
"""
import argparse
import hashlib
import json
from pathlib import Path

import gguf
import numpy
import torch

from .added import take_into_catalogue
from .catalogue import CATALOGUE, FUNCTIONS, PLAN_TOKENS, ROOT, TOKENS
from .encode import Vocabulary

NAMES = {
    "attention_norm.weight": "attn_norm.weight",
    "inner_norm.weight": "ffn_norm.weight",
    "output.weight": "attn_output.weight",
    "down.weight": "ffn_down.weight",
}


def tensors(weights: dict[str, torch.Tensor], vocabulary_size: int):
    """(GGUF name, array, whether it is a matrix) of every tensor; training-only rows of the embedding are cut off."""
    yield "token_embd.weight", weights["embedding.weight"][:vocabulary_size], True
    yield "output_norm.weight", weights["norm.weight"], False
    blocks = sorted({int(name.split(".")[1]) for name in weights if name.startswith("blocks.")})
    for block in blocks:
        head = f"blocks.{block}."
        for ours, theirs in NAMES.items():
            yield f"blk.{block}.{theirs}", weights[head + ours], "norm" not in ours
        for part, name in zip(weights[head + "query_key_value.weight"].chunk(3), ("attn_q", "attn_k", "attn_v")):
            yield f"blk.{block}.{name}.weight", part, True
        for part, name in zip(weights[head + "gate_up.weight"].chunk(2), ("ffn_gate", "ffn_up")):
            yield f"blk.{block}.{name}.weight", part, True


def described(descriptor: dict) -> dict:
    """The descriptor without its examples, which were the user's own sentences."""
    return {name: value for name, value in descriptor.items() if name != "examples"}


def write(checkpoint: Path, tokenizer: Path, out: Path, kind: str, name: str, facts: dict) -> None:
    found = torch.load(checkpoint, map_location="cpu")
    shape, weights = found["shape"], found["weights"]
    for descriptor in found.get("added", []):
        take_into_catalogue(descriptor)
    vocabulary = Vocabulary(tokenizer, found["labels"])
    writer = gguf.GGUFWriter(str(out), "llama")
    writer.add_name(name)
    writer.add_description("Turns one sentence into functional tokens: calls, targets and pointers to the sentence's own words.")
    writer.add_license("Apache-2.0")
    writer.add_context_length(shape["context"])
    writer.add_embedding_length(shape["width"])
    writer.add_block_count(shape["layers"])
    writer.add_feed_forward_length(shape["inner"])
    writer.add_head_count(shape["heads"])
    writer.add_head_count_kv(shape["heads"])
    writer.add_rope_dimension_count(shape["width"] // shape["heads"])
    writer.add_rope_freq_base(shape["rope_base"])
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(vocabulary.exported_size)
    quantised = gguf.GGMLQuantizationType.Q8_0 if kind == "q8_0" else gguf.GGMLQuantizationType.F16
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0 if kind == "q8_0" else gguf.LlamaFileType.MOSTLY_F16)

    pieces = vocabulary.pieces
    tokens, scores, types = [], [], []
    for index in range(vocabulary.text_size):
        tokens.append(pieces.IdToPiece(index).encode())
        scores.append(pieces.GetScore(index))
        if pieces.IsUnknown(index):
            types.append(gguf.TokenType.UNKNOWN)
        elif pieces.IsControl(index):
            types.append(gguf.TokenType.CONTROL)
        elif pieces.IsByte(index):
            types.append(gguf.TokenType.BYTE)
        else:
            types.append(gguf.TokenType.NORMAL)
    for token in PLAN_TOKENS:
        tokens.append(token.encode())
        scores.append(-1000.0)
        types.append(gguf.TokenType.CONTROL)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(pieces.bos_id())
    writer.add_eos_token_id(vocabulary.ids[TOKENS["planEnd"]])
    writer.add_unk_token_id(pieces.unk_id())
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)

    writer.add_uint32("tentacle.catalog_version", CATALOGUE["version"])
    writer.add_uint32("tentacle.first_plan_token", vocabulary.text_size)
    writer.add_array("tentacle.plan_tokens", PLAN_TOKENS)
    writer.add_array("tentacle.functions", list(FUNCTIONS))
    if found.get("added"):
        writer.add_string("tentacle.added_functions", json.dumps([described(entry) for entry in found["added"]]))
    writer.add_string("tentacle.prompt", "<s> words <words> (word <w:i>)* <plan>; words in NFKC lower case, a leading space where one stands before")
    writer.add_string("tentacle.training", json.dumps(facts))

    for tensor_name, tensor, matrix in tensors(weights, vocabulary.exported_size):
        array = tensor.float().contiguous().numpy()
        if matrix:
            writer.add_tensor(tensor_name, gguf.quants.quantize(array, quantised), raw_dtype=quantised)
        else:
            writer.add_tensor(tensor_name, array.astype(numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def manifest(path: Path, name: str, parameters: int) -> dict:
    content = path.read_bytes()
    return {
        "name": name,
        "file": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "licence": "Apache-2.0",
        "parameters": parameters,
        "catalogVersion": CATALOGUE["version"],
        "languages": ["en", "zh"],
        "functions": list(FUNCTIONS),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "work" / "planner.pt")
    parser.add_argument("--tokenizer", type=Path, default=ROOT / "tokenizer.model")
    parser.add_argument("--out", type=Path, default=ROOT.parent / "models")
    parser.add_argument("--name", default="tentacle-3")
    parser.add_argument("--kind", choices=("q8_0", "f16"), default="q8_0")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / f"{arguments.name}-{arguments.kind}.gguf"
    found = torch.load(arguments.checkpoint, map_location="cpu")
    write(arguments.checkpoint, arguments.tokenizer, path, arguments.kind, arguments.name, found["facts"])
    facts = manifest(path, arguments.name, sum(tensor.numel() for tensor in found["weights"].values()))
    (arguments.out / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n")
    print(json.dumps({"file": str(path), "size": facts["size"], "sha256": facts["sha256"]}))


if __name__ == "__main__":
    main()
