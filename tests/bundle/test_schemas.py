"""Every document of a bundle has the form that its published schema gives."""

import base64
import json

import jsonschema
import pytest

from conftest import ROOT


def _schema(name: str) -> dict:
    return json.loads((ROOT / f"schemas/{name}.schema.json").read_text())


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("manifest.json", "manifest-v1"),
        ("as-run.json", "as-run-v1"),
        ("inputs.json", "inputs-v1"),
        ("survey.json", "survey-v1"),
        ("structure.json", "structure-v1"),
        ("policy.json", "policy-v1"),
        ("verdict.json", "verdict-v1"),
        ("as-run/environment.json", "environment-v1"),
    ],
)
def test_document(made, name: str, schema: str) -> None:
    jsonschema.validate(json.loads((made / "bundle" / name).read_bytes()), _schema(schema))


def test_measurements(made) -> None:
    validator = jsonschema.Draft202012Validator(_schema("measurement-v1"))
    lines = (made / "bundle/measurements.jsonl").read_bytes().splitlines()
    assert len(lines) == 50
    for line in lines:
        validator.validate(json.loads(line))


def test_responses(made) -> None:
    paths = sorted((made / "bundle/responses").glob("*.dsse.json"))
    assert len(paths) == 2
    for path in paths:
        statement = json.loads(base64.b64decode(json.loads(path.read_bytes())["payload"]))
        jsonschema.validate(statement["predicate"], _schema("response-v1"))


def test_replications(bundle, parentage) -> None:
    parentage("replicate", bundle, "--fraction", 0.1, "--key", "stranger")
    (path,) = (bundle / "replications").glob("*.dsse.json")
    statement = json.loads(base64.b64decode(json.loads(path.read_bytes())["payload"]))
    jsonschema.validate(statement["predicate"], _schema("replication-v1"))
    parentage("verify", bundle)
