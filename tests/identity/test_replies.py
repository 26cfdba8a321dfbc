"""The hand-labelled replies: each label is found in its text and follows the rules, and no reply is in both sets."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.records import LANGUAGES, Part, Status

DATA = Path(__file__).parent / "data"
SETS = ("seen", "unseen")
CASE = {"basalt", "nimbus", "cirrus", "onyx", "rivo"}


def read(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"replies-{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_enough_in_every_language() -> None:
    unseen, every = Counter(row["language"] for row in read("unseen")), Counter()
    for name in SETS:
        every.update(row["language"] for row in read(name))
    assert every.total() >= 660
    assert set(every) == set(LANGUAGES)
    assert min(every.values()) >= 100
    assert all(0.2 <= unseen[language] / every[language] <= 0.45 for language in LANGUAGES)


@pytest.mark.parametrize("name", SETS)
def test_each_reply_is_on_the_side_its_digest_says(name: str) -> None:
    rows = read(name)
    assert len({(row["language"], row["text"]) for row in rows}) == len(rows)
    for row in rows:
        first = hashlib.sha256(f"{row['language']}\n{row['text']}".encode()).digest()[0]
        assert (first % 3 == 0) == (name == "unseen")


@pytest.mark.parametrize("name", SETS)
def test_labels_follow_the_rules(name: str) -> None:
    keys = CASE | {identity.key for identity in make_lexicon().identities}
    for number, row in enumerate(read(name), 1):
        where = f"replies-{name}.jsonl:{number}"
        claims, mentions, status = row["claims"], row["mentions"], row["status"]
        assert status in get_args(Status) and row["stop"] in ("stop", "length"), where
        assert (status == "claim") == bool(claims), where
        assert status in ("claim", "mention", "cut", "refused") or not mentions, where
        assert status != "mention" or mentions, where
        assert status != "cut" or row["stop"] == "length", where
        assert not {claim["key"] for claim in claims} & {mention["key"] for mention in mentions}, where
        for label in (*claims, *mentions):
            assert label["name"] and label["name"] in row["text"], where
            unknown = f"unknown:{label['name'].casefold()}"
            assert label["key"] in keys or (label in claims and label["key"] == unknown), where
        assert all(claim["part"] in get_args(Part) for claim in claims), where
        assert len({(claim["key"], claim["part"]) for claim in claims}) == len(claims), where
