"""Writes what a script prints into a page, between two markers, so that no figure in the page is typed by hand."""

from pathlib import Path


def markers(name: str) -> tuple[str, str]:
    """Return the lines between which a script's output stands."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def read_between(page: str, name: str) -> str:
    """Return what stands between the markers; raises ValueError where they are not there once, in order."""
    begin, end = markers(name)
    if page.count(begin) != 1 or page.count(end) != 1 or page.index(begin) > page.index(end):
        raise ValueError(f"{begin} and {end}: must stand in the page once each, in this order")
    return page.split(begin)[1].split(end)[0].strip("\n")


def write_between(path: Path, name: str, text: str) -> None:
    """Put the text between a page's markers; raises ValueError as `read_between` does."""
    page = path.read_text()
    read_between(page, name)
    begin, end = markers(name)
    head, tail = page.split(begin)[0], page.split(end)[1]
    path.write_text(f"{head}{begin}\n{text.strip(chr(10))}\n{end}{tail}")
