"""Bundles whose figures were changed at random, digests recomputed: a step fails, or nothing; never a traceback."""

import json
import random
import shutil

import pytest

from bundle.conftest import relist
from parentage.audit.bundle.verification import VerificationError, verify_bundle

VALUES = [None, 0, -1, 1.5, 1e308, "", "x", [], {}, True, 10**18, 10**30, "nan", [[1]], 1e-320]
NAMES = ["inputs.json", "survey.json", "measurements.jsonl", "verdict.json", "policy.json"]


def _places(value, place=()):
    yield place
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from _places(inner, (*place, key))


def _change(document, rng: random.Random) -> None:
    *outer, key = rng.choice([place for place in _places(document) if place])
    inside = document
    for step in outer:
        inside = inside[step]
    if rng.random() < 0.8:
        inside[key] = rng.choice(VALUES)
    elif isinstance(inside, list):
        inside.insert(key, inside[key]) if rng.random() < 0.5 else inside.pop(key)
    else:
        inside.pop(key)


@pytest.mark.parametrize("name", NAMES)
def test_changed_at_random(made, tmp_path, name) -> None:
    rng = random.Random(name)
    steps = set()
    for turn in range(40):
        folder = tmp_path / str(turn)
        shutil.copytree(made / "bundle", folder, ignore=shutil.ignore_patterns("attestations", "responses"))
        lines = (folder / name).read_text().splitlines() if name.endswith("l") else [(folder / name).read_text()]
        place = rng.randrange(len(lines))
        document = json.loads(lines[place])
        _change(document, rng)
        lines[place] = json.dumps(document)
        (folder / name).write_text("".join(line + "\n" for line in lines))
        relist(folder)
        try:
            verify_bundle(folder)
        except VerificationError as error:
            steps.add(error.number)
        shutil.rmtree(folder)
    assert steps and steps <= {4, 5, 6, 7, 8}
