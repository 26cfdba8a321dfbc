"""Names and row orders of GGUF files as the models have them outside: what llama.cpp's converter did, undone."""

import re
from collections.abc import Mapping

_WHOLE = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
}
_LAYERED = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_qkv": "self_attn.qkv_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "ffn_gate_inp": "mlp.gate",
    "ffn_gate_exps": "mlp.experts.gate_proj",
    "ffn_up_exps": "mlp.experts.up_proj",
    "ffn_down_exps": "mlp.experts.down_proj",
    "ffn_gate_shexp": "mlp.shared_expert.gate_proj",
    "ffn_up_shexp": "mlp.shared_expert.up_proj",
    "ffn_down_shexp": "mlp.shared_expert.down_proj",
}
# Gemma 2 and later have four norms in a layer.
_FOUR_NORMS = {
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}
_BLOCK = re.compile(r"blk\.(\d{1,6})\.([a-z0-9_]+)\.(weight|bias)")
_PERMUTED = re.compile(r"blk\.\d{1,6}\.attn_([qk])\.(?:weight|bias)")
# Architectures whose converter interleaves the rows of each head of Q and K.
_INTERLEAVED = ("llama",)


def outside_name(name: str, claims: Mapping[str, object]) -> str:
    """Return the tensor's name outside GGUF, or the name itself where the file's is not a known one."""
    whole, dot, kind = name.rpartition(".")
    if dot and whole in _WHOLE:
        return f"{_WHOLE[whole]}.{kind}"
    found = _BLOCK.fullmatch(name)
    if not found:
        return name
    layer, part, kind = found.groups()
    four = str(claims.get("general.architecture", "")).startswith(("gemma2", "gemma3"))
    known = {**_LAYERED, **_FOUR_NORMS} if four else _LAYERED
    return f"model.layers.{int(layer)}.{known[part]}.{kind}" if part in known else name


def permuted_heads(name: str, shape: tuple[int, ...], claims: Mapping[str, object]) -> int:
    """Return the number of heads whose rows the converter interleaved; 0 where it left them or claims do not fit."""
    found = _PERMUTED.fullmatch(name)
    arch = claims.get("general.architecture")
    if not found or arch not in _INTERLEAVED or not shape:
        return 0
    heads = claims.get(f"{arch}.attention.head_count")
    if found.group(1) == "k":
        heads = claims.get(f"{arch}.attention.head_count_kv", heads)
    if type(heads) is not int or heads < 1 or shape[0] % (2 * heads):
        return 0
    return heads
