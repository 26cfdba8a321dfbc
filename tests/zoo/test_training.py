import pytest

torch = pytest.importorskip("torch")

from benchmarks.zoo.averages import RULES  # noqa: E402
from benchmarks.zoo.training import Settings, fold_adapter, load_adapter, make_batches, rate_at, save_adapter  # noqa: E402


def make_settings(**changes):
    return Settings(**({"domain": "web", "steps": 6, "rate": 0.1} | changes))


def windows(settings):
    return sorted(map(tuple, make_batches(settings).flatten(0, 1).tolist()))


def test_an_order_seed_changes_the_order_alone():
    one, other = make_settings(order_seed=1), make_settings(order_seed=2)
    assert torch.equal(make_batches(one), make_batches(make_settings(order_seed=1)))
    assert not torch.equal(make_batches(one), make_batches(other))
    assert windows(one) == windows(other)


def test_a_data_seed_changes_the_windows():
    assert windows(make_settings(data_seed=1)) != windows(make_settings(data_seed=2))


def test_two_domains_give_the_windows_of_both_runs():
    one, other = make_settings(data_seed=1), make_settings(domain="mail", data_seed=2)
    both = make_settings(steps=12, data_seed=1, second_domain="mail", second_data_seed=2)
    assert windows(both) == sorted(windows(one) + windows(other))


def test_a_rate_decays_or_stays():
    assert rate_at(make_settings(steps=100), 99) < 0.001
    assert rate_at(make_settings(steps=100, schedule="constant"), 99) == 0.1


def test_an_adapter_is_stored_and_folded_in(tmp_path):
    name = "model.layers.0.self_attn.q_proj.weight"
    adapter = {f"{name}:A": torch.randn(2, 6), f"{name}:B": torch.randn(8, 2)}
    save_adapter(adapter, 2, tmp_path / "adapter")
    stored = {name: torch.zeros(8, 6, dtype=torch.bfloat16)}
    folded = fold_adapter(stored, load_adapter(tmp_path / "adapter"), 0.5)[name]
    assert torch.equal(folded, (0.5 * adapter[f"{name}:B"] @ adapter[f"{name}:A"]).bfloat16())


def test_rules_say_what_they_mean():
    left, right = torch.tensor([1.0, 2.0]).bfloat16(), torch.tensor([3.0, 6.0]).bfloat16()
    mean = torch.tensor([2.0, 4.0])
    for rule in ("bf16", "fp32", "lerp", "alpha-add"):
        assert torch.equal(RULES[rule]([left, right], {"weight": 0.5}, "x").float(), mean), rule
    assert torch.equal(RULES["soup"]([left, right], {}, "x"), mean)
    assert torch.equal(RULES["running"]([left, right], {"decay": 0.5}, "x"), mean)
    difference = RULES["add-difference"]([left, right, left], {"multiplier": 0.5}, "x")
    assert torch.equal(difference, mean)
    ends = {"ends": [1.0, 0.0], "layers": 3}
    assert torch.equal(RULES["gradient"]([left, right], ends, "model.layers.1.x").float(), mean)
    assert torch.equal(RULES["gradient"]([left, right], ends, "lm_head.weight").float(), right.float())
