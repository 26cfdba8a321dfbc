"""Progress on standard error, and only on a terminal: bytes or replies, how fast, time left."""

import sys
from types import TracebackType
from typing import Self


class ByteProgress:
    """Counts bytes read and shows them; silent where standard error is no terminal."""

    def __init__(self) -> None:
        self._bar: object | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

            columns = ("Reading", BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task("read", total=None)
            self._progress.start()
            self._bar = self._progress
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._progress.stop()

    def expect(self, total_bytes: int) -> None:
        """Say how many bytes will be read."""
        if self._bar is not None:
            self._progress.update(self._task, total=total_bytes)

    def advance(self, read_bytes: int) -> None:
        """Add bytes read."""
        if self._bar is not None:
            self._progress.update(self._task, advance=read_bytes)


class ReplyProgress:
    """Shows how many replies are there of those planned; silent where standard error is no terminal."""

    def __init__(self) -> None:
        self._shown: object | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            columns = ("Asking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task("ask", total=None)
            self._progress.start()
            self._shown = self._progress
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._progress.stop()

    def show(self, done: int, planned: int) -> None:
        """Show how many replies there are."""
        if self._shown is not None:
            self._progress.update(self._task, completed=done, total=planned)
