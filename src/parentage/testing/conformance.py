"""What every store must do: subclass, provide `store` over `FILES`, and pytest runs the rest."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from parentage.errors import ParentageError
from parentage.storage.store import Store

FILES = {"a.bin": bytes(range(256)) * 40, "config.json": b"{}", "empty.bin": b""}


class StoreConformance:
    """Exact ranges, from any thread; a plain error for everything that is not there."""

    @pytest.fixture
    def store(self) -> Store:
        """Return a store that holds FILES."""
        raise NotImplementedError

    def test_sizes(self, store: Store) -> None:
        """Sizes are those of the files."""
        assert store.size("a.bin") == 10_240

    def test_presence(self, store: Store) -> None:
        """What is there is there."""
        assert store.has("config.json")
        assert not store.has("missing.bin")

    def test_names(self, store: Store) -> None:
        """A listing is complete, or there is none."""
        assert store.names() in (None, tuple(sorted(FILES)))

    @pytest.mark.parametrize(("start", "stop"), [(0, 1), (0, 10_240), (255, 257), (10_239, 10_240), (7, 7)])
    def test_ranges_are_exact(self, store: Store, start: int, stop: int) -> None:
        """A range is those bytes and no others."""
        assert store.read("a.bin", start, stop) == FILES["a.bin"][start:stop]

    @pytest.mark.parametrize(("start", "stop"), [(10_000, 10_241), (20_000, 20_001)])
    def test_beyond_the_end_is_an_error(self, store: Store, start: int, stop: int) -> None:
        """Fewer bytes than asked for are never returned."""
        with pytest.raises(ParentageError):
            store.read("a.bin", start, stop)

    def test_reading_into_a_buffer(self, store: Store) -> None:
        """The whole buffer is filled, and nothing beside it."""
        data = bytearray(b"#" * 12)
        store.read_into("a.bin", 1000, memoryview(data)[1:11])
        assert bytes(data) == b"#" + FILES["a.bin"][1000:1010] + b"#"

    def test_missing_file_is_an_error(self, store: Store) -> None:
        """A file that is not there has no bytes."""
        with pytest.raises(ParentageError):
            store.read("missing.bin", 0, 1)

    def test_many_threads(self, store: Store) -> None:
        """Threads do not disturb each other."""
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda i: store.read("a.bin", i, i + 64), range(0, 10_000, 50)))
        assert found == [FILES["a.bin"][i : i + 64] for i in range(0, 10_000, 50)]
