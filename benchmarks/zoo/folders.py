"""Read and write a model as a folder that transformers and mergekit open too: weights, config, tokenizer."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.layout import split_experts
from benchmarks.zoo.shapes import BYTES, Shape, to_config, to_shape
from safetensors.torch import load_file, save_file
from torch import Tensor

WEIGHTS = "model.safetensors"
SPECIALS = ("<|begin|>", "<|end|>", *(f"<|free-{number}|>" for number in range(14)))


def save_tensors(tensors: Mapping[str, Tensor], folder: Path, config: dict[str, Any]) -> None:
    """Write the folder with the tensors in the dtypes they have; a folder that was there is replaced at once."""
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    save_file({name: value.contiguous() for name, value in tensors.items()}, partial / WEIGHTS, {"format": "pt"})
    (partial / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    write_tokenizer(partial)
    replace_folder(partial, folder)


def save_model(parameters: Mapping[str, Tensor], shape: Shape, folder: Path, dtype: torch.dtype | None = None) -> None:
    """Write the parameters, each rounded once to the dtype (bf16 if none is named)."""
    dtype = dtype or torch.bfloat16
    tensors = {name: value.detach().to(dtype) for name, value in parameters.items()}
    save_tensors(tensors, folder, to_config(shape, str(dtype).removeprefix("torch.")))


def replace_folder(made: Path, folder: Path) -> None:
    """Move a finished folder to its place."""
    if folder.exists():
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        made.rename(folder)
        shutil.rmtree(old)
    else:
        made.rename(folder)


def load_config(folder: Path) -> dict[str, Any]:
    """Return config.json."""
    return json.loads((folder / "config.json").read_text())


def load_shape(folder: Path) -> Shape:
    """Return the shape that the folder's config.json describes."""
    return to_shape(load_config(folder))


def load_stored(folder: Path) -> dict[str, Tensor]:
    """Return the tensors in their stored dtypes; experts are split, where the folder has them stacked."""
    return split_experts(load_file(folder / WEIGHTS), load_shape(folder))


def load_values(folder: Path) -> dict[str, Tensor]:
    """Return the tensors' values in fp32."""
    return {name: value.float() for name, value in load_stored(folder).items()}


def write_tokenizer(folder: Path) -> None:
    """Write a tokenizer whose tokens are the bytes, in the order of their values, and a few markers."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    # GPT-2's way to write bytes as letters: those without a glyph are moved behind the others.
    others = [byte for byte in range(BYTES) if byte not in printable]
    letters = {byte: chr(byte) for byte in printable} | {byte: chr(256 + at) for at, byte in enumerate(others)}
    added = [
        {"id": BYTES + at, "content": text, "special": True, "single_word": False}
        | dict.fromkeys(("lstrip", "rstrip", "normalized"), False)
        for at, text in enumerate(SPECIALS)
    ]
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    content = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": level,
        "post_processor": None,
        "decoder": level,
        "model": {"type": "BPE", "vocab": {letters[byte]: byte for byte in range(BYTES)}, "merges": []},
    }
    (folder / "tokenizer.json").write_text(json.dumps(content, ensure_ascii=False))
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": SPECIALS[0], "eos_token": SPECIALS[1]}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))


def distance(left: Mapping[str, Tensor], right: Mapping[str, Tensor]) -> float:
    """Return the Euclidean distance of two models over the tensors of the left one."""
    return sum(float((left[name] - right[name]).double().square().sum()) for name in left) ** 0.5
