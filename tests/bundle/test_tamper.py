"""Single changes to a bundle, each by somebody who knows the format: every one fails, at the step that is for it."""

import json
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from bundle.conftest import edit, relist
from parentage.audit.bundle.files import bundle_files
from parentage.audit.bundle.verification import VerificationError, verify_bundle
from parentage.audit.outputs import load_case
from parentage.audit.policies.known import conclude
from parentage.audit.run import Audit
from parentage.evidence.container import FolderContainer, write_zip
from parentage.evidence.keys import load_signer, parse_public_key
from parentage.evidence.manifest import read_manifest
from parentage.evidence.signing import sign_audit


def _fails_at(step: int, path: Path, trusted=()) -> str:
    with pytest.raises(VerificationError) as caught:
        verify_bundle(path, trusted=trusted)
    assert caught.value.number == step, str(caught.value)
    return str(caught.value)


def test_what_was_made_holds(made, bundle, auditor_pem, tmp_path) -> None:
    trusted = [parse_public_key(auditor_pem.read_bytes(), "auditor.pem")]
    assert [step.number for step in verify_bundle(bundle, trusted=trusted).steps] == list(range(1, 12))
    write_zip(FolderContainer(bundle), tmp_path / "bundle.zip")
    assert verify_bundle(tmp_path / "bundle.zip").disputes[0].state == "answered"
    relist(bundle)
    assert verify_bundle(bundle).digest == verify_bundle(made / "bundle").digest


# Step 1: what the container may not hold.


def _rewrite(bundle: Path, target: Path, change) -> Path:
    """Write a zip through `change(zipfile, name, data)`, which returns True where it wrote the entry itself."""
    with zipfile.ZipFile(target, "w") as file:
        for path in sorted(bundle.rglob("*")):
            if path.is_file():
                name = path.relative_to(bundle).as_posix()
                if not change(file, name, path.read_bytes()):
                    file.writestr(name, path.read_bytes())
    return target


def _link(file, name, data) -> bool:
    if name == "policy.json":
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(entry, "/etc/passwd")
    return name == "policy.json"


def _add(name: str, data: bytes = b"x"):
    def change(file, current, _) -> bool:
        if current == "policy.json":
            file.writestr(name, data, zipfile.ZIP_DEFLATED)
        return False

    return change


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "change",
    [
        _add("../outside.json"),
        _add("/absolute.json"),
        _add("a\\b.json"),
        _add("documents/../../x"),
        _add("policy.json"),
        _add("name with spaces"),
        _add("folder/"),
        _add("bomb.json", bytes(64 << 20)),
        _link,
    ],
    ids=["traversal", "absolute", "backslash", "inner traversal", "twice", "spaces", "folder", "bomb", "link"],
)
def test_zip_that_is_not_safe(bundle, tmp_path, change) -> None:
    _fails_at(1, _rewrite(bundle, tmp_path / "b.zip", change))


def test_zip_with_very_many_files(bundle, tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as file:
        for number in range(10_001):
            file.writestr(f"documents/{number}", b"")
    _fails_at(1, tmp_path / "b.zip")


def test_zip_whose_sizes_lie(bundle, tmp_path) -> None:
    write_zip(FolderContainer(bundle), tmp_path / "b.zip")
    data = bytearray((tmp_path / "b.zip").read_bytes())
    # The uncompressed size of the first entry, in the central directory.
    place = data.find(b"PK\x01\x02") + 24
    data[place : place + 4] = (5).to_bytes(4, "little")
    (tmp_path / "b.zip").write_bytes(data)
    # The first entry is as-run.json, one of the two lists.
    _fails_at(2, tmp_path / "b.zip")


def test_file_that_is_no_zip(tmp_path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 nothing")
    _fails_at(1, tmp_path / "b.zip")


def test_link_in_a_folder(bundle) -> None:
    (bundle / "policy.json").unlink()
    (bundle / "policy.json").symlink_to("verdict.json")
    _fails_at(1, bundle)


def test_pipe_in_a_folder(bundle) -> None:
    os.mkfifo(bundle / "pipe")
    _fails_at(1, bundle)


# Step 2: the two lists.


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(schema="parentage.bundle/v2"),
        lambda d: d.update(critical=["encrypted"]),
        lambda d: d["files"].pop("survey.json"),
        lambda d: d["files"].update({"../x": {"size": 1, "sha256": "0" * 64}}),
        lambda d: d["files"].update({"as-run/case.toml": {"size": 1, "sha256": "0" * 64}}),
        lambda d: d["files"]["survey.json"].update(size="1"),
    ],
    ids=["version", "critical", "required", "traversal", "wrong list", "size"],
)
def test_manifest_of_another_form(bundle, change) -> None:
    edit(bundle / "manifest.json", change)
    edit(bundle / "as-run.json", lambda d: d.update(manifest=_sha256(bundle / "manifest.json")))
    _fails_at(2, bundle)


def _sha256(path: Path) -> str:
    from parentage.digest import sha256_of

    return sha256_of(path.read_bytes())[7:]


def test_manifest_that_names_a_key_twice(bundle) -> None:
    text = (bundle / "manifest.json").read_text()
    (bundle / "manifest.json").write_text(text.replace('{"critical":[],', '{"critical":[],"critical":[],'))
    _fails_at(2, bundle)


@pytest.mark.parametrize("name", ["manifest.json", "as-run.json"])
def test_list_that_is_missing(bundle, name) -> None:
    (bundle / name).unlink()
    _fails_at(2, bundle)


def test_lists_that_do_not_belong_together(bundle) -> None:
    edit(bundle / "manifest.json", lambda d: d.update(note="hello"))
    _fails_at(2, bundle)


# Step 3: the files. A flipped bit in each of them.

FILES = [
    "inputs.json",
    "measurements.jsonl",
    "policy.json",
    "survey.json",
    "tensors.parquet",
    "verdict.json",
    "as-run/case.toml",
    "as-run/environment.json",
    "documents/subject/README.md",
    "documents/nimbus/config.json",
]


@pytest.mark.parametrize("name", FILES)
def test_flipped_bit(bundle, name) -> None:
    data = bytearray((bundle / name).read_bytes())
    data[len(data) // 2] ^= 1
    (bundle / name).write_bytes(data)
    _fails_at(3, bundle)


def test_file_cut_short_missing_or_added(bundle, tmp_path) -> None:
    for number, change in enumerate(
        (
            lambda b: (b / "verdict.json").write_bytes((b / "verdict.json").read_bytes()[:-1]),
            lambda b: (b / "documents/subject/README.md").unlink(),
            lambda b: (b / "documents/subject/LICENSE").write_text("MIT"),
        )
    ):
        copy = tmp_path / str(number)
        shutil.copytree(bundle, copy)
        change(copy)
        _fails_at(3, copy)


# Steps 4 to 8: what is inside, with digests recomputed.


def _line(bundle: Path, number: int, change) -> None:
    lines = (bundle / "measurements.jsonl").read_bytes().splitlines()
    document = json.loads(lines[number])
    change(document)
    lines[number] = json.dumps(document).encode()
    (bundle / "measurements.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def _lines(change):
    def apply(bundle: Path) -> None:
        lines = (bundle / "measurements.jsonl").read_bytes().splitlines()
        change(lines)
        (bundle / "measurements.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))

    return apply


def _document(name: str, change):
    return lambda bundle: edit(bundle / name, change)


def _measured(number: int, change):
    return lambda bundle: _line(bundle, number, change)


def _table(change):
    def apply(bundle: Path) -> None:
        table = pyarrow.parquet.read_table(bundle / "tensors.parquet")
        pyarrow.parquet.write_table(change(table), bundle / "tensors.parquet")

    return apply


def _with_cell(table: pyarrow.Table, column: str, row: int, value: object) -> pyarrow.Table:
    values = table.column(column).to_pylist()
    values[row] = value
    place = table.column_names.index(column)
    return table.set_column(place, table.field(column), pyarrow.array(values, table.field(column).type))


def _forget_last(bundle: Path) -> None:
    """Leave out the last tensor's line and whatever the survey says of it."""

    def forget(document: dict) -> None:
        for trial in document["trials"]:
            trial["tensors"] = [[first, min(last, 48), which] for first, last, which in trial["tensors"] if first < 49]

    _lines(lambda lines: lines.pop())(bundle)
    edit(bundle / "survey.json", forget)


CHANGES = {
    "line that is no JSON": (4, _lines(lambda lines: lines.__setitem__(3, b"{"))),
    "count below zero": (4, _measured(3, lambda d: d["census"]["agreement"].__setitem__(0, -1))),
    "count that is no integer": (4, _measured(3, lambda d: d["replay"]["classes"].__setitem__(7, 1.5))),
    "counts of another shape": (4, _measured(3, lambda d: d["moments"].update(gram=[0.0]))),
    "sum that is text": (4, _measured(3, lambda d: d["moments"]["gram"].__setitem__(0, "much"))),
    "unknown dtype": (4, _measured(3, lambda d: d["subject"].__setitem__(1, "BF17"))),
    "shape that does not fit": (4, _measured(3, lambda d: d["subject"][2].__setitem__(0, 7))),
    "unknown arithmetic": (
        4,
        _document("survey.json", lambda d: d["trials"][0]["hypotheses"][0].update(arithmetic="magic")),
    ),
    "parent that is no candidate": (4, _document("survey.json", lambda d: d["fit"].update(parents=[0, 9]))),
    "survey of another type": (4, _document("survey.json", lambda d: d.update(kinship="strong"))),
    "model left out": (4, _document("inputs.json", lambda d: d["models"].pop())),
    "verdict of another schema": (4, _document("verdict.json", lambda d: d.update(schema="parentage.verdict/v9"))),
    "tensor left out": (4, _lines(lambda lines: lines.pop(3))),
    "last tensor left out": (4, _lines(lambda lines: lines.pop())),
    "last tensor left out of everything": (5, lambda bundle: _forget_last(bundle)),
    "tensor twice": (4, _lines(lambda lines: lines.insert(3, lines[3]))),
    "fewer elements read": (5, _measured(3, lambda d: d["identity"].update(elements=d["identity"]["elements"] - 1))),
    "digest of the subject": (
        5,
        _document("inputs.json", lambda d: d["models"][0].update(digest="sha256:" + "0" * 64)),
    ),
    "digest of one file": (
        5,
        _document("inputs.json", lambda d: d["models"][1]["files"][0].update(digest="sha256:" + "0" * 64)),
    ),
    "threshold lowered": (6, _document("policy.json", lambda d: d["thresholds"].update(MERGE_MID=0.5))),
    "threshold left out": (6, _document("policy.json", lambda d: d["thresholds"].pop("MERGE_MID"))),
    "question left out of the policy": (6, _document("policy.json", lambda d: d["questions"].pop())),
    "policy of another name": (6, _document("policy.json", lambda d: d.update(name="parentage-policy-0"))),
    "verdict by another policy": (6, _document("verdict.json", lambda d: d["verdict"].update(policy="mine"))),
    "weight changed": (7, _document("verdict.json", lambda d: d["verdict"]["parents"][0].update(weight=0.7))),
    "relation changed": (7, _document("verdict.json", lambda d: d["verdict"].update(relation="independent"))),
    "statement changed": (7, _document("verdict.json", lambda d: d["verdict"].update(statement="All is well."))),
    "alternative left out": (7, _document("verdict.json", lambda d: d["verdict"]["alternatives"].pop())),
    "subject renamed": (7, _document("verdict.json", lambda d: d["subject"].update(name="Nimbus"))),
    "figure of a finding": (
        7,
        _document("verdict.json", lambda d: d["findings"][1]["measurements"][0].update(value=0)),
    ),
    "finding left out": (7, _document("verdict.json", lambda d: d["findings"].pop())),
    "replayed elements": (7, _measured(3, lambda d: d["replay"]["classes"].__setitem__(7, 0))),
    "sum of squares": (7, _measured(3, lambda d: d["moments"]["gram"].__setitem__(7, 1.0))),
    "kinship": (7, _document("survey.json", lambda d: d["kinship"][0].update(null_squares=9.0))),
    "stabbed weight": (7, _document("survey.json", lambda d: d["fit"].update(weights=[0.61, 0.39]))),
    "chance": (7, _document("survey.json", lambda d: d.update(chance=[100, 0]))),
    "version of numpy": (7, _document("verdict.json", lambda d: d["run"].update(numpy="1.0"))),
    "rows swapped": (8, _table(lambda t: t.take([1, 0, *range(2, t.num_rows)]))),
    "row left out": (8, _table(lambda t: t.slice(1))),
    "cell changed": (8, _table(lambda t: _with_cell(t, "weight", 3, 0.5))),
    "column left out": (8, _table(lambda t: t.drop_columns(["digest"]))),
    "tensor's digest": (8, _measured(3, lambda d: d.update(digest="sha256:" + "0" * 64))),
}


def test_table_that_unfolds_to_very_many_rows(bundle) -> None:
    zeros = pyarrow.array([0]).take(pyarrow.array([0] * 1_000_000))
    pyarrow.parquet.write_table(pyarrow.table({"elements": zeros}), bundle / "tensors.parquet")
    relist(bundle)
    assert "1000000 rows" in _fails_at(8, bundle)


def test_table_with_very_long_texts(bundle) -> None:
    table = pyarrow.parquet.read_table(bundle / "tensors.parquet")
    long = pyarrow.DictionaryArray.from_arrays([0] * table.num_rows, ["x" * 10_000_000])
    changed = table.set_column(table.column_names.index("note"), "note", long)
    pyarrow.parquet.write_table(changed, bundle / "tensors.parquet", store_schema=False)
    assert (bundle / "tensors.parquet").stat().st_size < 1_000_000
    relist(bundle)
    assert "texts of 500000000 bytes" in _fails_at(8, bundle)


def test_table_with_another_kind_of_column(bundle) -> None:
    table = pyarrow.parquet.read_table(bundle / "tensors.parquet")
    nested = pyarrow.array([[["x"]]] * table.num_rows)
    changed = table.set_column(table.column_names.index("note"), "note", nested)
    pyarrow.parquet.write_table(changed, bundle / "tensors.parquet")
    relist(bundle)
    assert "texts, integers or floats" in _fails_at(8, bundle)


@pytest.mark.parametrize("name", CHANGES)
def test_change_with_digests_recomputed(bundle, name) -> None:
    step, change = CHANGES[name]
    change(bundle)
    relist(bundle)
    _fails_at(step, bundle)


# Step 9: signatures.


def _envelope(bundle: Path, kind: str = "audit") -> Path:
    return next((bundle / "attestations").glob(f"*.{kind}.dsse.json"))


def test_bundle_changed_throughout_and_signed_by_another_key(bundle, auditor_pem, keys, monkeypatch) -> None:
    """Measurements, findings, table and lists all agree with each other: only whose key it is gives it away."""
    monkeypatch.setenv("PARENTAGE_KEYS", str(keys))
    measured = verify_bundle(bundle).measured
    measured.records[3].replay.classes[2, 1] -= 5
    found = conclude(measured)
    case = load_case(Path(__file__).parents[2] / "examples/rivo/case.toml", (), None)
    forged = Audit(
        case=case,
        measured=measured,
        verdict=found.verdict,
        findings=found.findings,
        tensors=found.tensors,
        failures={},
    )
    shutil.rmtree(bundle)
    for name, data in bundle_files(forged, command="").items():
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_bytes(data)
    document = json.loads((bundle / "verdict.json").read_bytes())
    signer = load_signer("stranger")
    for name, data in sign_audit(document, read_manifest(FolderContainer(bundle)), signer).items():
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_bytes(data)
    trusted = [parse_public_key(auditor_pem.read_bytes(), "auditor.pem")]
    assert "none of the keys given" in _fails_at(9, bundle, trusted)
    assert any("belong to whom you think" in note for note in verify_bundle(bundle).undecided)


def test_flipped_bit_in_a_signature(bundle) -> None:
    import base64

    def flip(envelope: dict) -> None:
        signature = bytearray(base64.b64decode(envelope["signatures"][0]["sig"]))
        signature[10] ^= 1
        envelope["signatures"][0]["sig"] = base64.b64encode(signature).decode()

    edit(_envelope(bundle), flip)
    _fails_at(9, bundle)


def test_payload_edited(bundle) -> None:
    import base64

    def change(envelope: dict) -> None:
        payload = base64.b64decode(envelope["payload"]).replace(b'"merge"', b'"query"')
        envelope["payload"] = base64.b64encode(payload).decode()

    edit(_envelope(bundle), change)
    _fails_at(9, bundle)


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.update(payloadType="text/plain"),
        lambda e: e.update(signatures=[]),
        lambda e: e["signatures"].append(e["signatures"][0]),
        lambda e: e.update(payload="!"),
    ],
    ids=["payload type", "no signatures", "same key twice", "no base64"],
)
def test_envelope_of_another_form(bundle, change) -> None:
    edit(_envelope(bundle), change)
    _fails_at(9, bundle)


def test_signatures_taken_off(bundle, auditor_pem) -> None:
    shutil.rmtree(bundle / "attestations")
    shutil.rmtree(bundle / "responses")
    assert verify_bundle(bundle).statements.auditors == frozenset()
    _fails_at(9, bundle, [parse_public_key(auditor_pem.read_bytes(), "auditor.pem")])


def test_public_key_taken_out_or_replaced(bundle, keys, monkeypatch) -> None:
    monkeypatch.setenv("PARENTAGE_KEYS", str(keys))
    from parentage.evidence.keys import export_key

    shutil.rmtree(bundle / "responses")
    next((bundle / "attestations").glob("*.pub.pem")).write_bytes(export_key("stranger"))
    _fails_at(9, bundle)


def test_signature_of_another_bundle(bundle, made) -> None:
    edit(bundle / "as-run/environment.json", lambda d: d.update(cores=4096))
    relist(bundle)
    assert "another bundle" in _fails_at(9, bundle)


# Step 10: responses.


def test_first_response_taken_out(bundle) -> None:
    next((bundle / "responses").glob("0001-*.dsse.json")).unlink()
    assert "one is missing" in _fails_at(10, bundle)


def test_responses_in_another_order(bundle) -> None:
    first, second = sorted((bundle / "responses").glob("*.dsse.json"))
    first.rename(bundle / "responses/0003-x.dsse.json")
    assert second.exists()
    _fails_at(10, bundle)


def test_response_edited(bundle) -> None:
    import base64

    def change(envelope: dict) -> None:
        payload = base64.b64decode(envelope["payload"]).replace(b"by mistake", b"on purpose")
        envelope["payload"] = base64.b64encode(payload).decode()

    edit(next((bundle / "responses").glob("0001-*.dsse.json")), change)
    _fails_at(9, bundle)


@pytest.mark.parametrize(
    ("kind", "key", "words"),
    [("answer", "stranger", "signed the audit answers"), ("withdraw", "stranger", "withdraws")],
)
def test_reply_by_a_key_that_may_not(made, bundle, parentage, kind, key, words) -> None:
    before = sorted(path.name for path in (bundle / "responses").iterdir())
    text = made / "said.md"
    done = parentage("respond", bundle, "--file", text, "--kind", kind, "--to", 1, "--by", "X", "--key", key, status=1)
    assert "step 10" in done.stderr and words in done.stderr
    assert sorted(path.name for path in (bundle / "responses").iterdir()) == before
