"""What is read beside the weights, and what is not: large files, missing ones, links that lead elsewhere."""

from pathlib import Path

import pytest

from parentage.audit.declared import DECLARED, MOST_BYTES, leads_elsewhere, read_alone
from parentage.errors import InputError
from parentage.subject import ModelRef


def _alone(folder: Path):
    return read_alone(ModelRef(id="subject", location=str(folder), name="m"))


def test_texts_are_read_as_they_stand_and_large_ones_listed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"\xff\xfe not text")
    (tmp_path / "LICENSE").write_bytes(bytes(MOST_BYTES + 1))
    (tmp_path / "notes.md").write_text("nobody asks for this")
    found = _alone(tmp_path)
    assert found.texts == {"subject": {"README.md": b"\xff\xfe not text"}}
    assert found.models[0].unread == ("LICENSE",)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "id_ed25519"
    secret.write_text("a private key")
    model = tmp_path / "model"
    model.mkdir()
    (model / "README.md").symlink_to(secret)
    (model / "inner.md").write_text("inside")
    (model / "NOTICE").symlink_to(model / "inner.md")
    found = _alone(model)
    assert found.texts["subject"] == {"NOTICE": b"inside"}
    assert found.models[0].unread == ("README.md",)


def test_a_cached_snapshot_links_to_its_blobs(tmp_path: Path) -> None:
    snapshot, blobs = tmp_path / "models--a--b/snapshots/abc", tmp_path / "models--a--b/blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    (blobs / "1234").write_text("a card")
    (snapshot / "README.md").symlink_to("../../blobs/1234")
    assert not leads_elsewhere(str(snapshot), "README.md")
    assert _alone(snapshot).texts["subject"] == {"README.md": b"a card"}


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        _alone(tmp_path / "nowhere")


def test_names_are_asked_for_once_and_none_leads_out() -> None:
    assert len(set(DECLARED)) == len(DECLARED)
    assert all("/" not in name and not name.startswith(".") for name in DECLARED)
