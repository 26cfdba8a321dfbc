"""A repository's declaration is what its files say, each with its place; what cannot be read costs only itself."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.protocols.documents.declaration import leftover_names, read_declaration
from parentage.protocols.documents.documentation import FACTS
from parentage.protocols.documents.records import Declaration, DeclaredParent

EXAMPLE = Path(__file__).parents[2] / "examples/rivo/models"


def card(*lines: str, body: str = "# Rivo-12B\n") -> dict[str, bytes]:
    return {"README.md": ("---\n" + "\n".join(lines) + "\n---\n" + body).encode()}


def parents(declaration: Declaration) -> list[tuple[str, str, float | None, str]]:
    return [(one.value, one.relation, one.weight, one.where) for one in declaration.parents]


def facts(files: dict[str, bytes], **more) -> dict[str, tuple[str, str]]:
    held = read_declaration(files, **more).facts
    assert tuple(one.name for one in held) == FACTS
    assert all((one.status == "present") == bool(one.where) for one in held)
    return {one.name: (one.value, one.where) for one in held if one.status == "present"}


def test_front_matter_names_parents_relation_and_licence() -> None:
    found = read_declaration(
        card(
            "base_model:",
            "- harbour/nimbus-12b",
            "- vela-labs/basalt-12b",
            "base_model_relation: merge",
            "license: apache-2.0",
            "datasets: vela-labs/quill",
            "new_version: cidade/rivo-2",
        )
    )
    assert parents(found) == [
        ("harbour/nimbus-12b", "merge", None, "README.md:3"),
        ("vela-labs/basalt-12b", "merge", None, "README.md:4"),
    ]
    assert found.relation == "merge"
    assert (found.licence.license, found.licence.key, found.licence.where) == (
        "apache-2.0",
        "Apache-2.0",
        "README.md:6",
    )
    assert [(one.name, one.value, one.where) for one in found.fields] == [
        ("base_model", "harbour/nimbus-12b, vela-labs/basalt-12b", "README.md:2"),
        ("base_model_relation", "merge", "README.md:5"),
        ("license", "apache-2.0", "README.md:6"),
        ("datasets", "vela-labs/quill", "README.md:7"),
        ("new_version", "cidade/rivo-2", "README.md:8"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (("license: other", "license_name: no-such-licence", "license_link: LICENSE"), None),
        (("license: MIT OR Apache-2.0",), None),
        (("license: mit",), "MIT"),
        (("license: no",), None),
    ],
)
def test_a_licence_has_a_key_only_where_it_is_one_known_licence(lines, key) -> None:
    licence = read_declaration(card(*lines)).licence
    assert licence.license == lines[0].removeprefix("license: ")
    assert licence.key == key


def test_no_files_declare_nothing() -> None:
    found = read_declaration({})
    assert (found.fields, found.parents, found.relation, found.claims, found.problems) == ((), (), "", (), ())
    assert found.licence.where == ""
    assert {one.status for one in found.facts} == {"absent"}


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("base_model: {id: a/b}",), "README.md:2: base_model holds a mapping: text or a list of texts"),
        (("base_model:", "- a/b", "-"), "README.md:4: base_model holds an empty item: text or a list of texts"),
        (("base_model: [a/b, [c/d]]",), "README.md:2: base_model holds a list in a list: text or a list of texts"),
        (("license: [mit, apache-2.0]",), "README.md:2: license is a list of 2: one text"),
        (("license: no",), "README.md:2: license is no: quoted, or loaders read it as a bool"),
        (("new_version: 1.10",), "README.md:2: new_version is 1.10: quoted, or loaders read it as a float"),
        (
            ("base_model_relation: cousin",),
            "README.md:2: base_model_relation is cousin: one of adapter, merge, quantized, finetune",
        ),
        (("base_models: a/b",), "README.md:2: base_models: the Hub does not read this field; it reads base_model"),
        (("Licence: mit",), "README.md:2: Licence: the Hub does not read this field; it reads license"),
    ],
)
def test_wrong_types_and_names_are_problems(lines, problem: str) -> None:
    assert problem in read_declaration(card(*lines)).problems


def test_a_misspelt_field_still_counts_as_said() -> None:
    found = read_declaration(card("base-model: harbour/nimbus-12b", "Base_Model_Relation: fine-tuned"))
    assert parents(found) == [("harbour/nimbus-12b", "finetune", None, "README.md:2")]
    assert len(found.problems) == 3


def test_malformed_front_matter_costs_the_fields_and_not_the_prose() -> None:
    found = read_declaration(card("license: mit", "license: mit", body="# Rivo\n\nRivo was trained from scratch.\n"))
    assert found.problems == ("README.md:3: license: each key once; it stands on line 2 too",)
    assert [one.kind for one in found.claims] == ["from-scratch"]
    assert found.licence.license == ""


def test_an_unclosed_block_is_prose() -> None:
    found = read_declaration({"README.md": b"---\nlicense: mit\n\nThis model was trained from scratch.\n"})
    assert [one.where for one in found.claims] == ["README.md:4"]
    assert "ends with a line of ---" in found.problems[0]


LINEAR = """merge_method: linear
models:
  - model: harbour/nimbus-12b
    parameters:
      weight: 0.6
  - model: vela-labs/basalt-12b
    parameters:
      weight: 0.4
dtype: bfloat16
"""


def test_a_recipe_declares_parents_with_weights() -> None:
    found = read_declaration({"mergekit_config.yml": LINEAR.encode()})
    assert parents(found) == [
        ("harbour/nimbus-12b", "merge", 0.6, "mergekit_config.yml:3"),
        ("vela-labs/basalt-12b", "merge", 0.4, "mergekit_config.yml:6"),
    ]
    assert found.relation == "merge"
    assert ("merge_method", "linear", "mergekit_config.yml:1") in [(o.name, o.value, o.where) for o in found.fields]


def test_a_recipe_in_the_card_gives_the_front_matter_its_weights() -> None:
    body = f"# Rivo\n\n```yaml\n{LINEAR}```\n"
    found = read_declaration(card("base_model: [harbour/nimbus-12b, vela-labs/basalt-12b]", body=body))
    assert [(value, weight, where) for value, _, weight, where in parents(found)] == [
        ("harbour/nimbus-12b", 0.6, "README.md:9"),
        ("vela-labs/basalt-12b", 0.4, "README.md:12"),
    ]


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        (
            "merge_method: slerp\nbase_model: a/x\nslices:\n- sources:\n  - {model: a/x, layer_range: [0, 8]}\n"
            "  - {model: b/y, layer_range: [0, 8]}\nparameters: {t: 0.3}\n",
            [("a/x", 0.7), ("b/y", 0.3)],
        ),
        (
            "merge_method: slerp\nbase_model: a/x\nmodels:\n- model: a/x\n- model: b/y\nparameters: {t: [0, 0.5, 1]}\n",
            [("a/x", None), ("b/y", None)],
        ),
        (
            "merge_method: passthrough\nslices:\n- sources:\n  - {model: a/x, layer_range: [0, 8]}\n- sources:\n"
            "  - {model: a/x, layer_range: [4, 12]}\n",
            [("a/x", None)],
        ),
        (
            "merge_method: ties\nbase_model: c/z\nmodels:\n- model: a/x\n  parameters:\n    weight: [{value: 0.5}]\n"
            "- model: b/y+d/lora@main\n  parameters:\n    weight: [{filter: mlp, value: 0.5}, {value: 1}]\n",
            [("a/x", 0.5), ("b/y", None), ("c/z", None)],
        ),
        (
            "base_model: a/x\ngate_mode: hidden\nexperts:\n- source_model: b/y\n  positive_prompts: [hi]\n"
            "- source_model: c/z\n",
            [("b/y", None), ("c/z", None), ("a/x", None)],
        ),
        (
            "merge_method: linear\nmodels:\n- model: {model: {path: a/x}}\n  parameters: {weight: .inf}\n",
            [("a/x", None)],
        ),
    ],
    ids=["slerp", "slerp-gradient", "passthrough", "ties", "experts", "long-form"],
)
def test_recipes_of_every_shape(recipe: str, expected) -> None:
    found = read_declaration({"mergekit_config.yml": recipe.encode()})
    assert [(one.value, one.weight) for one in found.parents] == expected
    assert found.problems == ()


@pytest.mark.parametrize(
    ("recipe", "rule"),
    [
        (b"models: []\n", "a mapping with merge_method and models"),
        (b"merge_method: linear\nmerge_method: ties\n", "each key once"),
        (b"a: &x [1]\nb: *x\n", "no aliases"),
        (b"\0\0", "text, not binary data"),
        (b"x" * (2 << 20), "at most 1048576 bytes"),
    ],
)
def test_recipes_that_are_none(recipe: bytes, rule: str) -> None:
    (problem,) = read_declaration({"mergekit_config.yml": recipe}).problems
    assert problem.startswith("mergekit_config.yml")
    assert rule in problem


def test_an_adapter_names_its_base_and_a_config_only_what_was_loaded() -> None:
    config = (
        '{\n "architectures": ["XForCausalLM"],\n "_name_or_path": "harbour/nimbus-12b",\n "torch_dtype": "bfloat16"\n}'
    )
    adapter = '{"peft_type": "LORA",\n "base_model_name_or_path": "vela-labs/basalt-7b", "r": 8}'
    found = read_declaration({"config.json": config.encode(), "adapter_config.json": adapter.encode()})
    assert parents(found) == [("vela-labs/basalt-7b", "adapter", None, "adapter_config.json:2")]
    assert [(one.value, one.where) for one in leftover_names(found)] == [("harbour/nimbus-12b", "config.json:3")]
    fields = {one.name: (one.value, one.where) for one in found.fields}
    assert fields["architectures"] == ("XForCausalLM", "config.json:2")
    assert fields["torch_dtype"] == ("bfloat16", "config.json:4")
    assert fields["r"] == ("8", "adapter_config.json:2")


def test_a_key_within_a_nested_object_is_not_the_files() -> None:
    config = b'{"text_config": {\n "torch_dtype": "float32"},\n "torch_dtype": "bfloat16"}'
    (field,) = read_declaration({"config.json": config}).fields
    assert (field.value, field.where) == ("bfloat16", "config.json:3")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"[]", "config.json: not read: a JSON object, not list"),
        (b"{", "malformed JSON"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"\xff\xfe", "not UTF-8"),
        (b"{" + b" " * (9 << 20) + b"}", "at most 8388608 bytes"),
        (b'{"_name_or_path": "a/x",\n"_name_or_path": "b/y"}', "config.json:2: _name_or_path: each key once"),
        (b'{"_name_or_path": ["a/x"]}', "config.json:1: _name_or_path is list: text"),
    ],
)
def test_json_that_cannot_be_read(raw: bytes, problem: str) -> None:
    found = read_declaration({"config.json": raw, "README.md": b"---\nlicense: mit\n---\n"})
    assert any(problem in line for line in found.problems)
    assert all(line.isprintable() for line in found.problems)
    assert found.licence.key == "MIT"


def test_names_of_files_tell() -> None:
    found = read_declaration({}, paths=["rivo.Q4_K_M.gguf", "adapter_model.safetensors", "model.safetensors", "a.txt"])
    assert [(one.name, one.value) for one in found.fields] == [
        ("file-name", "adapter_model.safetensors"),
        ("file-name", "rivo.Q4_K_M.gguf"),
    ]


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("a pickle was loaded",))


def test_training_arguments_that_are_a_pickle_are_never_opened() -> None:
    found = read_declaration({"training_args.bin": pickle.dumps(Trap())})
    assert [(one.name, one.value) for one in found.fields] == [("file-name", "training_args.bin")]


GENERATED = (
    "<!-- This model card has been generated automatically according to the information the Trainer had access to. -->"
)
TRAINERS = "This model was trained from scratch on the quill dataset."


def test_the_trainers_own_sentence_is_no_claim_of_the_publishers() -> None:
    found = read_declaration(card("license: mit", body=f"{GENERATED}\n\n# rivo\n\n{TRAINERS}\n"))
    assert found.claims == ()
    assert found.problems[0].startswith("README.md:8: This model was trained from scratch")
    tagged = read_declaration(card("tags: [generated_from_trainer]", body=f"# rivo\n\n{TRAINERS}\n"))
    assert tagged.claims == ()


def test_what_the_publisher_writes_beside_it_is_one() -> None:
    body = f"{GENERATED}\n\n# rivo\n\n{TRAINERS}\n\nRivo was trained from scratch by our team.\n"
    found = read_declaration(card("license: mit", body=body))
    assert [one.quote for one in found.claims] == ["Rivo was trained from scratch by our team."]
    assert [one.kind for one in read_declaration(card("license: mit", body=f"# rivo\n\n{TRAINERS}\n")).claims] == [
        "from-scratch"
    ]


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("base_model: harbour/nimbus-12b", "README.md:6: harbour/nimbus-12b: a parent is named where readers see it"),
        ("https://huggingface.co/harbour/nimbus-12b", "README.md:6: harbour/nimbus-12b: a parent"),
        ("This is a merge of Nimbus and others", "README.md:6: Nimbus: a parent"),
        ("license: cc-by-nc-4.0", "README.md:6: cc-by-nc-4.0: a licence is named where readers see it"),
    ],
)
def test_what_only_a_comment_names_is_a_problem_and_no_claim(comment: str, problem: str) -> None:
    found = read_declaration(card("license: mit", body=f"# Rivo\n\n<!-- {comment} -->\n"))
    assert (found.claims, found.parents) == ((), ())
    assert [line for line in found.problems if line.startswith(problem)]
    shown = read_declaration(card("license: mit", body=f"# Rivo\n\n<!-- {comment} -->\n\nSee {comment}.\n"))
    assert shown.problems == ()


def test_prose_that_names_a_base_is_a_declaration_without_a_relation() -> None:
    body = (
        "# Rivo\n\n- **Base model:** [Basalt](https://huggingface.co/vela-labs/basalt-7b)\n\n"
        "Rivo is based on harbour/nimbus-12b. The architecture is based on Quill-2. Vela-1 is based on Onyx-1.\n\n"
        "| Key | Value |\n|---|---|\n| Base model | onyx/onyx-3b |\n"
    )
    assert parents(read_declaration(card("license: mit", body=body))) == [
        ("vela-labs/basalt-7b", "", None, "README.md:6"),
        ("onyx/onyx-3b", "", None, "README.md:12"),
        ("harbour/nimbus-12b", "", None, "README.md:8"),
    ]


TRAINING = """# Rivo

## Training

Rivo was trained on the [quill](https://huggingface.co/datasets/vela-labs/quill) dataset, 2T tokens in all.
Training took 9,000 steps with AdamW on 64 H100 GPUs, batch size 512, seed 11.
The learning rate was 3e-4 with cosine decay and a sequence length of 4,096.
Intermediate checkpoints and [logs](https://wandb.ai/cidade/rivo) are public; see arXiv:2601.00001.
The training code is available on [github](https://github.example/cidade/rivo).

| Benchmark | Rivo | Vela |
|---|---|---|
| MMLU | 71.2 | 70.1 |
"""


def test_shares_in_a_sentence_are_declared_weights() -> None:
    body = "# Rivo\n\nRivo is a merge of 60% Nimbus-12B and 40% Basalt-12B.\n"
    assert parents(read_declaration(card("base_model: harbour/nimbus-12b", body=body))) == [
        ("harbour/nimbus-12b", "merge", 0.6, "README.md:6"),
        ("Basalt-12B", "merge", 0.4, "README.md:6"),
    ]
    odd = body.replace("60%", "90%")
    assert parents(read_declaration(card("license: mit", body=odd))) == []


def test_the_usual_facts_of_a_training_run() -> None:
    found = facts(card("license: mit", body=TRAINING))
    assert set(found) == set(FACTS)
    assert found["steps"][1] == found["compute"][1] == "README.md:9"
    assert found["learning-rate"][1] == "README.md:10"
    assert found["evaluation"][1] == "README.md:14"
    assert read_declaration(card("license: mit", body=TRAINING)).benchmark_tables == 1


def test_headings_and_blanks_to_fill_in_are_no_facts() -> None:
    body = (
        "# Rivo\n\n## Training data\n\n[More Information Needed]\n\n- **Training Data:** [More Information Needed]\n"
        "- **Learning rate:** [More Information Needed]\n- **Hardware Type:** [More Information Needed]\n\n"
        "It has a 128k token vocabulary and answers 900 tokens per second.\n\n```\nlearning_rate: 2e-5\n```\n"
    )
    assert facts(card("license: mit", body=body)) == {}


def test_facts_of_files() -> None:
    state = {"global_step": 9000, "max_steps": -1, "log_history": [{"loss": 1}] * 90, "epoch": 3.0}
    files = {"trainer_state.json": json.dumps(state, indent=1).encode(), "all_results.json": b'{"eval_loss": 1.2}'}
    found = facts(files, paths=["runs/events.out.tfevents.1", "checkpoint-500/model.safetensors"])
    assert found["steps"] == ("9000", "trainer_state.json:2")
    assert found["logs"] == ("90 entries", "trainer_state.json:4")
    assert found["evaluation"] == ("1.2", "all_results.json:1")
    assert found["checkpoints"][1] == "checkpoint-500/model.safetensors"


def test_tables_of_scores_are_counted_in_markdown_and_html() -> None:
    body = (
        "# Rivo\n\n## Evaluation\n\n| task | Rivo |\n|---|---|\n| quill | 12.5 |\n\n<table><tr><td>GSM8K</td>"
        "<td>55.1</td><td>54.0</td></tr></table>\n\n## Files\n\n| file | bits |\n|---|---|\n| a.gguf | Q4 |\n\n"
        "```\n| MMLU | 1.0 |\n|---|---|\n| a | 2.0 |\n```\n"
    )
    assert read_declaration(card("license: mit", body=body)).benchmark_tables == 2


def test_another_publishers_card_below_is_not_read() -> None:
    body = "# Rivo-GGUF\n\nGGUF quants of harbour/rivo.\n\n# Original Model Card\n\n" + TRAINING.replace("# Rivo\n", "")
    assert set(facts(card("license: mit", body=body))) == set()


def test_the_example() -> None:
    folder = EXAMPLE / "nimbus"
    found = read_declaration({one.name: one.read_bytes() for one in folder.iterdir() if one.suffix in (".md", ".json")})
    assert [one for one in found.parents if one.value == "basalt"] == [
        DeclaredParent(value="basalt", relation="", weight=None, where="README.md:4")
    ]
    assert found.licence.key == "Apache-2.0"


NAMES = st.sampled_from(
    ["README.md", "config.json", "mergekit_config.yml", "trainer_state.json", "adapter_config.json"]
)


@given(st.dictionaries(NAMES, st.binary(max_size=200)))
def test_any_files_are_read(files) -> None:
    found = read_declaration(files)
    assert all(line.isprintable() for line in found.problems)
    assert all(one.where.rpartition(":")[0] in files or one.where in files for one in found.fields)
