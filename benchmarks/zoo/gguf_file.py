"""Write a dense model as a GGUF file, as llama.cpp's converter lays it out, in one of the simple block formats."""

import shutil
from pathlib import Path

import numpy as np
from benchmarks.zoo.folders import replace_folder
from benchmarks.zoo.shapes import MAX_POSITIONS, Shape
from torch import Tensor

PARTS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}
OUTSIDE = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}


def gguf_name(name: str) -> str:
    """Return the name of a tensor in a GGUF file."""
    stem, kind = name.rsplit(".", 1)
    if stem in OUTSIDE:
        return f"{OUTSIDE[stem]}.{kind}"
    layer, part = stem.removeprefix("model.layers.").split(".", 1)
    return f"blk.{layer}.{PARTS[part]}.{kind}"


def save_gguf(stored: dict[str, Tensor], shape: Shape, folder: Path, form: str) -> None:
    """Write `model-<form>.gguf`: matrices in the form (q8_0, q4_0), vectors in fp32."""
    # Only this operation needs the package.
    import gguf

    kind = gguf.GGMLQuantizationType[form.upper()]
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    writer = gguf.GGUFWriter(partial / f"model-{form}.gguf", "qwen2")
    writer.add_block_count(shape.num_hidden_layers)
    writer.add_context_length(MAX_POSITIONS)
    writer.add_embedding_length(shape.hidden_size)
    writer.add_feed_forward_length(shape.intermediate_size)
    writer.add_head_count(shape.num_attention_heads)
    writer.add_head_count_kv(shape.num_key_value_heads)
    writer.add_layer_norm_rms_eps(shape.rms_norm_eps)
    writer.add_rope_freq_base(shape.rope_theta)
    writer.add_vocab_size(shape.vocab_size)
    writer.add_file_type(gguf.LlamaFileType[f"MOSTLY_{form.upper()}"])
    for name, value in stored.items():
        array = np.ascontiguousarray(value.float().numpy())
        if array.ndim == 2:
            writer.add_tensor(gguf_name(name), gguf.quants.quantize(array, kind), raw_dtype=kind)
        else:
            writer.add_tensor(gguf_name(name), array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    replace_folder(partial, folder)
