"""`parentage papers`: the standard papers of an audit, one to standard output or several into a folder."""

import sys
from pathlib import Path

from parentage.errors import StorageError, UsageError
from parentage.evidence.verdict_file import write_bytes
from parentage.report import view
from parentage.report.papers.writing import FORMATS, check_formats, write_papers


def run(directory: Path, formats: list[str], out: Path | None) -> None:
    """Print the one paper that is asked for, or write those asked for into `out`; nothing is written by halves."""
    asked = list(dict.fromkeys(formats))
    if not asked:
        raise UsageError(f"--format: must be given: {', '.join(FORMATS)}")
    check_formats(asked)
    if out is None and len(asked) > 1:
        raise UsageError(f"--format {', '.join(asked)}: several papers need --out")
    texts = write_papers(directory, asked)
    if out is None:
        (text,) = texts.values()
        # A card is printed as it is, for a file or a program to take; a terminal would act on what strangers wrote.
        if sys.stdout.isatty():
            sys.stdout.write(view.clean(text))
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror}: could not be made") from error
    for name, text in texts.items():
        write_bytes(out / name, text.encode())
        sys.stdout.write(f"{out / name}\n")
