"""Text to train on that every machine with Python has: the standard library, its docstrings, licence texts.

Domains differ as the data of different fine-tunes do. What is found depends on the Python version, so the digest of the
text is part of the digest of every training run.
"""

import ast
import functools
import hashlib
import sysconfig
from pathlib import Path

LIBRARY = Path(sysconfig.get_path("stdlib"))
LICENCES = Path("/usr/share/common-licenses")
MOST_BYTES = 400_000
PACKAGES = {
    "async": ("asyncio", "concurrent"),
    "mail": ("email", "mailbox.py"),
    "web": ("http", "urllib", "wsgiref"),
    "checks": ("unittest", "doctest.py", "bdb.py", "pdb.py"),
    "markup": ("xml", "html"),
    "processes": ("multiprocessing", "subprocess.py", "selectors.py"),
    "numbers": ("_pydecimal.py", "fractions.py", "statistics.py", "random.py", "_pydatetime.py", "datetime.py"),
    "files": ("tarfile.py", "zipfile.py", "zipfile", "shutil.py", "pathlib.py", "pathlib", "tempfile.py"),
    "settings": ("argparse.py", "optparse.py", "configparser.py", "logging", "json"),
}
DOMAINS = (*PACKAGES, "prose", "everything")


def _sources(names: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        place = LIBRARY / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.is_file() else []
    return found


def _docstrings(path: Path) -> str:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, kinds))
    return "\n\n".join(text for node in nodes if (text := ast.get_docstring(node)))


@functools.cache
def read_domain(domain: str) -> bytes:
    """Return the domain's text, at most MOST_BYTES bytes."""
    if domain == "everything":
        share = MOST_BYTES // (len(DOMAINS) - 1)
        return b"".join(read_domain(name)[:share] for name in DOMAINS[:-1])
    if domain == "prose":
        licences = b"\n\n".join(path.read_bytes() for path in sorted(LICENCES.glob("*")) if path.is_file())
        strings = "\n\n".join(_docstrings(path) for path in sorted(LIBRARY.glob("[a-z]*.py")))
        return (licences[: MOST_BYTES // 2] + strings.encode())[:MOST_BYTES]
    return b"\n".join(path.read_bytes() for path in _sources(PACKAGES[domain]))[:MOST_BYTES]


@functools.cache
def text_digest(domain: str) -> str:
    """Return the sha256 of the domain's text."""
    return hashlib.sha256(read_domain(domain)).hexdigest()
