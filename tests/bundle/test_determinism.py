"""The same case on the same inputs gives the same bundle: whatever the threads, the pieces, the place, or a stop."""

from dataclasses import replace

import pytest

from conftest import MODELS
from parentage.audit import outputs, passage
from parentage.audit.bundle.files import bundle_files
from parentage.audit.case import Case, make_case
from parentage.audit.run import run_audit
from parentage.evidence.manifest import MANIFEST
from parentage.testing.serving import FolderServer

SIDES = ("rivo", "nimbus", "basalt")


def _case(mode: str = "full") -> Case:
    return make_case(str(MODELS / "rivo"), {name: str(MODELS / name) for name in SIDES[1:]}, mode)


def _content(case: Case, **options) -> dict[str, bytes]:
    files = bundle_files(run_audit(case, declared=True, **options), command="")
    return {name: data for name, data in files.items() if not name.startswith("as-run")}


@pytest.fixture(scope="module")
def expected() -> dict[str, bytes]:
    return _content(_case())


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("piece_bytes", [1, 1 << 20, 1 << 26])
def test_threads_and_pieces(expected, monkeypatch, threads, piece_bytes) -> None:
    monkeypatch.setattr(passage, "PIECE_BYTES", piece_bytes)
    assert _content(_case(), threads=threads) == expected


@pytest.mark.parametrize("mode", ["full", "sample"])
def test_over_http(expected, mode) -> None:
    case = _case(mode)
    with (
        FolderServer(MODELS / "rivo") as first,
        FolderServer(MODELS / "nimbus") as second,
        FolderServer(MODELS / "basalt") as third,
    ):
        urls = (first.url, second.url, third.url)
        subject, *candidates = (
            replace(ref, location=url) for ref, url in zip((case.subject, *case.candidates), urls, strict=True)
        )
        served = replace(case, subject=subject, candidates=tuple(candidates))
        found = _content(served)
    assert found == (expected if mode == "full" else _content(case))
    assert MANIFEST in found


def test_a_bundle_repeats_in_its_folder(expected, tmp_path) -> None:
    outputs.audit_into(_case(), tmp_path)
    outputs.audit_into(_case(), tmp_path)
    assert (tmp_path / "bundle" / MANIFEST).read_bytes() == expected[MANIFEST]
