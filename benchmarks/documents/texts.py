"""How long the passages are that texts by different authors share: the null of docs/questions/file-kinship.md.

python -m benchmarks.documents.texts [--cards FOLDER [--download]] [--each]

Always: the descriptions that the installed Python packages carry. With --cards: the READMEs and model cards that
cards.csv lists by repository, commit and digest, read from FOLDER/OWNER/NAME/COMMIT/PATH; --download fetches those that
are missing, 3 MB in 202 requests. Each pair is compared as an audit compares a subject with one candidate.
"""

import argparse
import csv
import hashlib
import itertools
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from parentage.protocols.documents import text_kinship
from parentage.protocols.documents.text_kinship import COPIED_CHARACTERS, MASK_CHARACTERS, find_passages
from parentage.protocols.documents.text_prose import CARD, read_prose

LIST = Path(__file__).with_name("cards.csv")
SOURCE = "https://raw.githubusercontent.com"
# Shorter ones have no room for a passage. Characters as written, and of prose.
FEWEST_CHARACTERS, FEWEST_OF_PROSE = 1_500, 800
_SHOWN = 8
_HOST = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/([\w.-]+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
# Of forges: no owner.
_NOBODY = {"sponsors", "orgs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text as an audit compares it: `text` in normal form, `own` with what everybody writes blanked."""

    name: str
    owners: frozenset[str]
    text: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The longest passage of a pair of texts that has one."""

    left: str
    right: str
    longest: int
    by_one_owner: bool
    text: str


def make_text(name: str, owners: frozenset[str], data: bytes) -> Text | None:
    """Return a text ready for comparison, None where it has little prose."""
    text = read_prose({CARD: data}).text
    if len(text) < FEWEST_OF_PROSE:
        return None
    # What compare_texts does to a subject, once for all of its pairs.
    known = find_passages(text, text_kinship._boilerplate(), MASK_CHARACTERS)
    return Text(name=name, owners=owners, text=text, own=text_kinship._blank(text, known.found))


def find_owners(package: Distribution) -> frozenset[str]:
    """Return who a package names: forge accounts of its addresses, its people's addresses and names."""
    held = package.metadata
    links = [value for key in ("Home-page", "Project-URL", "Download-URL") for value in held.get_all(key) or ()]
    accounts = {f"forge:{found.casefold()}" for link in links for found in _HOST.findall(link)}
    people: set[str] = set()
    for key in ("Author", "Maintainer", "Author-email", "Maintainer-email"):
        for value in held.get_all(key) or ():
            people |= {found.casefold() for found in _ADDRESS.findall(value)}
            names = re.sub(r"<[^>]*>", "", value).split(",")
            people |= {name.strip(' "').casefold() for name in names if name.strip(' "') and "@" not in name}
    return frozenset(accounts - {f"forge:{one}" for one in _NOBODY} | people)


def read_packages() -> list[Text]:
    """Return the descriptions of the installed packages, one of each name."""
    texts = {}
    for package in sorted(distributions(), key=lambda one: (one.name or "").casefold()):
        body = package.read_text("METADATA") or ""
        _, _, description = body.partition("\n\n")
        if len(description) > FEWEST_CHARACTERS:
            name = f"{package.name} {package.version}"
            made = make_text(name, find_owners(package), description.encode())
            if made is not None:
                texts[name] = made
    return list(texts.values())


def read_cards(folder: Path, source: str = "") -> list[Text]:
    """Return the listed cards; fetched from a source where they are missing, refused with another digest."""
    texts = []
    with LIST.open(newline="") as held:
        rows = list(csv.DictReader(held))
    for row in rows:
        place = f"{row['repository']}/{row['commit']}/{row['path']}"
        path = folder / place
        if source and not path.exists():
            with urllib.request.urlopen(f"{source}/{urllib.parse.quote(place)}", timeout=60) as reply:
                data = reply.read(2**23)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if not path.exists():
            raise SystemExit(f"{path} is not there: --download fetches it")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise SystemExit(f"{path}: sha256 {hashlib.sha256(data).hexdigest()}, not {row['sha256']}")
        owner = row["repository"].partition("/")[0].casefold()
        made = make_text(f"{row['repository']}: {row['path']}", frozenset({owner}), data)
        if made is not None:
            texts.append(made)
    return texts


def find_shared(texts: Sequence[Text]) -> Iterator[Shared]:
    """Yield the longest passage of each pair that has one."""
    for left, right in itertools.combinations(texts, 2):
        found = find_passages(left.own, right.text.replace("\0", "\1")).found
        if found:
            longest = max(found, key=lambda one: one.length)
            yield Shared(
                left=left.name,
                right=right.name,
                longest=longest.length,
                by_one_owner=bool(left.owners & right.owners),
                text=left.own[longest.start : longest.end],
            )


def bound_of_none(count: int) -> float:
    """Return the share that none of `count` independent draws still allows (95 %, one-sided)."""
    return float(1 - 0.05 ** (1 / count)) if count else 1.0


def describe(what: str, texts: Sequence[Text], shared: Sequence[Shared]) -> str:
    """Return one set's table."""
    groups = count_groups(texts)
    pairs = list(itertools.combinations(texts, 2))
    one_owner = sum(bool(left.owners & right.owners) for left, right in pairs)
    digest = hashlib.sha256("\0".join(sorted(one.text for one in texts)).encode("utf-8", "surrogatepass")).hexdigest()
    lines = [
        f"{what}: {len(texts)} texts of {groups} owners, {sum(len(one.text) for one in texts):,} characters, "
        f"digest `{digest[:12]}`\n",
        "| pairs | | with a passage | longest passages | of 400 or more |",
        "|---|---|---|---|---|",
    ]
    for name, count, wanted in (
        ("different owners", len(pairs) - one_owner, False),
        ("one owner", one_owner, True),
    ):
        lengths = sorted((one.longest for one in shared if one.by_one_owner is wanted), reverse=True)
        long = sum(length >= COPIED_CHARACTERS for length in lengths)
        shown = ", ".join(f"{length:,}" for length in lengths[:_SHOWN])
        lines.append(f"| {name} | {count:,} | {len(lengths)} | {shown} | {long} |")
    lines.append(f"\n0 of {groups} independent owners would allow {bound_of_none(groups):.0%} (95 %, one-sided)")
    return "\n".join(lines)


def count_groups(texts: Sequence[Text]) -> int:
    """Return how many sets of texts there are that no owner joins, not even through a third."""
    groups: list[set[str]] = []
    for number, text in enumerate(texts):
        own = set(text.owners) or {f"unknown {number}"}
        for group in [one for one in groups if one & own]:
            own |= group
            groups.remove(group)
        groups.append(own)
    return len(groups)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents.texts", description=__doc__)
    parser.add_argument("--cards", type=Path, metavar="FOLDER", help="compare the listed cards as well")
    parser.add_argument("--download", action="store_true", help="fetch missing cards")
    parser.add_argument("--source", default=SOURCE, help="where from")
    parser.add_argument("--each", action="store_true", help="print a line for each pair with a passage as well")
    asked = parser.parse_args(arguments)
    sets: Mapping[str, list[Text]] = {"Descriptions of installed packages": read_packages()}
    if asked.cards is not None:
        sets = {**sets, "Listed cards": read_cards(asked.cards, asked.source if asked.download else "")}
    for what, texts in sets.items():
        shared = list(find_shared(texts))
        print(describe(what, texts, shared), end="\n\n", flush=True)
        for one in sorted(shared, key=lambda one: -one.longest) if asked.each else ():
            mark = "one owner" if one.by_one_owner else "different owners"
            print(f"{one.longest} {mark}: {one.left} / {one.right}: {one.text[:200]}", flush=True)


if __name__ == "__main__":
    main()
