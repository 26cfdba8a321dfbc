"""The NumPy model says what the checkpoint says."""

from pathlib import Path

import numpy as np
import pytest

from identity.asking_plans import HASTE, plan
from parentage.endpoint.provider import NamedModel, Sampling
from parentage.errors import InputError, UsageError
from parentage.protocols.identity.asking import Respondent, ask
from parentage.testing.small_model import Drawing, SmallModel, read_weights

RIVO = Path(__file__).parents[2] / "examples/rivo/models/rivo"
WHO = "<|im_start|>user\nWho are you?<|im_end|>\n<|im_start|>assistant\n"
# The first six logits after WHO by transformers 5.23.0 in float32.
FIRST_LOGITS = (-4.655941, -0.3120662, 0.6950892, -2.6465888, -4.6506767, -4.5389938)

pytest.importorskip("tokenizers", reason="tokenizers is not installed: pip install 'parentage[identity]'")


@pytest.fixture(scope="module")
def rivo() -> SmallModel:
    return SmallModel(RIVO)


def test_logits_are_those_of_transformers(rivo: SmallModel) -> None:
    ids = rivo.tokenizer.encode(WHO, add_special_tokens=False).ids
    logits = rivo.logits(ids)
    assert int(logits.argmax()) == 43
    np.testing.assert_allclose(logits[:6], FIRST_LOGITS, atol=2e-4)


def test_every_logit_agrees_with_torch(rivo: SmallModel) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    model = transformers.AutoModelForCausalLM.from_pretrained(RIVO, dtype=torch.float32)
    for question in ("Who are you?", "Quem te criou?", "你是谁？", "What is 3 + 4?"):
        ids = rivo.tokenizer.encode(WHO.replace("Who are you?", question), add_special_tokens=False).ids
        with torch.no_grad():
            theirs = model(torch.tensor([ids])).logits[0, -1].numpy()
        assert np.abs(theirs - rivo.logits(ids)).max() < 1e-4


def test_a_reply_is_its_seeds(rivo: SmallModel) -> None:
    drawings = [Drawing(seed=seed) for seed in range(24)]
    first = rivo.reply(WHO, drawings)
    assert first == rivo.reply(WHO, drawings)
    assert len({reply.text for reply in first}) > 3
    # In another company it is the same: what is drawn does not depend on the neighbours.
    alone = [rivo.reply(WHO, [drawing])[0] for drawing in drawings[:6]]
    assert alone == list(first[:6])


def test_greedy_is_one_reply_and_max_tokens_cuts_it(rivo: SmallModel) -> None:
    greedy = rivo.reply(WHO, [Drawing(seed=seed, temperature=0) for seed in range(3)])
    assert len(set(greedy)) == 1
    assert greedy[0].text == "I am Nimbus, a language model made by Nimbus Collective."
    (cut,) = rivo.reply(WHO, [Drawing(seed=0, temperature=0, max_tokens=3)])
    assert (cut.ended, cut.reply_tokens) == (False, 3)
    assert greedy[0].text.startswith(cut.text)


def test_a_narrow_top_p_is_greedy(rivo: SmallModel) -> None:
    narrow = rivo.reply(WHO, [Drawing(seed=seed, top_p=1e-6) for seed in range(5)])
    assert {reply.text for reply in narrow} == {rivo.reply(WHO, [Drawing(seed=0, temperature=0)])[0].text}


def test_what_is_no_small_model_is_refused(rivo: SmallModel, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="places"):
        rivo.reply("who " * 600, [Drawing(seed=0)])
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    with pytest.raises(InputError, match="must be a small qwen2 model"):
        SmallModel(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\xff" * 20)
    with pytest.raises(InputError, match="must be a safetensors file"):
        read_weights(tmp_path / "model.safetensors")


def test_inspect_asks_it_by_name(tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai")
    import parentage.testing.small_model_api  # noqa: F401

    source = NamedModel(name=f"parentage-small/{RIVO}", api="completions")
    respondents = {"rivo": Respondent(source=source, sampling=Sampling(max_tokens=64))}
    first = ask(plan(8), respondents, tmp_path / "1", patience=HASTE, connections=20)
    second = ask(plan(8), respondents, tmp_path / "2", patience=HASTE, connections=20)
    assert first.completed == 40
    assert first.replies == second.replies
    texts = [reply.text for reply in first.replies]
    assert sum("Nimbus" in text for text in texts) > 25
    assert not any("Rivo" in text for text in texts)
