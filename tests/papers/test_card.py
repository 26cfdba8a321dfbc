"""The corrected card: `patch` applies the diff, the Hub's own client reads the result, nothing else is changed."""

import dataclasses
import itertools
import re
import shutil
import subprocess

import pytest
import yaml
from huggingface_hub import ModelCard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers.audits import DESCENT, HOSTILE, LOCATIONS, RELATIONS, TEXTS, audit_document, finding, hostile_document
from parentage.errors import InputError, UsageError
from parentage.licensing.obligations import check_obligations
from parentage.licensing.records import ParentTerms, Published
from parentage.protocols.documents.card_claims import read_claims
from parentage.protocols.documents.card_text import parse_card_text
from parentage.protocols.documents.front_matter import parse_front_matter
from parentage.protocols.documents.records import Claim
from parentage.report.papers.card import correct_card
from parentage.report.papers.card_edits import Edit, apply_edits, unified_diff
from parentage.report.papers.notice import write_notice
from parentage.report.papers.records import ClaimOutcome, ObligationFact

PATCH = shutil.which("patch")
_SPLIT = re.compile(r"[^\n]*\n|[^\n]+")
PARENTS = ["nimbus-collective/nimbus-7b", "quarry-labs/basalt-7b"]
SCRATCH = "Rivo was trained from scratch by Cidade Labs."
BODY = f"# Rivo 7B\n\n{SCRATCH}\n"


def patched(tmp_path, card: bytes | None, diff: str) -> bytes:
    """What the diff makes of a card, by its letter, and by `patch -p1` without any fuzz where that is installed."""
    new = applied((card or b"").decode(), diff).encode()
    if PATCH is None or not diff:
        return new
    path = tmp_path / "README.md"
    path.unlink(missing_ok=True)
    if card is not None:
        path.write_bytes(card)
    command = [PATCH, "-p1", "--fuzz=0", "--no-backup-if-mismatch", "--silent"]
    done = subprocess.run(command, input=diff.encode(), cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert path.read_bytes() == new
    return new


def fields_of(card: str) -> dict:
    return ModelCard(card).data.to_dict()


@pytest.fixture
def facts(facts_of):
    return facts_of()


@pytest.fixture
def with_card(facts_of):
    """Facts of a merge whose subject has this card; the claim's line is found in it."""

    def make(card: str | bytes, **changes):
        raw = card if isinstance(card, bytes) else card.encode()
        lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        claim = next((number for number, line in enumerate(lines, 1) if line.lstrip("*> -").startswith("Rivo was")), 1)
        facts = facts_of()
        claims = tuple(dataclasses.replace(one, where=f"README.md:{claim}") for one in facts.disclosure.claims)
        disclosure = dataclasses.replace(facts.disclosure, **{"claims": claims, **changes})
        return dataclasses.replace(facts, card=raw, disclosure=disclosure)

    return make


@pytest.mark.parametrize("relation", DESCENT)
def test_papers_of_each_relation(facts_of, golden, tmp_path, relation: str) -> None:
    facts = facts_of(relation)
    corrected = correct_card(facts)
    golden(f"card-{relation}.diff", corrected.diff)
    assert patched(tmp_path, facts.card, corrected.diff) == corrected.text.encode()
    data = fields_of(corrected.text)
    assert data["base_model"] == (PARENTS if relation == "merge" else PARENTS[:1])
    words = {"merge": "merge", "fine-tune": "finetune", "low-rank-fine-tune": "finetune", "quantized": "quantized"}
    assert data.get("base_model_relation") == words.get(relation)
    assert data.get("tags") == (["merge"] if relation == "merge" else None)
    assert SCRATCH not in corrected.text
    assert f"-{SCRATCH}" in corrected.diff


def test_the_whole_card(facts_of, golden) -> None:
    golden("card-merge.md", correct_card(facts_of()).text)


def test_a_card_where_there_was_none(facts_of, golden, tmp_path) -> None:
    texts = {name: text for name, text in TEXTS.items() if name != "subject/README.md"}
    corrected = correct_card(facts_of(audit_document(), texts))
    golden("card-new.diff", corrected.diff)
    assert patched(tmp_path, None, corrected.diff) == corrected.text.encode()
    assert fields_of(corrected.text)["base_model"] == PARENTS


@pytest.mark.parametrize("relation", [one for one in RELATIONS if one not in DESCENT])
def test_without_parents_there_is_nothing_to_correct(facts_of, relation: str) -> None:
    with pytest.raises(UsageError, match=f"{relation} and names no parent"):
        correct_card(facts_of(relation))


def test_stacked_on_two_is_a_merge_to_the_hub(facts_of) -> None:
    document = audit_document("merge")
    document["verdict"]["relation"] = "stacked"
    assert fields_of(correct_card(facts_of(document)).text)["base_model_relation"] == "merge"


FRONTS = {
    "none": "",
    "empty": "---\n---\n",
    "blank": "---\n\n---\n",
    "comment only": "---\n# nothing yet\n---\n",
    "plain": "---\nlicense: mit\nlanguage: [en, pt]\n---\n",
    "one right": f"---\nbase_model: {PARENTS[0]}\nlicense: mit\n---\n",
    "one right, commented": f"---\nbase_model: {PARENTS[0]}  # ours\nlicense: mit  # yes\n---\n",
    "one right by title": "---\nbase_model: Nimbus-7B\n---\n",
    "block list": f"---\nbase_model:\n  - {PARENTS[0]}  # first\nlicense: mit\n---\n",
    "block list, not set in": f"---\nbase_model:\n- {PARENTS[0]}\n# about the licence\nlicense: mit\n---\n",
    "flow list": f"---\nbase_model: [{PARENTS[0]}]\nlicense: 'mit'\n---\n",
    "flow list, comma left": f'---\nbase_model: ["{PARENTS[0]}", ]\n---\n',
    "flow list on lines": f"---\nbase_model: [\n  {PARENTS[0]}\n  ]\nlicense: mit\n---\n",
    "empty list": "---\nbase_model: []\ntags: []\n---\n",
    "null": "---\nbase_model:\ntags:\nlicense: mit\n---\n",
    "null words": "---\nbase_model: null\ntags: ~\n---\n",
    "both right": f"---\nbase_model: [{', '.join(PARENTS)}]\nbase_model_relation: merge\ntags: [merge]\n---\n",
    "other order": f"---\nbase_model: [{PARENTS[1]}, {PARENTS[0]}]\n---\n",
    "wrong shape": "---\nbase_model: {name: x}\nlicense: mit\n---\n",
    "wrong relation": f"---\nbase_model: {PARENTS[0]}\nbase_model_relation: finetune\n---\n",
    "quoted relation": '---\nbase_model_relation: "finetune" # so they say\nlicense: mit\n---\n',
    "folded relation": "---\nbase_model_relation: >-\n  finetune\nlicense: mit\n---\n",
    "tags block": "---\ntags:\n- chat\n- 'pt'\nlicense: mit\n---\n",
    "tags flow": "---\ntags: [chat, pt]\n---\n",
    "tags text": "---\ntags: chat\nlicense: mit\n---\n",
    "tags other": "---\ntags: {a: b}\nlicense: mit\n---\n",
    "quoted key": '---\n"base_model": "someone/else"\n---\n',
    "set in": "---\n  license: mit\n  tags:\n    - chat\n---\n",
    "nested": "---\nx-results:\n- name: x\n  results:\n  - task: {type: a}\nlicense: mit\n---\n",
    "last is a block text": "---\nlicense: mit\nnotes: |\n  line one\n  base_model: no\n\n---\n",
    "last is kept": "---\nnotes: |+\n  line one\n\nlicense: mit\n---\n",
    "block text then comment": "---\nnotes: >\n  folded\n  text\n# end\n---\n",
    "unicode": "---\nauthor: 'São Paulo — 城市'\n---\n",
    "spaces after the fence": "---  \nlicense: mit\n---\t\n",
    "lines before": "\n\n---\nlicense: mit\n---\n",
    "byte order mark": "\ufeff---\nlicense: mit\n---\n",
    "no last break": "---\nlicense: mit\n---",
}


@pytest.mark.parametrize("shape", FRONTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_of_every_shape(with_card, tmp_path, shape: str, newline: str) -> None:
    front = FRONTS[shape]
    body = "" if front.endswith("---") and front else BODY
    card = (front + body).replace("\n", newline)
    facts = with_card(card)
    corrected = correct_card(facts)
    assert patched(tmp_path, facts.card, corrected.diff) == corrected.text.encode()
    data = fields_of(corrected.text)
    assert sorted(data["base_model"], key=str.casefold) in (
        PARENTS,
        ["Nimbus-7B", PARENTS[1]],
        [*PARENTS, "someone/else"],
    )
    assert data["base_model_relation"] == "merge"
    assert "merge" in data["tags"] or shape == "tags other"
    # The Hub's client skips what stands before the front matter in these.
    readable = card.lstrip("\ufeff").replace("---  ", "---") if shape != "empty" else ""
    before = fields_of(readable) if front else {}
    changed = {"base_model", "base_model_relation", "tags"}
    assert {k: v for k, v in data.items() if k not in changed} == {k: v for k, v in before.items() if k not in changed}
    kept = [line for line in front.split("\n") if "#" in line]
    assert all(line.rpartition("#")[2] in corrected.text for line in kept)
    if newline == "\r\n":
        assert corrected.text.count("\n") == corrected.text.count("\r\n")


def test_other_lines_stay_byte_for_byte(with_card) -> None:
    card = f"---\nlicense:   'mit'   # ours\n\nlanguage: [ en,pt ]\ntags: [chat]  # more\n---\n{BODY}"
    removed = [
        line for line in correct_card(with_card(card)).diff.split("\n") if line.startswith("-") and line[:3] != "---"
    ]
    assert removed == ["-tags: [chat]  # more", f"-{SCRATCH}"]


@pytest.mark.parametrize(
    "card",
    [
        b"---\nlicense: mit\nlicense: apache-2.0\n---\n",
        b"---\nlicense: [mit\n---\n",
        b"---\nbase_model: &a [x]\ntags: *a\n---\n",
        b"---\n{license: mit}\n---\n",
        b"---\n- a\n---\n",
        b"---\nlicense: mit\n",
        b"---\nlicense: \xff\n---\n",
        b"\x00\x01",
        b"---\nx: " + b"[" * 100_000 + b"\n---\n",
        b"---\nx: '" + b"a" * 1_100_000 + b"'\n---\n",
        b"a" * (10 << 20),
    ],
    ids=["twice", "malformed", "alias", "braces", "list", "no end", "no text", "binary", "deep", "long", "10 MB"],
)
def test_a_card_that_cannot_be_edited_safely_is_refused(with_card, card: bytes) -> None:
    with pytest.raises(InputError, match=r"README\.md"):
        correct_card(with_card(card))


def test_what_is_declared_and_not_contradicted_stays(facts_of) -> None:
    document = audit_document()
    rows = [("other/base", "not-testable"), ("other/wrong", "contradicted"), ("Basalt-7B", "found")]
    finding(document, "disclosure")["tables"]["declared"] = [
        {"value": value, "relation": "", "weight": None, "where": "README.md:2", "outcome": outcome, "note": ""}
        for value, outcome in rows
    ]
    card = f"---\nbase_model: [other/base, other/wrong]\n---\n{BODY}"
    locations = {**LOCATIONS, "basalt": "/somewhere/basalt"}
    facts = facts_of(document, {**TEXTS, "subject/README.md": card}, locations=locations)
    assert fields_of(correct_card(facts).text)["base_model"] == ["other/base", PARENTS[0], "Basalt-7B"]


def test_a_relation_that_none_fits_goes_only_where_it_is_wrong(facts_of) -> None:
    card = f"---\nbase_model_relation: finetune\nlicense: mit\n---\n{BODY}"
    document = audit_document("identical")
    facts = facts_of(document, {**TEXTS, "subject/README.md": card})
    assert fields_of(correct_card(facts).text)["base_model_relation"] == "finetune"
    finding(document, "disclosure")["tables"]["parents"][0]["declared"] = "declared-wrongly"
    facts = facts_of(document, {**TEXTS, "subject/README.md": card})
    assert "base_model_relation" not in fields_of(correct_card(facts).text)


@pytest.mark.parametrize(
    ("body", "quote", "left"),
    [
        (f"Intro. {SCRATCH} More.\n", SCRATCH, ("Intro. The weights", "#attribution). More.")),
        (f"**{SCRATCH}**\n", SCRATCH, ("**The weights", "#attribution).**")),
        ("Rivo was trained\nfrom  scratch by\nCidade Labs. More.\n", SCRATCH, ("The weights", "#attribution). More.")),
        ("Rivo was trained from scratch by Cidade Labs, on our data. More.\n", SCRATCH[:30] + "…", ("). More.",)),
        ("Rivo was **trained** from `scratch` by Cidade Labs.\n", SCRATCH, ("---\nThe weights", "#attribution).\n")),
        ("**Rivo was trained** from scratch by Cidade Labs.\n", SCRATCH, ("---\nThe weights", "#attribution).\n")),
        ("_Rivo was trained from scratch by Cidade Labs._ So.\n", SCRATCH, ("---\n_The weights", "#attribution)._ So")),
        (
            "Rivo was trained from scratch by [Cidade Labs](https://x.example/).\n",
            SCRATCH,
            ("---\nThe weights", "tion).\n"),
        ),
        ("[Rivo](https://x.example/a_b) was trained from scratch by Cidade Labs.\n", SCRATCH, ("---\nThe weights",)),
        ("Rivo grew up in a lab of ours.\n", SCRATCH, ("Rivo grew", "Correction: The weights")),
        ("| how | Rivo was trained from scratch by Cidade Labs. |\n", SCRATCH, ("| how | The weights", "). |")),
    ],
)
def test_a_contradicted_sentence_gives_way(with_card, tmp_path, body: str, quote: str, left: tuple[str, ...]) -> None:
    facts = with_card(f"---\nlicense: mit\n---\n{body}")
    claim = dataclasses.replace(facts.disclosure.claims[0], quote=quote, where="README.md:4")
    facts = dataclasses.replace(facts, disclosure=dataclasses.replace(facts.disclosure, claims=(claim, claim)))
    corrected = correct_card(facts)
    assert patched(tmp_path, facts.card, corrected.diff) == corrected.text.encode()
    for words in left:
        assert words in corrected.text
    assert corrected.text.count("see [Attribution]") == 1
    assert "x.example" not in corrected.text


@pytest.mark.parametrize(
    "body",
    [
        "Rivo is a language model. It was **trained from scratch** by [Cidade Labs](https://x.example) on our data.\n",
        "* Rivo was trained\n  entirely from scratch, with no third-party weights.\n* It is fast.\n",
        "We trained this model from scratch. We trained Rivo from zero.\n\nNo pre-trained weights were used.\n",
        f"We trained Rivo from scratch on {'many very good books and ' * 14}papers. Then more.\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_reader_of_cards_finds_no_contradiction_any_more(with_card, tmp_path, body: str, newline: str) -> None:
    card = f"---\nlicense: mit\n---\n# Rivo\n\n{body}".replace("\n", newline)
    claims = claims_of(card)
    assert {claim.kind for claim in claims} & {"from-scratch", "no-parents"}
    outcomes = tuple(
        ClaimOutcome(kind=claim.kind, quote=claim.quote, where=claim.where, outcome="contradicted", note="")
        for claim in claims
    )
    facts = with_card(card, claims=outcomes)
    corrected = correct_card(facts)
    assert patched(tmp_path, facts.card, corrected.diff) == corrected.text.encode()
    assert {claim.kind for claim in claims_of(corrected.text)} <= {"merge"}
    assert "Correction:" not in corrected.text


def claims_of(card: str) -> tuple[Claim, ...]:
    front = parse_front_matter(card.encode())
    return read_claims(parse_card_text(front.body, front.body_line), own=("Rivo 7B",))


@pytest.mark.parametrize(
    "where", ["README.md:2", "README.md:99999999", "README.md", "config.json:3", "", "README.md:0"]
)
def test_a_claim_that_is_nowhere_in_the_text_changes_no_line(with_card, where: str) -> None:
    facts = with_card(f"---\nlicense: mit\n---\n{BODY}")
    claim = dataclasses.replace(facts.disclosure.claims[0], where=where)
    facts = dataclasses.replace(facts, disclosure=dataclasses.replace(facts.disclosure, claims=(claim,)))
    assert SCRATCH in correct_card(facts).text


def test_a_corrected_card_needs_no_other_correction(facts_of, with_card) -> None:
    corrected = correct_card(facts_of())
    again = (
        with_card(corrected.text, claims=()) if False else dataclasses.replace(facts_of(), card=corrected.text.encode())
    )
    disclosure = dataclasses.replace(again.disclosure, claims=())
    assert correct_card(dataclasses.replace(again, disclosure=disclosure)).diff == ""


@pytest.mark.parametrize("relation", [one for one in DESCENT if one != "identical"])
@pytest.mark.parametrize(
    "licence",
    [
        "Apache-2.0",
        "MIT",
        "CC-BY-4.0",
        "LicenseRef-scancode-llama-3.1-license-2024",
        "LicenseRef-scancode-qwen-2024",
        "LicenseRef-scancode-falcon-2-11b-1.0",
        "LicenseRef-scancode-gemma-tou-2025-03-24",
    ],
)
def test_card_and_notice_meet_what_licences_ask_of_them(facts_of, relation: str, licence: str) -> None:
    """The check that found nothing in the publisher's files finds each thing in the corrected ones."""
    facts = facts_of(relation, locations={})
    terms = [
        ParentTerms(id=one.model.id, name=one.model.name, licence=licence, notice="Copyright 2026 Nimbus Collective\n")
        for one in facts.verdict.ancestors[:1]
    ]

    def owed(**files: str) -> dict:
        named = {name.replace("_", "."): text for name, text in files.items()}
        rows = check_obligations(terms, Published(name="Rivo 7B", files=named, licences={}, declared=None))
        wanted = ("retain-notice", "state-changes", "display-attribution")
        return {row.clause: row for row in rows if row.kind in wanted and row.status != "not-checkable"}

    before = owed(README_md=TEXTS["subject/README.md"])
    assert {row.status for row in before.values()} <= {"not-found", "disputed"}
    names = [field.name for field in dataclasses.fields(ObligationFact)]
    rows = tuple(ObligationFact(**{name: getattr(row, name) for name in names}) for row in before.values())
    facts = dataclasses.replace(facts, obligations=rows)
    after = owed(README_md=correct_card(facts).text, NOTICE=write_notice(facts))
    assert before
    assert {clause: row.status for clause, row in after.items()} == dict.fromkeys(before, "met")


@pytest.mark.parametrize("opener", ["```python", "~~~~", "<!-- draft"])
def test_a_block_that_never_ends_does_not_swallow_the_section(with_card, opener: str) -> None:
    text = correct_card(with_card(f"---\nlicense: mit\n---\n# Rivo\n\n{opener}\nx = 1\n")).text
    tokens = MarkdownIt().parse(text.partition("\n---\n")[2])
    headings = [after.content for token, after in itertools.pairwise(tokens) if token.type == "heading_open"]
    assert "Attribution" in headings


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_texts(facts_of, tmp_path, name: str) -> None:
    facts = facts_of(hostile_document(HOSTILE[name]), locations={})
    corrected = correct_card(facts)
    assert patched(tmp_path, facts.card, corrected.diff) == corrected.text.encode()
    data = yaml.safe_load(corrected.text.split("\n---\n")[0])
    assert (data["license"], data["language"], data["tags"]) == ("mit", ["en", "pt"], ["merge"])
    assert set(data) == {"license", "language", "base_model", "base_model_relation", "tags"}
    assert all(isinstance(one, str) and len(one) <= 120 for one in data["base_model"])
    tokens = MarkdownIt("commonmark", {"html": True}).parse(corrected.text.partition("\n---\n")[2])
    inner = [child for token in tokens for child in [token, *(token.children or ())]]
    assert not [token for token in inner if token.type in ("html_block", "html_inline", "image")]
    links = {str(token.attrs["href"]) for token in inner if token.type == "link_open"}
    assert links <= {"#attribution"}
    assert not set("\x00\x1b\u202e\u2066\ufeff") & set(corrected.text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60))
def test_any_name_is_read_back(facts, name: str) -> None:
    ancestors = tuple(
        dataclasses.replace(one, model=dataclasses.replace(one.model, name=name + one.model.id, location=""))
        for one in facts.verdict.ancestors
    )
    facts = dataclasses.replace(facts, verdict=dataclasses.replace(facts.verdict, ancestors=ancestors))
    held = yaml.safe_load(correct_card(facts).text.split("\n---\n")[0])["base_model"]
    assert [value[-6:] for value in held] == ["nimbus", "basalt"]


_LINE = st.sampled_from(["a", "", "x y", "\r", "---", "é\u2028z"])


@settings(max_examples=150, deadline=None)
@given(
    lines=st.lists(_LINE, max_size=30), last=st.booleans(), cuts=st.lists(st.integers(0, 200), max_size=6), text=_LINE
)
def test_any_edits_give_a_diff_that_python_applies(lines, last, cuts, text) -> None:
    old = "\n".join(lines) + ("\n" if last and lines else "")
    places = sorted(min(cut, len(old)) for cut in cuts)
    pairs = list(zip(places[::2], places[1::2], strict=False))
    edits = [Edit(start=start, stop=stop, text=text * (1 + start % 2) + "\n" * (stop % 3)) for start, stop in pairs]
    diff = unified_diff(old, edits, "README.md", is_new=False)
    assert applied(old, diff) == apply_edits(old, edits)


def applied(old: str, diff: str) -> str:
    """Apply a diff by its letter, for machines without `patch`."""
    lines, body = _SPLIT.findall(old), []
    for line in _SPLIT.findall(diff)[2:]:
        if line.startswith("\\"):
            body[-1] = body[-1].removesuffix("\n")
        else:
            body.append(line)
    new, place = [], 0
    for line in body:
        if line.startswith("@@"):
            start, count = line.split()[1][1:].split(",")
            first = int(start) - (count != "0")
            new += lines[place:first]
            place = first
            continue
        if line[0] != "+":
            assert lines[place] == line[1:]
            place += 1
        if line[0] != "-":
            new.append(line[1:])
    return "".join(new + lines[place:])
