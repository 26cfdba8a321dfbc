"""Puts the zoo's cases to Cisco's model-provenance-kit, in an environment of its own and without a network.

It needs Python 3.12 and compares two models at a time. It has no word for a merge, so all that can be marked is
whether it calls related what is related and unrelated what is not.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.zoo.marking import LabelledCase

PACKAGE = "cisco-ai-provenance-kit==1.0.0"
MATCHES = ("Confirmed Match", "High-Confidence Match")
# Its score of the weights alone; the kit itself calls a match of high confidence what lies above.
HIGH_CONFIDENCE = 0.75
UNRELATED = frozenset({"independent"})
UNDECIDED = frozenset({"inconclusive"})

# Runs in the peer's environment: pairs of folders as JSON lines in, its decisions as JSON lines out. Without its cache,
# whose key is the path alone.
DRIVER = """
import json, sys, time
import structlog, logging
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
from provenancekit.core.scanner import ModelProvenanceScanner
from provenancekit.services.cache import NullCache
scanner = ModelProvenanceScanner(cache=NullCache())
out = sys.stdout
sys.stdout = sys.stderr
for line in sys.stdin:
    left, right = json.loads(line)
    begin = time.perf_counter()
    try:
        found = scanner.compare(left, right)
        answer = {"decision": found.scores.provenance_decision, "tier": found.scores.mfi_tier,
                  "identity": found.scores.identity_score, "wvc": found.signals.wvc}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"[:300]}
    answer["seconds"] = time.perf_counter() - begin
    out.write(json.dumps(answer) + chr(10))
    out.flush()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAnswer:
    """What the kit says of subject and candidate: its decision, and its score of the weights alone where it has one."""

    decision: str
    identity: float | None
    seconds: float
    error: str | None = None

    @property
    def matched(self) -> bool:
        """Whether it says that they belong together."""
        return self.decision.startswith(MATCHES)

    @property
    def matched_by_weights(self) -> bool:
        """The same by its weights alone, without the shortcut that an equal configuration is a match."""
        return self.identity is not None and self.identity > HIGH_CONFIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatedness:
    """Counts over cases whose truth is related or unrelated; `failed` are those without any answer."""

    related: int
    related_found: int
    unrelated: int
    unrelated_matched: int
    failed: int
    left_out: int


def make_environment(folder: Path) -> Path:
    """Return the Python of an environment that holds the kit, made in the folder unless it is there."""
    python = folder / "bin/python"
    if not (folder / ".ready").exists():
        subprocess.run([find_python(), "-m", "venv", str(folder)], check=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        subprocess.run([str(python), "-m", "pip", "install", *quiet, PACKAGE], check=True)
        (folder / ".ready").touch()
    return python


def find_python() -> str:
    """Return a Python 3.12, from the path or from pyenv; raises FileNotFoundError."""
    found = shutil.which("python3.12")
    if found and subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode == 0:
        return found
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for path in sorted(versions.glob("3.12*/bin/python3.12")):
        return str(path)
    raise FileNotFoundError("python3.12: neither on the path nor in pyenv's versions; the peer needs it")


def ask(python: Path, pairs: Sequence[tuple[str, str]]) -> list[PairAnswer]:
    """Return the kit's answers for pairs of locations, in order; where it dies, an error for each pair that is left."""
    quiet = {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    lines = "".join(json.dumps(pair) + "\n" for pair in pairs)
    done = subprocess.run(
        [str(python), "-c", DRIVER],
        input=lines,
        capture_output=True,
        text=True,
        env={**os.environ, **quiet},
        check=False,
    )
    answers = [_parse(json.loads(line)) for line in done.stdout.splitlines()]
    last = " ".join(done.stderr.split())[-200:]
    lost = PairAnswer(decision="", identity=None, seconds=0.0, error=f"the process ended: {last}")
    return answers + [lost] * (len(pairs) - len(answers))


def _parse(table: Mapping[str, object]) -> PairAnswer:
    return PairAnswer(
        decision=str(table.get("decision", "")),
        identity=table.get("identity"),
        seconds=float(table["seconds"]),
        error=table.get("error"),
    )


def answer_all(
    python: Path, zoo: Path, cases: Sequence[LabelledCase], digest: Callable[[str], str], kept: Path
) -> dict[str, list[PairAnswer]]:
    """Return {case id: answers, one for each candidate}. A pair of equal content is asked once, and kept in a file."""
    known = {key: _parse(table) for key, table in json.loads(kept.read_text()).items()} if kept.exists() else {}
    wanted = {
        f"{PACKAGE} {digest(case.subject)} {digest(place)}": (str(zoo / case.subject), str(zoo / place))
        for case in cases
        for place in case.candidates.values()
    }
    missing = {key: pair for key, pair in wanted.items() if key not in known}
    if missing:
        known |= zip(missing, ask(python, list(missing.values())), strict=True)
        answered = {key: asdict(answer) for key, answer in known.items() if answer.error is None}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(answered))
    return {
        case.id: [known[f"{PACKAGE} {digest(case.subject)} {digest(place)}"] for place in case.candidates.values()]
        for case in cases
    }


def relatedness(
    cases: Sequence[LabelledCase], answers: Mapping[str, Sequence[PairAnswer]], *, by_weights: bool = False
) -> Relatedness:
    """Return how often the kit matches a subject with any candidate, for cases that are related and cases that are not.

    Cases where no verdict is known to be right (inconclusive by nature) are left out.
    """
    counts = dict.fromkeys(("related", "related_found", "unrelated", "unrelated_matched", "failed", "left_out"), 0)
    for case in cases:
        of_case = answers[case.id]
        matched = any(a.matched_by_weights if by_weights else a.matched for a in of_case)
        if case.relation in UNDECIDED:
            counts["left_out"] += 1
        elif case.relation in UNRELATED:
            counts["unrelated"] += 1
            counts["unrelated_matched"] += matched
        else:
            counts["related"] += 1
            counts["related_found"] += matched
        counts["failed"] += all(a.error is not None for a in of_case)
    return Relatedness(**counts)
