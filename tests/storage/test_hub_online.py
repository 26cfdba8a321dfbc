"""The real client, and our store, against a loopback hub: at two revisions, and in every way in which a hub fails."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from huggingface_hub import HfApi, HfFileSystem, hf_hub_download, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from parentage.errors import InputError, ParentageError, StorageError, UsageError
from parentage.storage.hub import HubStore
from parentage.storage.opening import open_store
from parentage.testing.conformance import FILES, StoreConformance
from parentage.testing.hub_server import HubServer

WEIGHTS = bytes(range(256)) * 4096
CARDS = {"v1": "---\nlicense: mit\n---\n# Ours alone\n", "main": "---\nbase_model: [org/a, org/b]\n---\n# A merge\n"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The same weights under two cards; only the second has a chat template."""
    place = tmp_path_factory.mktemp("revisions")
    for revision, card in CARDS.items():
        (place / revision).mkdir()
        (place / revision / "README.md").write_text(card)
        (place / revision / "model.safetensors").write_bytes(WEIGHTS)
    (place / "main/additional_chat_templates").mkdir()
    (place / "main/additional_chat_templates/x y.jinja").write_text("{{ messages }}")
    return {"org/model": {"v1": place / "v1", "main": place / "main"}}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty cache, and no token but those that a test gives."""
    for name in ("HF_HUB_OFFLINE", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path


@pytest.fixture
def open_at(monkeypatch):
    """Opens a location at a hub, as a user does: by HF_ENDPOINT."""

    def _open(hub, location="hf://org/model"):
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        return HubStore(location, pause_seconds=0.01, timeout_seconds=5)

    return _open


class TestConformance(StoreConformance):
    @pytest.fixture
    def store(self, tmp_path, open_at):
        folder = tmp_path / "files"
        folder.mkdir()
        for name, data in FILES.items():
            (folder / name).write_bytes(data)
        with HubServer({"org/model": {"main": folder}}, redirects=True) as hub:
            yield open_at(hub)


SCRIPT = """
import json, os, sys
from huggingface_hub import HfApi, ModelCard, hf_hub_download, snapshot_download
found = {}
for revision in ("v1", "main"):
    card = ModelCard.load("org/model") if revision == "main" else None
    place = hf_hub_download("org/model", "README.md", revision=revision)
    found[revision] = {
        "card": open(place).read(),
        "loaded": card.data.to_dict() if card else ModelCard.load(place).data.to_dict(),
        "tree": sorted(e.path for e in HfApi().list_repo_tree("org/model", recursive=True, revision=revision)),
        "weights": os.path.getsize(hf_hub_download("org/model", "model.safetensors", revision=revision)),
        "sha": HfApi().model_info("org/model", revision=revision).sha,
        "files": sorted(os.listdir(snapshot_download("org/model", revision=revision))),
    }
print(json.dumps(found))
"""


@pytest.mark.parametrize("redirects", [False, True])
def test_the_real_client_by_its_environment_variable(folders, tmp_path, redirects) -> None:
    with HubServer(folders, redirects=redirects) as hub:
        environment = {**os.environ, "HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path), "HF_HUB_DISABLE_XET": "1"}
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=60
        )
        assert ran.returncode == 0, ran.stderr
        found = json.loads(ran.stdout)
        assert {revision: found[revision]["sha"] for revision in CARDS} == {
            revision: hub.commit("org/model", revision) for revision in CARDS
        }
    assert found["v1"]["sha"] != found["main"]["sha"]
    assert {revision: entry["card"] for revision, entry in found.items()} == CARDS
    assert found["v1"]["loaded"] == {"license": "mit"}
    assert found["main"]["loaded"] == {"base_model": ["org/a", "org/b"]}
    assert found["v1"]["tree"] == ["README.md", "model.safetensors"]
    assert "additional_chat_templates/x y.jinja" in found["main"]["tree"]
    assert {entry["weights"] for entry in found.values()} == {len(WEIGHTS)}
    assert found["main"]["files"] == ["README.md", "additional_chat_templates", "model.safetensors"]


def test_the_rest_of_what_the_real_client_asks(folders, tmp_path) -> None:
    with HubServer(folders, page_entries=1) as hub:
        api = HfApi(endpoint=hub.url)
        assert [branch.name for branch in api.list_repo_refs("org/model").branches] == ["v1", "main"]
        commits = [made.commit_id for made in api.list_repo_commits("org/model")]
        assert commits == [hub.commit("org/model", "main"), hub.commit("org/model", "v1")]
        assert len(list(api.list_repo_tree("org/model", recursive=True))) == 4
        assert len(list(api.list_repo_tree("org/model"))) == 3
        assert len(list(api.list_repo_tree("org/model", "additional_chat_templates"))) == 1
        card, weights = api.get_paths_info("org/model", ["README.md", "model.safetensors", "missing"])
        assert card.lfs is None
        assert card.size == len(CARDS["main"])
        assert weights.lfs.sha256 == hashlib.sha256(WEIGHTS).hexdigest()
        assert api.file_exists("org/model", "README.md")
        assert not api.file_exists("org/model", "additional_chat_templates/x.jinja")
        again = api.model_info("org/model", revision=hub.commit("org/model", "v1"), files_metadata=True)
        assert {file.rfilename: file.size for file in again.siblings} == {
            "README.md": len(CARDS["v1"]),
            "model.safetensors": len(WEIGHTS),
        }


def test_the_clients_file_system_reads_ranges(folders) -> None:
    with (
        HubServer(folders) as hub,
        HfFileSystem(endpoint=hub.url, skip_instance_cache=True).open(
            "org/model/model.safetensors", cache_type="none"
        ) as file,
    ):
        file.seek(1000)
        assert file.read(500) == WEIGHTS[1000:1500]
        assert hub.body_bytes == 500


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ({"repo_id": "org/other", "filename": "README.md"}, RepositoryNotFoundError),
        ({"repo_id": "org/model", "filename": "README.md", "revision": "v9"}, RevisionNotFoundError),
        ({"repo_id": "org/model", "filename": "missing.md"}, RemoteEntryNotFoundError),
        ({"repo_id": "org/closed", "filename": "README.md"}, GatedRepoError),
    ],
)
def test_the_real_client_gets_the_errors_of_the_hub(folders, tmp_path, location, error) -> None:
    repositories = {**folders, "org/closed": folders["org/model"]}
    with HubServer(repositories, gated=["org/closed"]) as hub, pytest.raises(error):
        hf_hub_download(**location, endpoint=hub.url, cache_dir=tmp_path, token=False)


@pytest.mark.parametrize(("fault", "status"), [("busy", 503), ("too many", 429)])
def test_the_real_client_sees_a_busy_hub(folders, fault, status) -> None:
    with HubServer(folders, fault=fault) as hub, pytest.raises(HfHubHTTPError) as caught:
        HfApi(endpoint=hub.url).model_info("org/model")
    assert caught.value.response.status_code == status


def test_a_gated_repository_opens_to_its_token(folders, tmp_path) -> None:
    with HubServer(folders, gated=["org/model"], redirects=True) as hub:
        place = snapshot_download("org/model", endpoint=hub.url, cache_dir=tmp_path, token=hub.token, max_workers=2)
        assert hub.store_tokens == {None}
    assert (tmp_path / place / "model.safetensors").read_bytes() == WEIGHTS


@pytest.mark.parametrize("revision", CARDS)
def test_the_store_pins_a_commit_and_reads_it(folders, open_at, revision) -> None:
    with HubServer(folders) as hub:
        store = open_at(hub, f"hf://org/model@{revision}")
        assert store.revision == hub.commit("org/model", revision)
        assert store.names() == tuple(sorted(hub.repositories["org/model"].branches[revision].files))
        assert store.read("README.md", 0, store.size("README.md")).decode() == CARDS[revision]
        assert store.content_digest("model.safetensors") == f"sha256:{hashlib.sha256(WEIGHTS).hexdigest()}"
        assert store.content_digest("README.md") is None
        by_commit = open_at(hub, f"hf://org/model@{store.revision}")
        assert (by_commit.revision, by_commit.names()) == (store.revision, store.names())


def test_the_store_stays_at_its_commit(folders, tmp_path, open_at) -> None:
    with HubServer(folders) as hub:
        store = open_at(hub, "hf://org/model@v1")
        store.read("README.md", 0, 5)
        assert all(f"/resolve/{store.revision}/" in line for line in hub.requests if "/resolve/" in line)


@pytest.mark.parametrize("redirects", [False, True])
def test_the_store_reads_the_bytes_asked_for_and_no_more(folders, open_at, redirects) -> None:
    with HubServer(folders, redirects=redirects) as hub:
        store = open_at(hub)
        assert hub.body_bytes == 0
        for start, stop in ((0, 100), (70_000, 70_001), (len(WEIGHTS) - 9, len(WEIGHTS))):
            assert store.read("model.safetensors", start, stop) == WEIGHTS[start:stop]
        # One byte more: the first, which tells the file's state.
        assert hub.body_bytes == store.bytes_received == 100 + 1 + 9 + 1


def test_the_store_reads_names_with_spaces_and_folders(folders, open_at) -> None:
    with HubServer(folders) as hub:
        store = open_at(hub)
        assert store.read("additional_chat_templates/x y.jinja", 3, 11) == b"messages"


def test_the_token_goes_to_the_hub_and_not_to_its_store(folders, monkeypatch, open_at) -> None:
    with HubServer(folders, gated=["org/model"], redirects=True) as hub:
        monkeypatch.setenv("HF_TOKEN", hub.token)
        assert open_at(hub).read("model.safetensors", 5, 10) == WEIGHTS[5:10]
        assert hub.store_tokens == {None}


def test_a_renamed_repository_is_followed(folders, open_at) -> None:
    with HubServer(folders, moved={"org/old": "org/model"}) as hub:
        store = open_at(hub, "hf://org/old@v1")
        assert store.revision == hub.commit("org/model", "v1")
        assert store.read("README.md", 0, 3) == b"---"


def test_what_the_client_cached_is_not_asked_for_again(folders, home, open_at) -> None:
    with HubServer(folders) as hub:
        hf_hub_download("org/model", "model.safetensors", endpoint=hub.url, cache_dir=home / "hub")
        sent = hub.body_bytes
        store = open_at(hub)
        assert store.read("model.safetensors", 7, 700) == WEIGHTS[7:700]
        assert hub.body_bytes == sent


@pytest.mark.parametrize(
    ("location", "error", "says"),
    [
        ("hf://org/other", InputError, "not found"),
        ("hf://org/model@v9", InputError, "revision v9"),
        ("hf://org/mo--del", UsageError, "Cannot have -- or .."),
    ],
)
def test_what_is_not_there(folders, open_at, location, error, says) -> None:
    with HubServer(folders) as hub, pytest.raises(error, match=says) as caught:
        open_at(hub, location)
    assert str(caught.value).isprintable()


def test_a_missing_file(folders, open_at) -> None:
    with HubServer(folders) as hub, pytest.raises(InputError, match=r"missing\.txt"):
        open_at(hub).read("missing.txt", 0, 1)


def test_a_gated_repository_is_said_to_be_gated(folders, open_at) -> None:
    with HubServer(folders, gated=["org/model"]) as hub:
        store = open_at(hub)
        with pytest.raises(StorageError, match="gated: a token with access") as caught:
            store.read("README.md", 0, 5)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        ("busy", StorageError, "503"),
        ("too many", StorageError, "429"),
        ("hangs up", StorageError, "could not be asked"),
        ("nonsense", InputError, "not what a hub says"),
    ],
)
def test_a_hub_that_fails_when_it_is_asked(folders, open_at, fault, error, says) -> None:
    with HubServer(folders, fault=fault) as hub, pytest.raises(error, match=says) as caught:
        open_at(hub)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("fault", ["busy", "too many", "hangs up", "short body"])
def test_a_hub_that_fails_while_it_is_read(folders, open_at, fault) -> None:
    with HubServer(folders) as hub:
        store = open_at(hub)
        hub.fault = fault
        with pytest.raises(ParentageError) as caught:
            store.read("model.safetensors", 10, 2000)
    assert isinstance(caught.value, StorageError)
    assert str(caught.value).isprintable()


def test_a_busy_hub_is_asked_again(folders, open_at) -> None:
    with HubServer(folders, fault="busy twice") as hub:
        assert open_at(hub).revision == hub.commit("org/model")
        assert len(hub.requests) == 3


def test_a_hub_that_dies(folders, open_at) -> None:
    with HubServer(folders) as hub:
        store = open_at(hub)
        hub.stop()
        with pytest.raises(StorageError, match="could not be read"):
            store.read("README.md", 0, 5)
        with pytest.raises(StorageError, match="could not be asked"):
            open_at(hub)


def test_the_endpoint_is_read_when_the_store_is_opened(folders, monkeypatch) -> None:
    with HubServer(folders) as first, HubServer({"org/model": {"main": folders["org/model"]["v1"]}}) as second:
        found = []
        for hub in (first, second):
            monkeypatch.setenv("HF_ENDPOINT", f"{hub.url}/")
            found.append(open_store("hf://org/model").revision)
        assert found == [first.commit("org/model"), first.commit("org/model", "v1")]


def test_a_listing_from_a_hostile_hub(folders, open_at) -> None:
    with HubServer(folders) as hub:
        monkey = hub.repositories["org/model"].branches["main"]
        object.__setattr__(monkey, "sha", "../../../\x1b[2J")
        with pytest.raises(InputError, match="letters and digits") as caught:
            open_at(hub)
    assert str(caught.value).isprintable()
