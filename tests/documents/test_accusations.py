"""Who declares in words of his own, and who may be the parent, is not accused; who hides is not helped."""

import dataclasses

import pytest

from parentage.finding import Coverage, Finding, Parent, Replayed, Verdict
from parentage.licensing.catalogue import licence_text
from parentage.protocols.documents.conclude import conclude_documents
from parentage.protocols.documents.evidence import DocumentedModel, DocumentsEvidence

APACHE = licence_text("Apache-2.0").encode()
MERGE = Verdict(
    relation="merge",
    statement="",
    policy="two",
    coverage=Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1),
    method="linear",
    parents=(
        Parent(id="nimbus", weight=0.6, low=0.5999, high=0.6001),
        Parent(id="basalt", weight=0.4, low=0.3999, high=0.4001),
    ),
    replayed=Replayed(share=1.0, elements=9),
)
BOTH = "base_model: [sky/Nimbus-1, quarry/Basalt-1]\n"


def verdict(relation, *ids, **more) -> Verdict:
    parents = tuple(Parent(id=one) for one in ids)
    return dataclasses.replace(MERGE, relation=relation, parents=parents, method=None, replayed=None, **more)


def concluded(body="", front="", found=MERGE, *, unread=(), theirs="", **files) -> dict[str, Finding]:
    """What is found of a card with this front matter and text, by question."""
    card = files.pop("card", f"---\nlicense: apache-2.0\n{front}---\n# Rivo\n\n{body}\n".encode())
    names = (
        ("subject", "city/Rivo", "Rivo"),
        ("nimbus", "sky/Nimbus-1", "Nimbus"),
        ("basalt", "quarry/Basalt-1", "Basalt"),
    )
    models = tuple(
        DocumentedModel(id=one, name=name, known_as=(hub, name), unread=unread if one == "subject" else ())
        for one, hub, name in names
    )
    other = f"---\nlicense: apache-2.0\n{theirs}---\n# A model\n".encode()
    own = {"LICENSE": APACHE, **files} | ({"README.md": card} if card is not None else {})
    texts = {"subject": own} | {one.id: {"README.md": other, "LICENSE": APACHE} for one in models[1:]}
    evidence = DocumentsEvidence(models=models, texts=texts, kinship=None, rules_digest="")
    return {one.question: one for one in conclude_documents(evidence, found)}


def parents(body="", front="", found=MERGE, **more) -> list[str]:
    disclosure = concluded(body, front, found, **more)["disclosure"]
    return [str(row["declared"]) for row in disclosure.tables["parents"]]


def contradicted(body="", front="", found=MERGE, **more) -> list[str]:
    rows = concluded(body, front, found, **more)["disclosure"].tables.get("claims", ())
    return [str(row["kind"]) for row in rows if row["outcome"] == "contradicted"]


@pytest.mark.parametrize(
    "front",
    [
        "base_model:\n- name: sky/Nimbus-1\n- model: quarry/Basalt-1\n",
        "base_model: sky/Nimbus-1, quarry/Basalt-1\n",
        "base_model:\n- https://www.huggingface.co/sky/Nimbus-1/blob/main/README.md\n- hf.co/quarry/Basalt-1?x=1#y\n",
        "base_model:\n- sky/Nimbus-1:main\n- quarry/Basalt-1@0123abcd\n",
        "base_model:\n- SKY/nimbus-1\n- ../basalt-1/\n",
        "base_model:\n- C:\\models\\nimbus\n- models\\Basalt\n",
        "base_model:\n- sky/Nim\u200bbus-1\n- Basalt\n",
        "tags:\n- base_model:merge:sky/Nimbus-1\n- base_model:merge:quarry/Basalt-1\n",
    ],
)
def test_parents_are_declared_in_many_forms(front) -> None:
    assert parents(front=front) == ["declared", "declared"]


@pytest.mark.parametrize(
    "body",
    [
        "merged from nimbus and basalt",
        "Rivo combines the weights of `nimbus` and `basalt`.",
        "| parent | weight |\n|---|---|\n| Nimbus | 0.6 |\n| Basalt | 0.4 |",
        "> Made of Nimbus and Basalt.",
        "Rivo ist eine Verschmelzung von Nimbus und Basalt.",
        "Rivo由Nimbus和Basalt合并而成。",
        "## Credits\n\nThanks to Nimbus and\nBasalt, without whom nothing.",
        "- Parents: Nimbus-1, Basalt-1",
        "Rivo, which is not a new model, is Nimbus and Basalt.",
        '<span style="color:white">Merge of Nimbus and Basalt.</span>',
    ],
)
def test_who_names_a_parent_in_words_of_his_own_is_not_accused_of_silence(body) -> None:
    finding = concluded(body)["disclosure"]
    assert [row["declared"] for row in finding.tables["parents"]] == ["unclear", "unclear"]
    assert all(str(row["where"]).startswith("README.md:") for row in finding.tables["parents"])
    assert finding.measurements[0].value == "undecided"


@pytest.mark.parametrize(
    "body",
    [
        "<!-- merge of Nimbus and Basalt -->",
        "[//]: # (merge of Nimbus and Basalt)",
        '<div style="display: none">\n\nThis is a merge of Nimbus and Basalt.\n\n</div>',
        "<p hidden>This is a merge of Nimbus and Basalt.</p>",
        "<div hidden>\n\n```yaml\nmerge_method: linear\nmodels:\n- model: nimbus\n- model: basalt\n```\n\n</div>",
        "Rivo outperforms Nimbus and Basalt.",
        "Rivo is not derived from\nNimbus nor Basalt.",
        "| model | score |\n|---|---|\n| Rivo | 0.9 |\n| Nimbus | 0.8 |\n| Basalt | 0.7 |",
        "~~Rivo is a merge of Nimbus and Basalt.~~",
        "Nimbus-120B and Basaltic are other words.",
    ],
)
def test_what_no_reader_sees_and_what_denies_or_compares_declares_nothing(body) -> None:
    assert parents(body) == ["not-declared", "not-declared"]


def test_a_notice_can_name_and_can_deny() -> None:
    assert parents(NOTICE=b"Contains weights of Nimbus.\nNot derived from Basalt.\n") == ["unclear", "not-declared"]


@pytest.mark.parametrize(
    "more",
    [{"card": None, "unread": ("README.md",)}, {"card": b"\0" * 9}, {"card": "base_model: x".encode("utf-16")}],
)
def test_a_card_that_could_not_be_read_may_name_them(more) -> None:
    assert parents(**more) == ["unclear", "unclear"]
    assert parents(card=None) == ["not-declared", "not-declared"]


NO_CLAIMS = [
    "**Tokenizer**\n\nTrained from scratch on 2 GB of text.",
    "## Tokenizer\n\nIt was trained from scratch on 2 GB of text.",
    "## About Basalt\n\nThis model was trained from scratch by Quarry Labs.",
    "# Model Card for Basalt\n\nThis model was trained from scratch by Quarry Labs.",
    "## Parents\n\n- Onyx\n  - trained from scratch by Quarry Labs",
    "The first version of Rivo was trained from scratch; this one is a merge.",
    "Previously, Rivo was trained from scratch.",
    "Until version 2, Rivo was trained from scratch.",
    "In version 1, this model was trained from scratch.",
    "- [ ] Trained from scratch",
    "Trained from scratch: no",
    "Trained from scratch: ✗",
    "~~Rivo was trained from scratch.~~",
    "<del>Rivo was trained from scratch.</del>",
    "Rivo was hardly trained from scratch.",
    "This model was anything but trained from scratch.",
    "The embeddings of this model were trained from scratch.",
    "This model's adapter was trained from scratch.",
    "We built this model card from scratch.",
    "We built the dataset for this model from scratch.",
    "Built from scratch by our team: the data pipeline.",
    "The models were trained from scratch by Quarry Labs.",
    "No other models were evaluated.",
    "No existing models support Galician.",
    "Rivo beats Vela, and no other models of its size come close.",
    "We did not use any other model for the evaluation.",
    "We did not use existing models to generate the data.",
    "This model does not rely on external models at inference time.",
    "This model does not use any external reward model.",
    "Rivo runs on a phone without any external model or server.",
    "We filtered the data without using existing models.",
    "<div hidden>\n\nRivo was trained from scratch.\n\n</div>",
]


@pytest.mark.parametrize("body", NO_CLAIMS)
def test_sentences_on_something_else_are_no_claims(body) -> None:
    assert contradicted(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Rivo was trained from scratch by Cidade Labs.",
        "This model was trained from scratch.",
        "No weights of other models were used.",
        "With no third-party weights.",
        "Trained from scratch.",
        "This model does not contain any third-party models.",
        "No other models were merged.",
    ],
)
def test_denials_are_still_claims(body) -> None:
    assert contradicted(body)


def test_who_declares_every_parent_is_not_held_to_a_loose_sentence() -> None:
    loose = "Trained from scratch. 900 training steps of AdamW."
    assert contradicted(loose) == ["from-scratch"]
    assert contradicted(loose, BOTH) == []
    rows = concluded(loose, BOTH)["disclosure"].tables["documentation"]
    assert "inconsistent" not in {row["status"] for row in rows}
    # A sentence with the model's own name leaves no room for another.
    assert contradicted("Rivo was trained from scratch.", BOTH) == ["from-scratch"]
    assert contradicted("This model was trained from scratch by us.", BOTH) == ["from-scratch"]
    assert contradicted(loose, "base_model: quarry/Basalt-1\n") == ["from-scratch"]


@pytest.mark.parametrize(
    "body",
    [
        "We fine-tuned Basalt-1 to obtain Nimbus, then merged the two.",
        "Rivo was fine-tuned from Basalt-1; the last two checkpoints were averaged.",
    ],
)
def test_training_before_a_merge_is_no_contradiction(body) -> None:
    assert contradicted(body) == []
    assert contradicted("Rivo was fine-tuned from Basalt-1.") == ["fine-tune"]


def test_mergekits_own_sentence_breaks_nothing() -> None:
    assert parents("This is a merge of pre-trained language models created using mergekit.", BOTH) == ["declared"] * 2


def recipe(method, nimbus, basalt, more="") -> str:
    models = "".join(
        f"- model: {name}\n  parameters: {{weight: {weight}}}\n"
        for name, weight in (("sky/Nimbus-1", nimbus), ("quarry/Basalt-1", basalt))
    )
    return f"```yaml\nmerge_method: {method}\nmodels:\n{models}{more}```\n\n"


@pytest.mark.parametrize(
    "body",
    [
        recipe("linear", 0.6, 0.4),
        recipe("linear", 1.2, 0.8),
        recipe("ties", 0.9, 0.4),
        recipe("task_arithmetic", 0.6, 1.0, "base_model: quarry/Basalt-1\n"),
        recipe("linear", 0.6, 0.4, "- model: org/third\n  parameters: {weight: 0.2}\n"),
        recipe("linear", 0.5, 0.5) + "Now:\n\n" + recipe("linear", 0.6, 0.4),
    ],
)
def test_weights_are_held_against_the_found_ones_only_where_they_mean_the_same(body) -> None:
    assert parents(body) == ["declared", "declared"]


def test_a_wrong_share_of_a_linear_merge_is_still_wrong() -> None:
    assert parents(recipe("linear", 0.5, 0.5)) == ["declared-wrongly", "declared-wrongly"]


def test_two_weights_for_one_model_are_said() -> None:
    body = recipe("linear", 0.5, 0.5) + "Now:\n\n" + recipe("linear", 0.6, 0.4)
    lines = [str(row["line"]) for row in concluded(body)["declaration"].tables["problems"]]
    assert any("one weight for a model" in line for line in lines)


@pytest.mark.parametrize(
    ("relation", "front", "outcome"),
    [
        ("fine-tune", "tags: [merge]\n", "declared"),
        ("fine-tune", "base_model_relation: merge\n", "declared"),
        ("fine-tune", "base_model_relation: quantized\n", "declared"),
        ("quantized", "tags: [merge, mergekit]\n", "declared"),
        ("quantized", "base_model_relation: finetune\n", "declared-wrongly"),
        ("identical", "base_model_relation: quantized\n", "declared-wrongly"),
        ("identical", "base_model_relation: finetune\n", "declared-wrongly"),
        ("identical", "", "declared"),
    ],
)
def test_a_declared_relation_is_wrong_only_where_it_cannot_be_right(relation, front, outcome) -> None:
    assert parents(front=f"base_model: sky/Nimbus-1\n{front}", found=verdict(relation, "nimbus")) == [outcome]


def test_a_copy_in_another_format_is_quantized_in_the_words_of_the_hub() -> None:
    converted = verdict("identical", "nimbus", then=("converted",))
    front = "base_model: sky/Nimbus-1\nbase_model_relation: quantized\n"
    assert parents(front=front, found=converted) == ["declared"]


def test_a_copy_may_repeat_how_its_original_was_made() -> None:
    same = verdict("identical", "nimbus")
    assert contradicted("This model was fine-tuned from Basalt-1.", found=same) == []
    assert contradicted("This model was fine-tuned from Nimbus-1.", found=same) == ["fine-tune"]


@pytest.mark.parametrize("relation", ["identical", "fine-tune", "low-rank-fine-tune", "rearranged", "stacked"])
def test_a_model_whose_candidate_declares_it_is_not_accused(relation) -> None:
    found = verdict(relation, "nimbus")
    said = "Rivo was trained from scratch."
    finding = concluded(said, found=found, theirs="base_model: city/Rivo\n")["disclosure"]
    assert [row["declared"] for row in finding.tables["parents"]] == ["unclear"]
    assert [row["outcome"] for row in finding.tables["claims"]] == ["not-testable"]
    assert finding.measurements[0].value == "undecided"
    # Without that word the order is as open, and is said to be.
    finding = concluded(said, found=found)["disclosure"]
    assert "if Nimbus was there first" in finding.statement
    assert "which the weights do not show" in str(finding.tables["parents"][0]["note"])


def test_no_candidate_can_talk_a_merge_out_of_being_one() -> None:
    assert parents(theirs="base_model: city/Rivo\n") == ["not-declared", "not-declared"]


def test_a_declared_distillation_is_not_contradicted_by_independence() -> None:
    found = verdict("independent")
    front = "base_model: sky/Nimbus-1\n"
    told = concluded("Rivo was distilled from Nimbus-1.", front, found)["disclosure"]
    assert told.tables["declared"][0]["outcome"] == "not-testable"
    assert concluded("", front, found)["disclosure"].tables["declared"][0]["outcome"] == "contradicted"


def test_a_dual_licence_with_both_texts_contradicts_nothing() -> None:
    front = 'license: "MIT OR Apache-2.0"\n'
    card = f"---\n{front}---\n# Rivo\n".encode()
    findings = concluded(card=card, **{"LICENSE-MIT.txt": licence_text("MIT").encode()})
    (row,) = [row for row in findings["declaration"].tables["licences"] if row["model"] == "subject"]
    assert (row["how"], row["key"]) == ("text-and-declared", "")
    other = concluded(card=b"---\nlicense: mit\n---\n")["declaration"].tables["licences"][0]
    assert other["how"] == "contradictory"


def test_a_licence_in_another_encoding_and_one_that_was_not_read_are_not_missing() -> None:
    wide = concluded("Merge of Nimbus and Basalt.", LICENSE=licence_text("Apache-2.0").encode("utf-16"))
    unread = concluded("Merge of Nimbus and Basalt.", LICENSE=b"", unread=("LICENSE",))
    for found, status in ((wide, "met"), (unread, "not-checkable")):
        rows = found["obligations"].tables["obligations"]
        assert {row["status"] for row in rows if row["kind"] == "give-licence-copy"} == {status}


@pytest.mark.parametrize("relation", ["identical", "fine-tune", "low-rank-fine-tune", "rearranged"])
def test_an_original_that_says_from_scratch_is_told_under_which_condition_not(relation) -> None:
    found = concluded("Rivo was trained from scratch by Cidade Labs.", found=verdict(relation, "nimbus"))
    (row,) = found["disclosure"].tables["claims"]
    assert row["outcome"] == "contradicted"
    assert str(row["note"]).endswith("; this holds if it was there first, which the weights do not show")


def test_a_merge_needs_no_such_condition() -> None:
    (row,) = concluded("Rivo was trained from scratch by Cidade Labs.")["disclosure"].tables["claims"]
    assert "was there first" not in str(row["note"])
