"""How a question that needs whole matrices asks for them: by side and name, from whoever reads within a budget."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from parentage.checkpoint.header import TensorInfo

SUBJECT = -1


class MatrixReader(Protocol):
    """Whole tensors of the subject (side -1) and of the candidates (sides 0, 1, ...)."""

    @property
    def candidates(self) -> int:
        """Number of candidates."""

    def tensors(self, side: int) -> Mapping[str, TensorInfo]:
        """Return a side's tensors by name, in file order."""

    def config(self, side: int) -> Mapping[str, object]:
        """Return a side's config.json as it claims to be; nothing in it is to be believed unchecked."""

    def read(self, side: int, name: str) -> NDArray[Any]:
        """Return one tensor in its shape and storage dtype, read-only; raises StorageError."""

    def read_rows(self, side: int, name: str, first: int, last: int) -> NDArray[Any]:
        """Return rows [first, last) along the first axis, in the storage dtype, read-only; raises StorageError."""
