"""What an uploader could do to a merge so that it is not recognised, done to the example, and what the audit then says.

    python -m benchmarks.zoo.evasion [docs/evasion.md]

Rewrites that cost the uploader nothing (no data, no training) come first in his mind, so they come first here.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
from benchmarks.zoo import naive
from benchmarks.zoo.auditing import audit_case
from benchmarks.zoo.marked_page import write_between
from benchmarks.zoo.marking import Answer, parse_case
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.testing.checkpoints import write_checkpoint

MODELS = Path(__file__).parents[2] / "examples/rivo/models"
PAGE_NAME = "evasion"
CANDIDATES = ("nimbus", "basalt")
LAYERS, HIDDEN, UNITS = 4, 128, 352
BF16 = ml_dtypes.bfloat16

Tensors = dict[str, NDArray[Any]]
Random = np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One way to hide. `keeps` says what becomes of the model's function."""

    name: str
    keeps: str
    change: Callable[[Tensors, Random], Tensors]
    candidates: tuple[str, ...] = CANDIDATES


def read_model(name: str) -> Tensors:
    """Return all tensors of one of the example's models."""
    checkpoint = open_checkpoint(str(MODELS / name))
    return {
        tensor: checkpoint.read_elements(info, 0, info.elements).reshape(info.shape)
        for tensor, info in checkpoint.tensors.items()
    }


def wide(values: NDArray[Any]) -> NDArray[np.float32]:
    """Return stored values as fp32."""
    return values.astype(np.float32)


def each(tensors: Tensors, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Tensors:
    """Return the tensors, each changed."""
    return {name: change(values) for name, values in tensors.items()}


def one_ulp(share: float) -> Callable[[Tensors, Random], Tensors]:
    """Return an attempt that moves a share of all elements by one step of bf16, up or down."""

    def change(tensors: Tensors, rng: Random) -> Tensors:
        def moved(values: NDArray[Any]) -> NDArray[Any]:
            bits = values.view(np.int16)
            step = rng.choice(np.array([-1, 1], dtype=np.int16), size=bits.shape)
            # Zero has no pattern below it.
            chosen = (rng.random(bits.shape) < share) & (bits & 0x7FFF > 0)
            return np.where(chosen, bits + step, bits).astype(np.int16).view(BF16)

        return each(tensors, moved)

    return change


def dither(tensors: Tensors, rng: Random) -> Tensors:
    """Merge again in fp32 and round up or down by chance, in proportion to what is cut off."""
    nimbus, basalt = (read_model(name) for name in CANDIDATES)

    def rounded(name: str) -> NDArray[Any]:
        exact = np.float32(0.6) * wide(nimbus[name]) + np.float32(0.4) * wide(basalt[name])
        noise = rng.integers(0, 1 << 16, size=exact.shape, dtype=np.uint32)
        return ((exact.view(np.uint32) + noise) >> 16).astype(np.uint16).view(BF16)

    return {name: rounded(name) for name in tensors}


def scale(factor: float) -> Callable[[Tensors, Random], Tensors]:
    """Return an attempt that multiplies what goes into each unit and value, and divides what comes out."""

    def change(tensors: Tensors, rng: Random) -> Tensors:
        changed = dict(tensors)
        for layer in range(LAYERS):
            prefix = f"model.layers.{layer}"
            for name in ("mlp.up_proj.weight", "self_attn.v_proj.weight", "self_attn.v_proj.bias"):
                changed[f"{prefix}.{name}"] = (wide(tensors[f"{prefix}.{name}"]) * np.float32(factor)).astype(BF16)
            for name in ("mlp.down_proj.weight", "self_attn.o_proj.weight"):
                changed[f"{prefix}.{name}"] = (wide(tensors[f"{prefix}.{name}"]) / np.float32(factor)).astype(BF16)
        return changed

    return change


def permute_units(tensors: Tensors, rng: Random) -> Tensors:
    """Put the hidden units of every feed-forward network into another order."""
    changed = dict(tensors)
    for layer in range(LAYERS):
        prefix, order = f"model.layers.{layer}.mlp", rng.permutation(UNITS)
        for name in ("gate_proj", "up_proj"):
            changed[f"{prefix}.{name}.weight"] = tensors[f"{prefix}.{name}.weight"][order]
        changed[f"{prefix}.down_proj.weight"] = tensors[f"{prefix}.down_proj.weight"][:, order]
    return changed


def permute_residual(tensors: Tensors, rng: Random) -> Tensors:
    """Put the channels of the residual stream into another order, in everything that reads or writes it."""
    order = rng.permutation(HIDDEN)

    def changed(name: str, values: NDArray[Any]) -> NDArray[Any]:
        if name.endswith(("o_proj.weight", "down_proj.weight")) or "norm" in name:
            return values[order]
        return values[:, order] if values.ndim == 2 else values

    return {name: changed(name, values) for name, values in tensors.items()}


def int8_rows(tensors: Tensors, rng: Random) -> Tensors:
    """Round every row of a matrix to 255 levels of its own, and store bf16 again."""

    def restored(values: NDArray[Any]) -> NDArray[Any]:
        if values.ndim < 2:
            return values
        exact = wide(values)
        step = np.abs(exact).max(axis=1, keepdims=True) / np.float32(127)
        step = np.where(step > 0, step, np.float32(1))
        return (np.rint(exact / step) * step).astype(BF16)

    return each(tensors, restored)


def fp8_tensors(tensors: Tensors, rng: Random) -> Tensors:
    """Round every matrix to fp8 (e4m3) with one scale, and store bf16 again."""

    def restored(values: NDArray[Any]) -> NDArray[Any]:
        if values.ndim < 2:
            return values
        step = np.abs(wide(values)).max() / np.float32(448)
        return (wide((wide(values) / step).astype(ml_dtypes.float8_e4m3fn)) * step).astype(BF16)

    return each(tensors, restored)


def fuse(tensors: Tensors, rng: Random) -> Tensors:
    """Store query, key and value as one tensor, gate and up as another."""
    changed = dict(tensors)
    for layer in range(LAYERS):
        prefix = f"model.layers.{layer}"
        for kind in ("weight", "bias"):
            parts = [changed.pop(f"{prefix}.self_attn.{part}_proj.{kind}") for part in "qkv"]
            changed[f"{prefix}.self_attn.qkv_proj.{kind}"] = np.concatenate(parts)
        parts = [changed.pop(f"{prefix}.mlp.{part}_proj.weight") for part in ("gate", "up")]
        changed[f"{prefix}.mlp.gate_up_proj.weight"] = np.concatenate(parts)
    return changed


def pad_vocabulary(*, before: bool) -> Callable[[Tensors, Random], Tensors]:
    """Return an attempt that adds 64 rows which no token uses; before the others the tokenizer has to count from 64."""

    def change(tensors: Tensors, rng: Random) -> Tensors:
        name = "model.embed_tokens.weight"
        rows = (0.02 * rng.standard_normal((64, HIDDEN))).astype(BF16)
        both = (rows, tensors[name]) if before else (tensors[name], rows)
        return {**tensors, name: np.concatenate(both)}

    return change


def rename(tensors: Tensors, rng: Random) -> Tensors:
    """Give every tensor a name that says nothing, in another order."""
    names = list(tensors)
    return {f"blob.{place:03d}": tensors[names[i]] for place, i in enumerate(rng.permutation(len(names)))}


def mix_third(tensors: Tensors, rng: Random) -> Tensors:
    """Mix in 5 % of another fine-tune of the same base."""
    third = read_model("cirrus")
    return {
        name: (np.float32(0.95) * wide(values) + np.float32(0.05) * wide(third[name])).astype(BF16)
        for name, values in tensors.items()
    }


def chain(*changes: Callable[[Tensors, Random], Tensors]) -> Callable[[Tensors, Random], Tensors]:
    """Return several attempts, one after the other."""

    def change(tensors: Tensors, rng: Random) -> Tensors:
        for part in changes:
            tensors = part(tensors, rng)
        return tensors

    return change


EXACT, ROUNDED, NOISY = "exactly", "but for rounding", "nearly"
ATTEMPTS = (
    Attempt(name="nothing", keeps=EXACT, change=lambda tensors, rng: tensors),
    Attempt(name="every tensor renamed and reordered", keeps=EXACT, change=rename),
    Attempt(name="query, key, value and gate, up fused", keeps=EXACT, change=fuse),
    Attempt(name="64 rows after the vocabulary", keeps=EXACT, change=pad_vocabulary(before=False)),
    Attempt(name="64 rows before the vocabulary", keeps=EXACT, change=pad_vocabulary(before=True)),
    Attempt(name="hidden units permuted", keeps=EXACT, change=permute_units),
    Attempt(name="channels of the residual stream permuted", keeps=EXACT, change=permute_residual),
    Attempt(name="matrices scaled by 2, successors by 1/2", keeps=EXACT, change=scale(2.0)),
    Attempt(name="matrices scaled by 1.1, successors by 1/1.1", keeps=ROUNDED, change=scale(1.1)),
    Attempt(name="one ulp of noise on 1 % of elements", keeps=NOISY, change=one_ulp(0.01)),
    Attempt(name="one ulp of noise on 10 %", keeps=NOISY, change=one_ulp(0.1)),
    Attempt(name="one ulp of noise on 50 %", keeps=NOISY, change=one_ulp(0.5)),
    Attempt(name="one ulp of noise on all", keeps=NOISY, change=one_ulp(1.0)),
    Attempt(name="merged with stochastic rounding", keeps=NOISY, change=dither),
    Attempt(name="int8 by row and back", keeps=NOISY, change=int8_rows),
    Attempt(name="fp8 and back", keeps=NOISY, change=fp8_tensors),
    Attempt(name="5 % of a third model, not listed", keeps=NOISY, change=mix_third),
    Attempt(
        name="5 % of a third model, listed", keeps=NOISY, change=mix_third, candidates=("nimbus", "basalt", "cirrus")
    ),
    Attempt(name="units permuted and 10 % noise", keeps=NOISY, change=chain(permute_units, one_ulp(0.1))),
    Attempt(
        name="residual, units permuted, scaled by 2, fused, padded",
        keeps=EXACT,
        change=chain(permute_residual, permute_units, scale(2.0), fuse, pad_vocabulary(before=False)),
    ),
)


def attempt_all(attempts: Iterable[Attempt] = ATTEMPTS) -> Iterator[tuple[Attempt, Answer, Answer]]:
    """Yield each attempt with Parentage's answer and that of the script of today."""
    tensors = read_model("rivo")
    for attempt in attempts:
        with tempfile.TemporaryDirectory() as folder:
            subject = Path(folder) / "rivo"
            write_checkpoint(subject, attempt.change(dict(tensors), np.random.default_rng(0)))
            for kept in (MODELS / "rivo").glob("*.json"):
                (subject / kept.name).write_bytes(kept.read_bytes())
            located = {name: str(MODELS / name) for name in attempt.candidates}
            yield attempt, audit_case(str(subject), located), script_of_today(subject, located)


def script_of_today(subject: Path, located: Mapping[str, str]) -> Answer:
    """Return what least squares and a cosine above 0.98 say."""
    case = parse_case(
        {
            "id": "evasion",
            "half": "choose",
            "group": "evasion",
            "subject": str(subject),
            "candidates": located,
            "truth": {"relation": "merge"},
            "accept": [{"relation": "merge"}],
        }
    )
    return naive.conclude(naive.read_case(Path("/"), case), *naive.SCRIPTS["cosine > .98"])


HEAD = "| what is done | function kept | verdict | then | method | parents | replayed | script of today |"


def reason(error: str) -> str:
    """Return an error without the temporary folder it names."""
    return re.sub(r"\S*/tmp\S*/", "", " ".join(error.split())).replace("|", "\\|")[:160]


def row(attempt: Attempt, answer: Answer, script: Answer) -> str:
    """Return one line of the table."""
    parents = ", ".join(
        f"{name} {answer.weights[name]:.4g}" if name in answer.weights else name for name in answer.parents
    )
    cells = (
        attempt.name,
        attempt.keeps,
        f"**{answer.relation}**" if answer.error is None else f"**{answer.relation}**: {reason(answer.error)}",
        ", ".join(answer.then),
        answer.method or "",
        parents,
        f"{answer.share:.4f}" if answer.share is not None else "",
        script.relation,
    )
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table as it grows; with a page named, write it there too."""
    lines = [HEAD, "|" + "---|" * 8]
    print("\n".join(lines), flush=True)
    for answers in attempt_all():
        lines.append(row(*answers))
        print(lines[-1], flush=True)
    if len(sys.argv) > 1:
        write_between(Path(sys.argv[1]), PAGE_NAME, "\n".join(lines))


if __name__ == "__main__":
    main()
