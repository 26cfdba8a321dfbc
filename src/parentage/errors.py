"""Every error that Parentage raises on purpose, in one tree.

    ParentageError
    ├── UsageError            the request makes no sense (exit 2)
    ├── InputError            an input is malformed or hostile (exit 2)
    └── UnfinishedError       the audit could not be finished; what was done is kept (exit 3)
        └── StorageError      bytes could not be read, now or at all

Each carries one line that names the thing, the value and the rule; the command line prints just that line.
"""


class ParentageError(Exception):
    """Base of all; `exit_status` is what the command line ends with."""

    exit_status = 1


class UsageError(ParentageError):
    """The request itself makes no sense: no candidates, the subject as its own candidate."""

    exit_status = 2


class InputError(ParentageError):
    """An input breaks a rule of its format. Build it with the file, the value seen and the rule."""

    exit_status = 2

    def __init__(self, where: str, value: str, rule: str) -> None:
        super().__init__(_one_line(f"{where}: {value}: {rule}"))
        self.where = where
        self.value = value
        self.rule = rule


class UnfinishedError(ParentageError):
    """The audit stopped before its end; the journal keeps what was done."""

    exit_status = 3


class StorageError(UnfinishedError):
    """Bytes that should be there could not be read (server error, short body, changed file)."""


def _one_line(text: str) -> str:
    """Return text without line breaks and control characters: names in hostile files may hold them."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
