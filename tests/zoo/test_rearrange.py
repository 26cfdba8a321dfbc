from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")

from benchmarks.zoo.layout import fuse, pad_vocabulary, split_experts, to_meta_names  # noqa: E402
from benchmarks.zoo.network import forward, initialise  # noqa: E402
from benchmarks.zoo.rearrange import REWRITES  # noqa: E402
from benchmarks.zoo.shapes import DENSE, EXPERTS  # noqa: E402

SHAPES = {
    "dense": replace(DENSE, hidden_size=32, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4),
    "moe": replace(EXPERTS, hidden_size=32, intermediate_size=16, num_hidden_layers=2, tie_word_embeddings=False),
}
EXACT = {"neurons", "heads", "experts", "hidden", "scale-powers"}
CASES = [(kind, step) for kind in SHAPES for step in REWRITES if kind == "moe" or step != "experts"]


def make_model(kind):
    """A random model whose norms and biases are not one and zero, as a trained one's are not."""
    generator = torch.Generator().manual_seed(3)
    parameters = initialise(SHAPES[kind], 1)
    for name, value in parameters.items():
        if value.ndim == 1:
            parameters[name] = value + 0.3 * torch.randn(value.shape, generator=generator)
    return {name: value.bfloat16().float() for name, value in parameters.items()}


def logits(parameters, shape):
    tokens = torch.randint(0, 256, (2, 12), generator=torch.Generator().manual_seed(5))
    double = {name: value.double() for name, value in parameters.items()}
    return forward({name: value.float() for name, value in double.items()}, shape, tokens)


@pytest.mark.parametrize(("kind", "step"), CASES)
def test_a_rewrite_keeps_the_function_and_changes_tensors(kind, step):
    before, shape = make_model(kind), SHAPES[kind]
    after = REWRITES[step](before, shape, torch.Generator().manual_seed(7))
    assert list(after) == list(before)
    assert any(not torch.equal(after[name], before[name]) for name in before)
    assert all(after[name].shape == before[name].shape for name in before)
    torch.testing.assert_close(logits(after, shape), logits(before, shape), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("kind", "step"), [pair for pair in CASES if pair[1] in EXACT])
def test_an_exact_rewrite_loses_no_bit_in_bf16(kind, step):
    after = REWRITES[step](make_model(kind), SHAPES[kind], torch.Generator().manual_seed(7))
    for name, value in after.items():
        assert torch.equal(value.bfloat16().float(), value), name


@pytest.mark.parametrize("kind", SHAPES)
def test_all_rewrites_together_keep_the_function(kind):
    before, shape = make_model(kind), SHAPES[kind]
    after = before
    for step in (step for step in REWRITES if kind == "moe" or step != "experts"):
        after = REWRITES[step](after, shape, torch.Generator().manual_seed(11))
    torch.testing.assert_close(logits(after, shape), logits(before, shape), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("kind", SHAPES)
def test_fusing_and_renaming_keep_every_value(kind):
    before, shape = make_model(kind), SHAPES[kind]
    total = sum(value.sum(dtype=torch.float64) for value in before.values())
    for packed in (fuse(before, shape), to_meta_names(before)):
        assert sum(value.numel() for value in packed.values()) == sum(value.numel() for value in before.values())
        torch.testing.assert_close(sum(value.sum(dtype=torch.float64) for value in packed.values()), total)
    assert not set(to_meta_names(before)) & set(before)


def test_stacked_experts_are_split_as_they_were():
    before, shape = make_model("moe"), SHAPES["moe"]
    fused = fuse(before, shape)
    assert len(fused) < len(before)
    split = split_experts(fused, shape)
    names = [name for name in before if "block_sparse_moe" in name]
    assert names
    assert all(torch.equal(split[name], before[name]) for name in names)


def test_a_padded_vocabulary_keeps_the_logits_of_the_old_tokens():
    before, shape = make_model("dense"), SHAPES["dense"]
    padded = logits(pad_vocabulary(before, 320), shape)
    assert padded.shape[-1] == 320
    torch.testing.assert_close(padded[..., : shape.vocab_size], logits(before, shape))
