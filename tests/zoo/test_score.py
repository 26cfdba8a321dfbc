"""The scorer of the public benchmark: it must not flatter, must count every accusation, and must survive a crash."""

import json
from dataclasses import replace

import pytest
from benchmarks.zoo import accuracy, auditing, naive, peers, score
from benchmarks.zoo.marking import Answer, Mark, mark, parse_case, read_labels, tally
from benchmarks.zoo.proportion import lower_limit, two_sided, upper_limit

from conftest import MODELS

PARENTS = {"nimbus": "models/nimbus", "basalt": "models/basalt"}
WEIGHTS = {"nimbus": 0.6, "basalt": 0.4}


def _entry(subject: str, relation: str, accept: list[dict], **more: object) -> dict:
    truth = {"relation": relation, "then": []}
    if relation == "merge":
        truth |= {"method": "linear", "weights": WEIGHTS}
    entry = {"id": subject, "half": "report", "group": "group", "subject": f"models/{subject}", "candidates": PARENTS}
    return {**entry, "truth": truth, "accept": accept, "innocent": False, "hard": False, "note": "", **more}


MERGE = parse_case(_entry("rivo", "merge", [{"relation": "merge", "then": [], "methods": ["linear", "slerp"]}]))
INNOCENT = parse_case(_entry("cirrus", "fine-tune", [{"relation": "fine-tune"}], innocent=True))
RIGHT = Answer(relation="merge", method="linear", parents=("nimbus", "basalt"), weights=WEIGHTS, share=1.0, seconds=1.0)


def test_limits_are_those_of_clopper_and_pearson() -> None:
    assert upper_limit(0, 60) == pytest.approx(1 - 0.05 ** (1 / 60), rel=1e-9)
    assert upper_limit(60, 60) == 1
    assert upper_limit(0, 0) == 1
    assert lower_limit(0, 10) == 0
    # Reference: scipy.stats.binomtest(...).proportion_ci(0.95), scipy 1.18.1.
    assert two_sided(95, 120) == pytest.approx((0.7080087218794, 0.8604084551916), abs=1e-12)
    assert two_sided(88, 120) == pytest.approx((0.6448859874930, 0.8099109272179), abs=1e-12)
    assert upper_limit(2, 44) == pytest.approx(0.1362585355888, abs=1e-12)
    assert two_sided(0, 120) == pytest.approx((0, 0.0302729725774), abs=1e-12)


@pytest.mark.parametrize(
    ("change", "right", "method_right", "parents_right"),
    [
        ({}, True, True, True),
        ({"method": "slerp"}, True, True, True),
        ({"method": "ties"}, True, False, True),
        ({"method": None}, True, False, True),
        ({"then": ("trained",)}, False, True, None),
        ({"parents": ("nimbus", "stranger")}, True, True, False),
        ({"relation": "fine-tune", "method": None}, False, False, None),
        ({"relation": "no answer", "method": None, "error": "crashed"}, False, False, None),
    ],
)
def test_a_merge_is_marked_in_all_its_parts(change: dict, right: bool, method_right: bool, parents_right) -> None:
    found = mark(MERGE, replace(RIGHT, **change))
    assert (found.right, found.method_right, found.parents_right) == (right, method_right, parents_right)
    assert not found.accused


@pytest.mark.parametrize("relation", ["merge", "identical", "quantized", "pruned", "rearranged", "stacked"])
def test_each_accusation_of_an_innocent_counts(relation: str) -> None:
    found = mark(INNOCENT, Answer(relation=relation))
    assert found.accused
    assert not found.right
    assert tally([found, mark(INNOCENT, Answer(relation="fine-tune"))]).accused == 1


@pytest.mark.parametrize("relation", ["fine-tune", "shared-origin", "independent", "inconclusive", "no answer"])
def test_nothing_else_is_an_accusation(relation: str) -> None:
    assert not mark(INNOCENT, Answer(relation=relation)).accused


def test_a_base_has_no_weight_of_its_own_and_may_be_left_out() -> None:
    entry = _entry("ties", "merge", [{"relation": "merge"}])
    entry["truth"] |= {"method": "task-arithmetic", "weights": {"nimbus": 0.7}, "parents": ["nimbus", "basalt"]}
    case = parse_case(entry)
    with_base = Answer(relation="merge", parents=("nimbus", "basalt"), weights={"nimbus": 0.7, "basalt": 0.3})
    without = Answer(relation="merge", parents=("nimbus",), weights={"nimbus": 0.7})
    for answer in (with_base, without):
        found = mark(case, answer)
        assert (found.parents_right, found.weight_error) == (True, 0)
    assert mark(case, replace(without, parents=("basalt",))).parents_right is False


def test_a_copy_of_the_wrong_model_is_listed() -> None:
    entry = _entry("copy", "quantized", [{"relation": "quantized"}])
    entry["truth"]["parents"] = ["nimbus"]
    case = parse_case(entry)
    assert mark(case, Answer(relation="quantized", parents=("nimbus",))).parents_right
    found = mark(case, Answer(relation="quantized", parents=("basalt",)))
    assert found.right
    assert "wrong parent" in accuracy.render(_results(found))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"nimbus": 0.61, "basalt": 0.39}, 0.01),
        ({"nimbus": 0.6, "basalt": 0.3, "stranger": 0.1}, 0.1),
        ({"nimbus": 0.6}, 0.4),
        ({}, None),
    ],
)
def test_the_largest_weight_error_counts_parents_left_out_and_added(weights: dict, expected: float | None) -> None:
    found = mark(MERGE, replace(RIGHT, weights=weights))
    assert found.weight_error == (pytest.approx(expected) if expected is not None else None)
    assert tally([found]).weightless == (expected is None)


def test_weights_are_held_to_the_bar_of_their_replay() -> None:
    complete, partial = (
        mark(MERGE, replace(RIGHT, share=share, weights={"nimbus": 0.6 + wrong, "basalt": 0.4}))
        for share, wrong in ((0.9995, 1e-3), (0.5, 4e-3))
    )
    found = {bar.what: bar.holds for bar in accuracy.bars([complete, partial])}
    assert found["largest weight error, complete replay, both halves"] is False
    assert found["largest weight error, elsewhere, both halves"] is True


def _results(*marks: Mark) -> accuracy.Results:
    kit = accuracy.KitResult(by_half={}, median_seconds=None, reason="not in this test.")
    return accuracy.Results(seed=0, marks=marks, scripts={}, kit=kit, pairs=(), pairs_kit=None, machine="a machine")


def test_the_page_names_every_wrong_case_and_says_which_bars_do_not_hold() -> None:
    accused = mark(INNOCENT, Answer(relation="merge", method="linear", statement="cirrus is | a merge"))
    page = accuracy.render(_results(mark(MERGE, RIGHT), accused))
    assert "Every wrong case (1 of 2)" in page
    assert "| report | `cirrus` | fine-tune | merge linear | **accused** | cirrus is \\| a merge |" in page
    assert "| innocents accused, report half | 0 | 1 of 1, at most 1.000 | **does not hold** |" in page
    clean = accuracy.render(_results(mark(MERGE, RIGHT), mark(INNOCENT, Answer(relation="fine-tune"))))
    assert "does not hold" not in clean
    assert "0 of 1, at most 0.950" in clean


@pytest.fixture
def zoo(tmp_path):
    folder = tmp_path / "zoo"
    folder.mkdir()
    (folder / "models").symlink_to(MODELS)
    entries = [
        _entry("rivo", "merge", [{"relation": "merge", "methods": ["linear"]}]),
        _entry("nowhere", "independent", [{"relation": "independent"}], half="choose", innocent=True),
    ]
    strangers = {"dense": ["models/stranger", "models/basalt"]}
    (folder / "labels.json").write_text(
        json.dumps({"schema": "parentage.zoo/v1", "seed": 7, "independent": strangers, "cases": entries})
    )
    return folder


def test_a_zoo_is_scored_from_end_to_end(zoo, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(auditing, "source_digest", lambda: "one version")
    page, figures = tmp_path / "docs/accuracy.md", tmp_path / "out/accuracy.json"
    options = [str(zoo), "--page", str(page), "--out", str(figures), "--workers", "1", "--no-kit"]
    score.main(options)
    found = json.loads(figures.read_text())
    assert [(c["id"], c["right"]) for c in found["cases"]] == [("rivo", True), ("nowhere", False)]
    assert found["cases"][0]["weight_error"] < 1e-4
    assert found["cases"][1]["answer"]["error"].startswith("InputError: models/nowhere")
    assert [(c["id"], c["right"]) for c in found["pairs"]] == [("models/stranger and models/basalt", True)]
    assert str(zoo) not in page.read_text()
    seconds = [c["answer"]["seconds"] for c in found["cases"]]
    score.main(options)
    again = json.loads(figures.read_text())
    assert [c["answer"]["seconds"] for c in again["cases"]] == seconds
    assert page.read_text() in capsys.readouterr().out


def test_a_killed_process_is_that_case_s_answer_alone(zoo, tmp_path, monkeypatch) -> None:
    (tmp_path / "fatal.py").write_text(
        "import os\n"
        "from benchmarks.zoo.marking import Answer\n"
        "def audit(subject, candidates):\n"
        "    if 'nowhere' in subject:\n"
        "        os._exit(9)\n"
        "    return Answer(relation='merge')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import fatal

    monkeypatch.setattr(auditing, "audit_case", fatal.audit)
    cache = auditing.AnswerCache(tmp_path / "answers")
    answers = auditing.audit_all(zoo, read_labels(zoo), cache)
    assert answers["rivo"].relation == "merge"
    assert answers["nowhere"].relation == "no answer"
    assert "ended its process" in answers["nowhere"].error


def test_answers_are_kept_by_content(zoo, tmp_path) -> None:
    case = read_labels(zoo)[0]
    keys = {
        auditing.key_of(case, auditing.DigestedModels(zoo), "tool"),
        auditing.key_of(case, auditing.DigestedModels(zoo), "another"),
        auditing.key_of(replace(case, candidates={"nimbus": "models/nimbus"}), auditing.DigestedModels(zoo), "tool"),
        auditing.key_of(replace(case, subject="models/cirrus"), auditing.DigestedModels(zoo), "tool"),
    }
    assert len(keys) == 4
    assert auditing.key_of(replace(case, id="other"), auditing.DigestedModels(zoo), "tool") in keys


def test_labels_of_another_kind_are_refused(zoo) -> None:
    (zoo / "labels.json").write_text('{"schema": "parentage.zoo/v2", "cases": []}')
    with pytest.raises(ValueError, match="schema"):
        read_labels(zoo)
    with pytest.raises(ValueError, match="needs a half"):
        parse_case(_entry("rivo", "merge", [{"relation": "merge"}], half="both"))


def test_the_script_of_today_finds_the_example_and_knows_no_stranger(zoo) -> None:
    case = read_labels(zoo)[0]
    reading = naive.read_case(zoo, case)
    found = naive.conclude(reading, *naive.SCRIPTS["cosine > .98"])
    assert found.relation == "merge"
    assert found.weights["nimbus"] == pytest.approx(0.6, abs=1e-3)
    stranger = naive.conclude(
        naive.read_case(zoo, replace(case, subject="models/stranger")), *naive.SCRIPTS["R2 > .96"]
    )
    assert stranger.relation == "independent"
    copy = naive.conclude(naive.read_case(zoo, replace(case, subject="models/basalt")), *naive.SCRIPTS["R2 > .96"])
    assert (copy.relation, copy.parents) == ("identical", ("basalt",))


def test_the_script_s_related_counts_in_its_favour_but_never_for_a_merge() -> None:
    related = Answer(relation="related")
    assert naive.mark_script(INNOCENT, related).right
    assert not naive.mark_script(MERGE, related).right


def test_the_kit_is_marked_on_related_and_unrelated_only() -> None:
    stranger = parse_case(_entry("stranger", "independent", [{"relation": "independent"}], innocent=True))
    unclear = parse_case(_entry("nimbus", "inconclusive", [{"relation": "inconclusive"}], innocent=True))
    same_shape = peers.PairAnswer(decision="Confirmed Match", identity=0.6932, seconds=0.3)
    lost = peers.PairAnswer(decision="", identity=None, seconds=0.0, error="the process ended")
    answers = {"rivo": [lost, same_shape], "stranger": [same_shape, same_shape], "nimbus": [lost, lost]}
    cases = (MERGE, stranger, unclear)
    decided, weighed = (peers.relatedness(cases, answers, by_weights=way) for way in (False, True))
    assert (decided.related_found, decided.unrelated_matched, decided.failed, decided.left_out) == (1, 1, 1, 1)
    assert (weighed.related_found, weighed.unrelated_matched) == (0, 0)
