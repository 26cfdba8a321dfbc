"""Texts to train tokenizers on that the machine has: of one kind each, bounded, in a fixed order, no file in two.

Which files there are depends on the machine, so each text has a digest: the same digests, the same figures.
"""

import gzip
import hashlib
import platform
import random
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

# Of a file, so that no single one makes a text; of a text; and fewer make no text.
FILE_CHARACTERS = 200_000
TEXT_CHARACTERS = 6_000_000
FEWEST_CHARACTERS = 1_000_000
# Packages with enough source for a text of their own; all but the standard library may be missing.
PACKAGES = ("transformers", "torch", "scipy", "sympy", "numpy", "numba")
_LARGEST = 2**23


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Pieces of a text, each from a file of its own, and where they are from."""

    name: str
    source: str
    pieces: tuple[str, ...]

    @property
    def characters(self) -> int:
        """How many characters it has."""
        return sum(map(len, self.pieces))

    @property
    def digest(self) -> str:
        """Return the first letters of a digest of the pieces in order."""
        return hashlib.sha256("\0".join(self.pieces).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_corpora() -> Mapping[str, Corpus]:
    """Return the texts that this machine has enough of, by name; a file that one has is in no later one."""
    seen: set[str] = set()
    corpora = {}
    for name, source, paths in _places():
        pieces = _pieces(paths, seen)
        if sum(map(len, pieces)) >= FEWEST_CHARACTERS:
            corpora[name] = Corpus(name=name, source=source, pieces=pieces)
    return corpora


def _places() -> list[tuple[str, str, list[Path]]]:
    library, installed = Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib"))
    python = f"Python {platform.python_version()}"
    halves: tuple[list[Path], list[Path]] = ([], [])
    for path in library.rglob("*.py"):
        if "site-packages" not in path.parts:
            halves[hashlib.sha256(path.name.encode()).digest()[0] % 2].append(path)
    places = [(f"library {half}", python, files) for half, files in zip("ab", halves, strict=True)]
    for name in PACKAGES:
        if (installed / name).is_dir():
            source = f"{name} {version(name)}"
            places.append((name, source, list((installed / name).rglob("*.py"))))
            places.append((f"headers of {name}", source, list((installed / name).rglob("*.h"))))
    places.append(("descriptions", "installed packages", list(installed.glob("*.dist-info/METADATA"))))
    share = Path("/usr/share")
    documents = [path for path in (share / "doc").rglob("*") if path.suffix == ".gz" or path.name == "copyright"]
    roots = (share / "perl", share / "perl5")
    perl = [path for root in roots for path in root.rglob("*") if path.suffix in (".pm", ".pod")]
    script = [path for root in (share / "nodejs", Path("/usr/lib/node_modules")) for path in root.rglob("*.js")]
    return [
        *places,
        ("manual pages", str(share / "man"), list((share / "man").rglob("*.gz"))),
        ("documents", str(share / "doc"), documents),
        ("Perl", str(share / "perl"), perl),
        ("JavaScript", "nodejs", script),
    ]


def _pieces(paths: Iterable[Path], seen: set[str]) -> tuple[str, ...]:
    """Return the beginnings of files in an order that their paths give, up to the bound; no content twice."""
    ordered = sorted(set(paths))
    random.Random(1).shuffle(ordered)
    pieces: list[str] = []
    size = 0
    for path in ordered:
        if size >= TEXT_CHARACTERS:
            break
        text = _read(path)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if text.strip() and digest not in seen:
            seen.add(digest)
            pieces.append(text[:FILE_CHARACTERS])
            size += len(pieces[-1])
    return tuple(pieces)


def _read(path: Path) -> str:
    """Return a file's text, "" where it cannot be read or is not a regular file of moderate size."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        data = path.read_bytes()
        if path.suffix == ".gz":
            with gzip.open(path) as held:
                data = held.read(_LARGEST)
    except (OSError, EOFError):
        return ""
    return data.decode("utf-8", "ignore")


def describe_corpora(corpora: Mapping[str, Corpus]) -> str:
    """Return the texts as a Markdown table."""
    rows = [
        f"| {one.name} | {one.source} | {len(one.pieces)} | {one.characters:,} | `{one.digest}` |"
        for one in corpora.values()
    ]
    return "\n".join(["| text | of | files | characters | digest |", "|---|---|---|---|---|", *rows])
