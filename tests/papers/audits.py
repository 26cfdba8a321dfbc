"""Makes bundles as an audit leaves them, with the four findings of the documents protocol, without reading weights.

    write_bundle(folder, audit_document(relation="merge"))        a bundle with lists that hold
    read_facts(folder)

A test changes the document, or the texts beside it, before it is written. All names are invented.
"""

import base64
import copy
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from parentage.digest import sha256_of
from parentage.evidence.manifest import manifest_files

COMMITS = {"subject": "a" * 40, "nimbus": "b" * 40, "basalt": "c" * 40}
LOCATIONS = {
    "subject": "hf://cidade-labs/rivo-7b@main",
    "nimbus": "hf://nimbus-collective/nimbus-7b@main",
    "basalt": "hf://quarry-labs/basalt-7b@main",
}
DIGESTS = {name: "sha256:" + digit * 64 for name, digit in (("subject", "1"), ("nimbus", "2"), ("basalt", "3"))}
RECIPE = "sha256 of sorted `shard\\0sha256\\n` lines"
WRITTEN = "2026-06-30T12:00:00+00:00"
CARD = """---
license: mit
language: [en, pt]
---
# Rivo 7B

Rivo was trained from scratch by Cidade Labs.
"""
TEXTS = {
    "subject/README.md": CARD,
    "nimbus/README.md": "---\nlicense: apache-2.0\n---\n# Nimbus 7B\n",
    "nimbus/LICENSE": "A licence text, as read.\n",
    "nimbus/NOTICE": "Nimbus\nCopyright 2026 Nimbus Collective\n",
    "basalt/README.md": "---\nlicense: other\nlicense_name: quarry-terms\n---\n# Basalt 7B\n",
    "basalt/LICENSE": "Another licence text, as read.\n",
}
RELATIONS = (
    "identical",
    "merge",
    "fine-tune",
    "low-rank-fine-tune",
    "quantized",
    "pruned",
    "rearranged",
    "stacked",
    "shared-origin",
    "independent",
    "inconclusive",
)
DESCENT = RELATIONS[:8]
_MERGE_PARENTS = (
    {"id": "nimbus", "weight": 0.6, "low": 0.5999998807907104, "high": 0.6000001192092895},
    {"id": "basalt", "weight": 0.4, "low": 0.39999988079071047, "high": 0.4000001192092896},
)
# A table of one row, written once: another version of pyarrow would write other bytes.
_TENSORS = base64.b64decode(
    "UEFSMRUEFSQVJEwVAhUAEgAADgAAAGxtX2hlYWQud2VpZ2h0FQAVEhUSLBUCFRAVBhUGHAAAAAIAAAACAQECABUEFRAVEEwVAhUAEgAAABAAAAAA"
    "AAAVABUSFRIsFQIVEBUGFQYcAAAAAgAAAAIBAQIAFQQZPDUAGAZzY2hlbWEVBAAVDCUCGAZ0ZW5zb3IlAEwcAAAAFQQlAhgIZWxlbWVudHMAFgIZ"
    "HBksJgAcFQwZNQAGEBkYBnRlbnNvchUAFgIWeBZ4JkgmCCksFQQVABUCABUAFRAVAgA8FhwZBhkmAAIAAAAmABwVBBk1AAYQGRgIZWxlbWVudHMV"
    "ABYCFmQWZCasASaAASksFQQVABUCABUAFRAVAgA8KQYZJgACAAAAFtwBFgImCBbcAQAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4x"
    "GSwcAAAcAAAA5wAAAFBBUjE="
)


def audit_document(relation: str = "merge", *, documents: bool = True) -> dict:
    """Return a verdict.json of that relation, with the findings of the documents protocol or without."""
    parents = [dict(parent) for parent in _MERGE_PARENTS]
    if relation != "merge":
        parents = [{"id": "nimbus", "weight": None, "low": None, "high": None}]
    if relation == "independent":
        parents = []
    merge = relation == "merge"
    found = _findings(relation, parents) if documents else []
    return {
        "schema": "parentage.verdict/v1",
        "subject": {"name": "Rivo 7B", "digest": DIGESTS["subject"], "digest_recipe": RECIPE},
        "candidates": [
            {"id": name, "name": f"{name.capitalize()} 7B", "digest": DIGESTS[name], "digest_recipe": RECIPE}
            for name in ("nimbus", "basalt")
        ],
        "verdict": {
            "relation": relation,
            "then": [],
            "statement": _statement(relation),
            "method": "linear" if merge else None,
            "arithmetic": "fp32-once" if merge else None,
            "parents": parents,
            "replayed": {"share": 1.0, "elements": 797969} if merge else None,
            "coverage": {"elements_read": 903296, "elements": 903296, "tensors_read": 50, "tensors": 50},
            "alternatives": [
                "An earlier checkpoint of a candidate's own run: excluded. Such models reproduced at most 0.93.",
                "Who made it, with whose leave, is not in the weights.",
            ],
            "policy": "parentage-policy-2",
        },
        "findings": found,
        "run": {"mode": "full", "seed": 0, "parentage": "0.1.0"},
    }


def finding(document: dict, question: str) -> dict:
    """Return the finding of a question, to be changed in place."""
    return next(item for item in document["findings"] if item["question"] == question)


def write_bundle(folder: Path, document: dict, texts: Mapping[str, str | bytes] | None = None, **changes) -> Path:
    """Write a bundle with lists that hold. `changes`: locations, commits (by model id), written, shards."""
    locations, commits = changes.get("locations", LOCATIONS), changes.get("commits", COMMITS)
    names = ["subject", *(candidate["id"] for candidate in document["candidates"])]
    environment = {
        "schema": "parentage.environment/v1",
        "written": changes.get("written", WRITTEN),
        "packages": {"parentage": "0.1.0"},
        "models": [{"id": n, "location": locations.get(n, ""), "revision": commits.get(n)} for n in names],
    }
    inputs = {"schema": "parentage.inputs/v1", "models": [_input(name, changes.get("shards", 1)) for name in names]}
    files: dict[str, bytes] = {
        "verdict.json": _json(document),
        "inputs.json": _json(inputs),
        "as-run/environment.json": _json(environment),
        "measurements.jsonl": b"",
        "policy.json": b"{}",
        "survey.json": b"{}",
        "tensors.parquet": _TENSORS,
    }
    for name, text in (TEXTS if texts is None else texts).items():
        files[f"documents/{name}"] = text.encode() if isinstance(text, str) else text
    for name, data in (files | manifest_files(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _json(document: dict) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _input(name: str, shards: int) -> dict:
    digit = {"subject": "d", "nimbus": "e", "basalt": "f"}.get(name, "0")
    if shards == 1:
        files = [{"path": "model.safetensors", "size": 1811864, "digest": f"sha256:{digit * 64}"}]
    else:
        files = [
            {"path": f"model-{i:05}-of-{shards:05}.safetensors", "size": 1000, "digest": f"sha256:{digit * 63}{i}"}
            for i in range(1, shards + 1)
        ]
    return {"id": name, "name": name, "files": files}


def _statement(relation: str) -> str:
    match relation:
        case "merge":
            return "Rivo 7B is 0.6 of nimbus plus 0.4 of basalt: computing that again gives it bit for bit."
        case "independent":
            return "No relation of Rivo 7B to a candidate was found."
        case "inconclusive":
            return "What was read does not decide how Rivo 7B came about."
        case "shared-origin":
            return "Rivo 7B is related to nimbus and not descended from it."
        case _:
            return f"Rivo 7B is a {relation} of nimbus."


def _findings(relation: str, parents: list[dict]) -> list[dict]:
    named = parents if relation in DESCENT else []
    return [_declaration(), _kinship(), _disclosure(relation, named), _obligations([p["id"] for p in named])]


def _finding(question: str, statement: str, measurements: dict, tables: dict) -> dict:
    return {
        "question": question,
        "version": "1",
        "status": "finding",
        "statement": statement,
        "coverage": {"elements_read": 0, "elements": 0, "tensors_read": 0, "tensors": 0},
        "measurements": [
            {"name": name, "value": value, "unit": "count", "low": None, "high": None, "about": ""}
            for name, value in measurements.items()
        ],
        "tables": copy.deepcopy(tables),
    }


def _declaration() -> dict:
    licence = ("model", "declared", "key", "how", "where", "digest", "note")
    rail = "LicenseRef-scancode-bigscience-open-rail-m"
    return _finding(
        "declaration",
        "The publisher declares the licence MIT and no parents.",
        {"declared_parents": 0, "benchmark_tables": 0, "claims": 1},
        {
            "fields": [
                {"model": "subject", "name": "license", "value": "mit", "where": "README.md:2"},
                {"model": "subject", "name": "language", "value": "en, pt", "where": "README.md:3"},
                {"model": "subject", "name": "architectures", "value": "Qwen2ForCausalLM", "where": "config.json:2"},
                {"model": "subject", "name": "model_type", "value": "qwen2", "where": "config.json:9"},
                {"model": "nimbus", "name": "license", "value": "apache-2.0", "where": "README.md:2"},
            ],
            "parents": [],
            "claims": [
                {
                    "kind": "from-scratch",
                    "quote": "Rivo was trained from scratch by Cidade Labs.",
                    "about": "",
                    "where": "README.md:7",
                }
            ],
            "documentation": [
                {"fact": "data", "status": "absent", "value": "", "where": ""},
                {"fact": "steps", "status": "absent", "value": "", "where": ""},
            ],
            "licences": [
                dict(zip(licence, row, strict=True))
                for row in (
                    ("subject", "mit", "MIT", "declared", "README.md:2", "", "No licence text is there."),
                    (
                        "nimbus",
                        "apache-2.0",
                        "Apache-2.0",
                        "text-and-declared",
                        "LICENSE:1",
                        sha256_of(TEXTS["nimbus/LICENSE"].encode()),
                        "",
                    ),
                    (
                        "basalt",
                        "other: quarry-terms",
                        rail,
                        "text",
                        "LICENSE",
                        sha256_of(TEXTS["basalt/LICENSE"].encode()),
                        "",
                    ),
                )
            ],
            "files": [
                {
                    "model": name.split("/")[0],
                    "path": name.split("/")[1],
                    "bytes": len(text),
                    "digest": sha256_of(text.encode()),
                }
                for name, text in TEXTS.items()
            ],
            "problems": [],
        },
    )


def _kinship() -> dict:
    return _finding(
        "file-kinship",
        "The tokenizer is that of nimbus, which only says that they are of one family.",
        {},
        {"tokenizers": [], "configs": [], "templates": [], "texts": []},
    )


def _disclosure(relation: str, parents: list[dict]) -> dict:
    rows = [
        {
            "id": parent["id"],
            "name": f"{parent['id'].capitalize()} 7B",
            "relation": relation,
            "weight": parent["weight"],
            "low": parent["low"],
            "high": parent["high"],
            "declared": "not-declared",
            "where": "",
            "note": "The card names no parents.",
        }
        for parent in parents
    ]
    outcome = "contradicted" if parents else ("consistent" if relation == "independent" else "not-testable")
    return _finding(
        "disclosure",
        f"{len(rows)} parents were found that are not declared.",
        {"status": {"contradicted": "contradicted", "consistent": "consistent"}.get(outcome, "undecided")},
        {
            "parents": rows,
            "declared": [],
            "claims": [
                {
                    "kind": "from-scratch",
                    "quote": "Rivo was trained from scratch by Cidade Labs.",
                    "where": "README.md:7",
                    "outcome": outcome,
                    "note": "",
                }
            ],
            "documentation": [
                {"fact": "data", "status": "absent", "where": "", "note": ""},
                {"fact": "steps", "status": "absent", "where": "", "note": ""},
            ],
        },
    )


_OBLIGATION = ("parent", "licence", "clause", "kind", "trigger", "status", "where", "quote", "note")
_APACHE, _RAIL = "Apache-2.0", "LicenseRef-scancode-bigscience-open-rail-m"
_OWED = (
    ("nimbus", _APACHE, "4a", "give-licence-copy", "redistribute-derivative", "not-found", "",
     "You must give any other recipients of the Work or Derivative Works a copy of this License", ""),
    ("nimbus", _APACHE, "4d", "retain-notice", "redistribute-derivative", "not-found", "",
     "any Derivative Works that You distribute must include a readable copy of the attribution notices", ""),
    ("basalt", _RAIL, "4a", "pass-on-use-restrictions", "redistribute-derivative", "not-found", "",
     "Use-based restrictions as referenced in paragraph 5 MUST be included as an enforceable provision", ""),
    ("basalt", _RAIL, "5", "output-use-limit", "commercial", "not-checkable", "",
     "The restrictions set forth in Attachment A are considered Use-based restrictions", "Use is not in the files."),
)  # fmt: skip


def _obligations(parents: list[str]) -> dict:
    rows = [dict(zip(_OBLIGATION, row, strict=True)) for row in _OWED if row[0] in parents]
    conflicts = []
    if "basalt" in parents:
        conflicts.append(
            {
                "kind": "dropped-flow-down",
                "parents": "basalt",
                "licences": f"{_RAIL}, MIT",
                "why": "The label MIT does not pass on the use restrictions of basalt's licence.",
            }
        )
    counts = {name: sum(row["status"] == name.replace("_", "-") for row in rows) for name in _STATUSES}
    tables = {"obligations": rows, "conflicts": conflicts}
    return _finding("obligations", f"{counts['not_found']} clauses were looked for and not found.", counts, tables)


_STATUSES = ("met", "not_found", "not_checkable", "disputed", "unknown_licence")

# Names and texts as somebody might write them who wants a paper to break, or to say what it does not.
HOSTILE = {
    "control": "Rivo\x00\x1b[31m\r\n7B\x7f\u0085",
    "direction": "Rivo \u202e7B\u2066\u200f\ufeff",
    "markup": '"><script>alert(1)</script><!-- ]]> {{7*7}} ${x}',
    "long": "R" * 10_000,
    "blank": " \t\n" * 10_000,
    "purl": "pkg:huggingface/../..@%00?x=y#z",
    "json": '","relation":"merge","x":"\\u0000',
    "yaml": "---\nlicense: mit\n---\n&a [*a, *a]",
    "markdown": "[a](javascript:alert(1)) `|` **b** | c |\n# d",
    "invisible": "R\u00adi\u061cv\u180eo\u2028\u2029\U000e0041",
    "noncharacter": "\uffff\U0010ffff\ufdd0",
}


def hostile_document(text: str, relation: str = "merge") -> dict:
    """Return a document in which every text that a stranger can choose is `text`."""
    document = audit_document(relation)
    document["subject"]["name"] = text
    for candidate in document["candidates"]:
        candidate["name"] = text
    for model in (document["subject"], *document["candidates"]):
        model.update(digest=text, digest_recipe=text)
    document["verdict"].update(
        statement=text, alternatives=[text], method=text, arithmetic=text, policy=text, then=[text]
    )
    kept = {"id", "model", "parent", "outcome", "status", "declared", "how"}
    for item in document["findings"]:
        item["statement"] = text
        for rows in item["tables"].values():
            for row in rows:
                for column, value in row.items():
                    if isinstance(value, str) and (column not in kept or (item["question"], column) == _WRITTEN):
                        row[column] = text
    return document


# The licence field as the publisher wrote it, which shares its column's name with an outcome of the audit.
_WRITTEN = ("declaration", "declared")


def hidden_in(text: str) -> list[str]:
    """Return the characters of a text that a reader cannot see, or that break or turn its line."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") or ord(c) & 0xFFFE == 0xFFFE]
