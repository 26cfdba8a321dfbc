"""`parentage timestamp`: has an authority say that the bundle was there by now."""

import sys
from pathlib import Path

from parentage.audit.bundle.verification import verify_bundle
from parentage.cli.bundle import add_files, folder_of
from parentage.evidence.container import open_container
from parentage.evidence.timestamps import timestamp_query
from parentage.storage.authority import ask_authority


def run(path: Path, url: str) -> None:
    """Ask for a timestamp, add it, and verify again: an answer about something else is not kept."""
    folder = folder_of(path)
    before = verify_bundle(folder)
    name = f"timestamps/{len(before.timestamps) + 1:04d}.tsr"
    add_files(folder, {name: ask_authority(url, timestamp_query(open_container(folder)))})
    try:
        after = verify_bundle(folder)
    except BaseException:
        (folder / name).unlink(missing_ok=True)
        raise
    sys.stdout.write(f"{url} says {after.timestamps[-1].time}\n")
