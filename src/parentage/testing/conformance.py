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

    @pytest.mark.parametrize(("start", "stop"), [(0, 10_240), (5000, 9001), (7, 7)])
    def test_views_are_exact(self, store: Store, start: int, stop: int) -> None:
        """A view is the same bytes, lent."""
        assert bytes(store.view("a.bin", start, stop)) == FILES["a.bin"][start:stop]

    def test_a_view_beyond_the_end_is_an_error(self, store: Store) -> None:
        """Nothing is lent that is not there."""
        with pytest.raises(ParentageError):
            store.view("a.bin", 10_000, 10_241)

    def test_missing_file_is_an_error(self, store: Store) -> None:
        """A file that is not there has no bytes."""
        with pytest.raises(ParentageError):
            store.read("missing.bin", 0, 1)

    def test_many_threads(self, store: Store) -> None:
        """Threads do not disturb each other."""
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda i: store.read("a.bin", i, i + 64), range(0, 10_000, 50)))
        assert found == [FILES["a.bin"][i : i + 64] for i in range(0, 10_000, 50)]
