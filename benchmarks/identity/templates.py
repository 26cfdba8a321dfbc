"""Strips the seventy chat templates that llama.cpp is tested with and counts what tells, what was proven, what leaks.

python -m benchmarks.identity.templates [--sdist llama_cpp_python-0.3.36.tar.gz] [--each]

The templates come out of the source archive of llama-cpp-python, which pip fetches into a folder that is thrown away;
nothing is built or kept. Leaks are looked for a second time, more bluntly than the stripper does: any name of the
lexicon as a part of any word, any told passage, in the raw prompt and in what the edited template renders.
Ends with status 1 on a leak or on a refusal without a reason.
"""

import argparse
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parentage.digest import sha256_of
from parentage.endpoint.template_sandbox import Rendering, TemplateSandbox, Turn
from parentage.endpoint.templates import SpecialTokens
from parentage.endpoint.turns import Talk, render_talk
from parentage.protocols.identity.disclosure import Disclosure, disclose
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.stripping import Stripping, strip_template
from parentage.protocols.identity.telling import words_of

PACKAGE = "llama-cpp-python==0.3.36"
FOLDER = "vendor/llama.cpp/models/templates/"
# The archive has no tokenizers: the commonest names of the tokens that open and end a text stand in for them.
TOKENS = SpecialTokens(
    texts=("<s>", "</s>"), bos="<s>", eos="</s>", named=(("bos_token", "<s>"), ("eos_token", "</s>"))
)
QUESTIONS = ("Who are you?", "Quem criou você?", "你是谁？")
_BLUNT_LETTERS = 4
_TOLD_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one template. `leaks` are those of the blunt second look."""

    name: str
    disclosure: Disclosure
    stripping: Stripping
    leaks: tuple[str, ...]
    empty_system_tells: bool
    supplied: tuple[str, ...]
    seconds: float


def read_templates(sdist: Path) -> Mapping[str, str]:
    """Return the archive's templates by name, read in place."""
    found = {}
    with tarfile.open(sdist) as archive:
        for member in archive:
            if FOLDER in member.name and member.name.endswith(".jinja"):
                held = archive.extractfile(member)
                if held is not None:
                    found[member.name.rpartition("/")[2].removesuffix(".jinja")] = held.read().decode()
    return dict(sorted(found.items()))


def download(folder: Path) -> Path:
    """Return the source archive, fetched by pip with whatever index it is set up with."""
    package = PACKAGE.partition("==")[0]
    command = ["download", "--quiet", "--no-deps", "--no-binary", package, "--dest", str(folder), PACKAGE]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True)
    return next(folder.glob("*.tar.gz"))


def look_again(
    sandbox: TemplateSandbox, talk: Talk, disclosure: Disclosure, stripping: Stripping, names: Sequence[str]
) -> tuple[str, ...]:
    """Return what a blunt search still finds in the stripped prompts, whatever the residue check says."""
    texts = []
    if stripping.form is not None:
        texts += [stripping.form.prompt(question).replace(question, "\n") for question in QUESTIONS]
    if stripping.edited is not None:
        renderings = [
            Rendering(turns=(Turn(role="user", content=question, parts=talk.parts),), extra=talk.variables)
            for question in QUESTIONS
        ]
        for question, text in zip(QUESTIONS, sandbox.render(stripping.edited.source, renderings), strict=True):
            texts.append(text.replace(question, "\n") if isinstance(text, str) else "")
    # What opens the reply ("Here are my reasoning steps:") belongs to the format unless it tells an identity.
    put_in = (*stripping.told, *(telling.text for telling in disclosure.tellings), disclosure.default.text)
    told = [text for text in put_in if len(words_of(text)) >= _TOLD_WORDS]
    blunt = [name for name in names if len(name) >= _BLUNT_LETTERS]
    found = []
    for text in texts:
        found += [name for name in blunt if name.casefold() in text.casefold()]
        found += [passage[:60] for passage in told if passage in text]
    return tuple(dict.fromkeys(found))


def measure(templates: Mapping[str, str]) -> list[Outcome]:
    """Return the outcome for every template, all in one sandbox."""
    names = [
        name
        for identity in make_lexicon().identities
        for name in (*identity.names, *identity.makers)
        if name not in identity.ambiguous
    ]
    outcomes = []
    with TemplateSandbox() as sandbox:
        for name, source in templates.items():
            begin = time.perf_counter()
            talk = render_talk(sandbox, source, TOKENS.variables())
            disclosure = disclose(sandbox, source, TOKENS, names, talk=talk)
            stripping = strip_template(sandbox, source, TOKENS, names, talk=talk)
            seconds = time.perf_counter() - begin
            outcomes.append(
                Outcome(
                    name=name,
                    disclosure=disclosure,
                    stripping=stripping,
                    leaks=look_again(sandbox, talk, disclosure, stripping, names),
                    empty_system_tells=_empty_system_tells(talk, disclosure),
                    supplied=talk.supplied,
                    seconds=seconds,
                )
            )
    return outcomes


def _empty_system_tells(talk: Talk, disclosure: Disclosure) -> bool:
    text = talk.empty_system if isinstance(talk.empty_system, str) else ""
    return any(telling.text in text for telling in disclosure.tellings)


def tabulate(outcomes: Sequence[Outcome]) -> str:
    """Return the counts as a Markdown table."""
    defaults = Counter(one.disclosure.default.status for one in outcomes)
    methods = Counter(one.stripping.method for one in outcomes)
    unreached = [one for one in outcomes if any(not hidden.reached for hidden in one.disclosure.hidden)]
    refused = [one for one in outcomes if one.stripping.form is None]
    rows: list[tuple[str, int]] = [
        ("templates", len(outcomes)),
        ("write words before a lone question", sum(bool(one.disclosure.told) for one in outcomes)),
        ("of these, tell an identity or a persona", sum(one.disclosure.tells for one in outcomes)),
        ("still tell with an empty system message", sum(one.empty_system_tells for one in outcomes)),
        ("still tell with a system message of one's own", sum(bool(one.disclosure.beside_system) for one in outcomes)),
        ("tell in a constant that no rendering reached", len(unreached)),
        ("default proven letter for letter", defaults["proven"]),
        ("default found, not exact", defaults["inexact"]),
        ("empty system turn written", defaults["empty"]),
        ("fixed preamble that no system message replaces", defaults["fixed"]),
        ("nothing written", defaults["none"]),
        ("no system turn", defaults["no-system-turn"]),
        ("rendered only with empty `tools`, `functions`, `datetime`", sum(bool(one.supplied) for one in outcomes)),
        ("stripped: nothing to strip", methods["nothing-to-strip"]),
        ("stripped: turn format", methods["turn-format"]),
        ("stripped: edited template", methods["edited-template"]),
        ("stripped: empty system message", methods["empty-system"]),
        ("also an edited template that holds", sum(one.stripping.edited is not None for one in outcomes)),
        ("refused, with the reason", sum(bool(one.stripping.why) for one in refused)),
        ("refused without a reason", sum(not one.stripping.why for one in refused)),
        ("leaks after stripping", sum(bool(one.leaks) for one in outcomes)),
    ]
    return "\n".join(["| | templates |", "|---|---|", *(f"| {what} | {count} |" for what, count in rows)])


def describe(one: Outcome) -> str:
    """Return one template's outcome in a line, and the reasons where a method did not hold."""
    failed = [f"\n    {tried.method}: {tried.why}" for tried in one.stripping.attempts if not tried.held]
    default = one.disclosure.default.status
    leaks = f" LEAKS {one.leaks}" if one.leaks else ""
    return f"{one.name}: {default}, {one.stripping.method}, {one.seconds:.2f} s{leaks}" + "".join(failed)


def main() -> int:
    """Print the counts; return 1 if anything leaked or was refused without a reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sdist", type=Path, help="the archive, if it is here already")
    parser.add_argument("--each", action="store_true", help="print a line for each template as well")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sdist = asked.sdist or download(Path(folder))
        digest = sha256_of(sdist.read_bytes())
        outcomes = measure(read_templates(sdist))
    if asked.each:
        print("\n".join(map(describe, outcomes)), end="\n\n")
    print(f"{PACKAGE}, {digest[:23]}\n\n{tabulate(outcomes)}")
    slowest = max(one.seconds for one in outcomes)
    print(f"\n{sum(one.seconds for one in outcomes):.1f} s in all, {slowest:.2f} s at most for one template")
    for one in outcomes:
        if one.stripping.form is None:
            print(f"\nRefused: {describe(one)}")
    return int(any(one.leaks or (one.stripping.form is None and not one.stripping.why) for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
