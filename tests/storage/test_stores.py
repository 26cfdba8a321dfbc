"""Every store keeps the contract, and every fault of a server becomes one plain error."""

import itertools

import pytest

import parentage
from conftest import MODELS
from parentage.errors import InputError, ParentageError, StorageError, UsageError
from parentage.storage.cloud import CloudStore
from parentage.storage.http import HttpStore
from parentage.storage.hub import HubStore
from parentage.storage.local import LocalStore
from parentage.storage.memory import MemoryStore
from parentage.storage.opening import open_store
from parentage.testing.conformance import FILES, StoreConformance
from parentage.testing.serving import FolderServer

_fresh = itertools.count()


@pytest.fixture
def folder(tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


class TestLocal(StoreConformance):
    @pytest.fixture
    def store(self, folder):
        return LocalStore(str(folder))


class TestMemory(StoreConformance):
    @pytest.fixture
    def store(self):
        return MemoryStore(FILES)


class TestHttp(StoreConformance):
    @pytest.fixture
    def store(self, folder):
        with FolderServer(folder) as server:
            yield HttpStore(server.url, pause_seconds=0.01)


class TestCloud(StoreConformance):
    @pytest.fixture
    def store(self):
        import fsspec

        filesystem, place = fsspec.filesystem("memory"), f"/bucket{next(_fresh)}/model"
        for name, data in FILES.items():
            filesystem.pipe_file(f"{place}/{name}", data)
        return CloudStore(f"memory:/{place}", filesystem)


class TestHubCache(StoreConformance):
    @pytest.fixture
    def store(self, tmp_path, monkeypatch):
        place = tmp_path / "models--org--name"
        for name, data in FILES.items():
            path = place / "snapshots" / ("c" * 40) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (place / "refs").mkdir()
        (place / "refs/main").write_text("c" * 40)
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
        store = HubStore("hf://org/name")
        assert store.revision == "c" * 40
        return store


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("no range", InputError),
        ("short body", StorageError),
        ("busy", StorageError),
        ("changed", InputError),
        ("wrong range", InputError),
    ],
)
def test_faults_of_a_server(folder, fault, error) -> None:
    with FolderServer(folder, fault) as server:
        store = HttpStore(server.url, pause_seconds=0.01)
        with pytest.raises(error) as caught:
            store.read("a.bin", 0, 100)
            store.read("a.bin", 100, 200)
    assert "\n" not in str(caught.value)


def test_a_busy_server_is_asked_again(folder) -> None:
    with FolderServer(folder, "busy twice") as server:
        assert HttpStore(server.url, pause_seconds=0.01).read("a.bin", 3, 9) == FILES["a.bin"][3:9]


def test_bytes_on_the_wire_are_those_asked_for(folder) -> None:
    with FolderServer(folder) as server:
        store = HttpStore(server.url)
        store.size("a.bin")
        before = server.body_bytes
        for start, stop in ((0, 100), (5000, 5001), (9000, 10_240)):
            store.read("a.bin", start, stop)
        assert server.body_bytes - before == 100 + 1 + 1240
        assert before == 1


def test_a_file_that_changes_is_an_error(folder) -> None:
    store = LocalStore(str(folder))
    store.read("a.bin", 0, 10)
    (folder / "a.bin").write_bytes(b"x" * 20_000)
    with pytest.raises(ParentageError):
        store.read("a.bin", 0, 10)
        store.read("a.bin", 0, 10_000)


@pytest.mark.parametrize("location", ["ftp://x/y", "hf://name", "hf:///x"])
def test_unknown_places(location) -> None:
    with pytest.raises(UsageError):
        open_store(location)


def test_audit_over_http_reads_a_sample(tmp_path) -> None:
    with FolderServer(MODELS / "rivo") as a, FolderServer(MODELS / "nimbus") as b, FolderServer(MODELS / "basalt") as c:
        audit = parentage.audit(a.url, {"nimbus": b.url, "basalt": c.url})
        assert audit.run["mode"] == "sample"
        assert audit.verdict.relation == "merge"
        for server in (a, b, c):
            assert server.body_bytes < 64 << 20


def test_a_token_stays_with_its_server(tmp_path) -> None:
    (tmp_path / "a.bin").write_bytes(b"0123456789")
    with FolderServer(tmp_path) as hub, FolderServer(tmp_path) as elsewhere:
        hub.redirect_to = elsewhere.url
        assert HttpStore(hub.url, token="secret").read("a.bin", 2, 5) == b"234"
        assert (hub.tokens, elsewhere.tokens) == ({"Bearer secret"}, {None})


def test_a_redirect_within_the_server_keeps_the_token(tmp_path) -> None:
    (tmp_path / "a.bin").write_bytes(b"0123456789")
    with FolderServer(tmp_path) as hub:
        store = HttpStore(f"{hub.url}/old", token="secret")
        hub.redirect_to = f"{hub.url}/new"
        assert store.read("a.bin", 2, 5) == b"234"
        assert hub.tokens == {"Bearer secret"}


def test_a_redirect_to_another_scheme_is_refused(tmp_path) -> None:
    with FolderServer(tmp_path) as hub:
        hub.redirect_to = "ftp://127.0.0.1/models"
        with pytest.raises(InputError, match="redirect to ftp"):
            HttpStore(hub.url).read("a.bin", 0, 5)
