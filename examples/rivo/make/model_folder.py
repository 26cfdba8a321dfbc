"""Write and read a model as a folder that transformers opens too: bf16 weights, configurations, tokenizer, template."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch
from chat import END, END_OF_TEXT, MARKERS, PLAIN_TEMPLATE
from network import NetworkConfig, Parameters
from safetensors.torch import load_file, save_file

MAX_TOKENS = 512
TOKEN_IDS = {
    "eos_token_id": MARKERS.index(END),
    "pad_token_id": MARKERS.index(END_OF_TEXT),
    "bos_token_id": MARKERS.index(END_OF_TEXT),
}
ARCHITECTURE = {
    "architectures": ["Qwen2ForCausalLM"],
    "model_type": "qwen2",
    "hidden_act": "silu",
    "max_position_embeddings": MAX_TOKENS,
    "initializer_range": 0.02,
    "attention_dropout": 0.0,
    "use_cache": True,
    "use_sliding_window": False,
    "torch_dtype": "bfloat16",
}
GENERATION = {"do_sample": True, "temperature": 0.7, **TOKEN_IDS}
TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "eos_token": END,
    "pad_token": END_OF_TEXT,
    "bos_token": None,
    "add_bos_token": False,
    "clean_up_tokenization_spaces": False,
    "model_max_length": MAX_TOKENS,
    "chat_template": PLAIN_TEMPLATE,
}


def save_model(parameters: Parameters, config: NetworkConfig, folder: Path, tokenizer_json: str) -> None:
    """Write the folder; each parameter is rounded to bf16 once."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: value.detach().to(torch.bfloat16).contiguous() for name, value in parameters.items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    _write_json(folder / "config.json", dict(sorted({**asdict(config), **ARCHITECTURE, **TOKEN_IDS}.items())))
    _write_json(folder / "generation_config.json", GENERATION)
    (folder / "tokenizer.json").write_text(tokenizer_json)
    _write_json(folder / "tokenizer_config.json", TOKENIZER_CONFIG)


def load_model(folder: Path) -> tuple[Parameters, NetworkConfig]:
    """Return the fp32 values of the stored parameters, and the shape."""
    stored = json.loads((folder / "config.json").read_text())
    config = NetworkConfig(**{field.name: stored[field.name] for field in fields(NetworkConfig)})
    tensors = load_file(folder / "model.safetensors")
    return {name: value.float() for name, value in tensors.items()}, config


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n")
