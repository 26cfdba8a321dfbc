"""A job: one operation that makes folders out of folders. Only a record, so that the table of cases needs no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MERGEKIT = "mergekit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One operation: folders in, folders out, both by their paths inside the zoo."""

    operation: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the job is called in the log: the folder that it makes first."""
        return self.outputs[0]
