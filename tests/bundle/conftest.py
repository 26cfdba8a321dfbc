"""One signed and answered bundle of the example case, made by the commands that users have."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from parentage.evidence.canonical import canonical_json
from parentage.evidence.manifest import AS_RUN, LATER, MANIFEST, manifest_files

COMMAND = str(Path(sys.executable).parent / "parentage")


@pytest.fixture(scope="session")
def keys(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def parentage(keys) -> Callable[..., subprocess.CompletedProcess]:
    def run(*arguments: object, status: int = 0) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            capture_output=True,
            text=True,
            env={"PARENTAGE_KEYS": str(keys), "PATH": "", "HOME": str(keys)},
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def made(parentage, tmp_path_factory) -> Path:
    """An audit's folder, its bundle signed by `auditor`, disputed by `lab` and answered."""
    out = tmp_path_factory.mktemp("made") / "out"
    for name, scheme in (("auditor", "ed25519"), ("lab", "ecdsa"), ("stranger", "ed25519")):
        parentage("keys", "make", name, "--scheme", scheme)
    parentage("audit", ROOT / "examples/rivo/case.toml", "--out", out, "--no-identity")
    parentage("sign", out, "--key", "auditor")
    said = out / "said.md"
    said.write_text("The weights were uploaded by mistake.")
    respond = ("respond", out, "--file", said)
    parentage(*respond, "--kind", "dispute", "--finding", "replay", "--by", "Rivo Lab", "--key", "lab")
    parentage(*respond, "--kind", "answer", "--to", 1, "--role", "auditor", "--by", "Auditor", "--key", "auditor")
    return out


@pytest.fixture(scope="session")
def auditor_pem(made, parentage, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pem") / "auditor.pem"
    path.write_text(parentage("keys", "export", "auditor").stdout)
    return path


@pytest.fixture
def bundle(made, tmp_path) -> Iterator[Path]:
    """A copy to break."""
    folder = tmp_path / "bundle"
    shutil.copytree(made / "bundle", folder)
    yield folder


def relist(folder: Path) -> None:
    """Make both lists anew, as somebody would who changes a file and knows the format."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (MANIFEST, AS_RUN)
    }
    for name, data in manifest_files({k: v for k, v in files.items() if not k.startswith(LATER)}).items():
        (folder / name).write_bytes(data)


def edit(path: Path, change: Callable[[dict], object]) -> None:
    """Change a JSON document in place."""
    document = json.loads(path.read_bytes())
    change(document)
    path.write_bytes(canonical_json(document) if path.name in (MANIFEST, AS_RUN) else json.dumps(document).encode())
