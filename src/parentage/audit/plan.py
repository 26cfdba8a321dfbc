"""Headers only: opens the checkpoints, pairs their tensors, and says what will be read."""

from dataclasses import dataclass

from parentage.audit.case import Case, Mode
from parentage.checkpoint.arranged import Arrangement, arrange
from parentage.checkpoint.canonical import canonicalise
from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.checkpoint.pairing import Pairing, pair_tensors
from parentage.errors import InputError
from parentage.numerics.sampling import sample_ranges, split_budget
from parentage.protocols.weights.context import TensorContext, make_context

SEED = 0
# Of the 64 MiB that a sample may read of each checkpoint, the survey takes 8 and the pass 48; the rest stays free.
SURVEY_BYTES = 8 << 20
SAMPLE_BYTES = 48 << 20
TENSOR_CAP = 1 << 20

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How the subject's tensors are laid beside the candidates'.

    `chosen` are the candidates compared in full, None for all; `layers` maps those layers of the subject that come from
    another place, as (subject's layer, candidates' layer); `arrangement` is what is undone in the subject first.
    """

    chosen: tuple[int, ...] | None = None
    layers: tuple[tuple[int, int], ...] = ()
    arrangement: Arrangement | None = None


UNALIGNED = Alignment()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an audit reads: contexts of all paired tensors, and element ranges for the survey and for the pass.

    `repacked` says which tensors are read as parts of what is stored, or under other names.
    """

    case: Case
    alignment: Alignment
    repacked: tuple[str, ...]
    mode: Mode
    subject: Checkpoint
    candidates: tuple[Checkpoint, ...]
    pairing: Pairing
    contexts: tuple[TensorContext, ...]
    survey: tuple[Ranges, ...]
    passage: tuple[Ranges, ...]

    @property
    def candidate_ids(self) -> tuple[str, ...]:
        """The candidates' ids, in order."""
        return tuple(candidate.id for candidate in self.case.candidates)

    @property
    def compared(self) -> tuple[int, ...]:
        """The candidates that are compared in full."""
        chosen = self.alignment.chosen
        return tuple(range(len(self.candidates))) if chosen is None else chosen

    @property
    def passage_bytes(self) -> int:
        """Bytes that the pass reads, over all checkpoints."""
        total = 0
        for context, ranges in zip(self.contexts, self.passage, strict=True):
            elements = sum(last - first for first, last in ranges)
            total += elements * sum(widths(context))
        return total


def widths(context: TensorContext) -> list[int]:
    """Return the bytes per element of the subject and of each present candidate."""
    infos = (context.pair.subject, *context.pair.candidates)
    return [info.dtype.itemsize for info in infos if info is not None]


def make_plan(case: Case, alignment: Alignment = UNALIGNED) -> Plan:
    """Open everything, read headers, pair tensors in this alignment; raises InputError, StorageError."""
    subject = open_checkpoint(case.subject.location)
    candidates = tuple(open_checkpoint(candidate.location) for candidate in case.candidates)
    subject, candidates, repacked = canonicalise(subject, candidates)
    if alignment.arrangement is not None:
        subject = arrange(subject, alignment.arrangement)
    mode: Mode = case.mode or ("full" if all("://" not in c.location for c in (subject, *candidates)) else "sample")
    pairing = pair_tensors(subject, candidates, chosen=alignment.chosen, layers=dict(alignment.layers))
    contexts = tuple(make_context(index, pair) for index, pair in enumerate(pairing.pairs))
    if not any(context.pair.elements for context in contexts):
        reason = pairing.unpaired[0].reason if pairing.unpaired else "no tensor has elements"
        raise InputError(case.subject.location, "no tensor can be paired", f"with any candidate ({reason[:160]})")
    survey = _ranges(contexts, SURVEY_BYTES)
    return Plan(
        case=case,
        alignment=alignment,
        repacked=repacked,
        mode=mode,
        subject=subject,
        candidates=candidates,
        pairing=pairing,
        contexts=contexts,
        survey=survey,
        passage=passage_ranges(contexts, mode),
    )


def passage_ranges(contexts: tuple[TensorContext, ...], mode: Mode) -> tuple[Ranges, ...]:
    """Return the element ranges that the pass reads of each paired tensor."""
    return _ranges(contexts, SAMPLE_BYTES) if mode == "sample" else tuple(_whole(context) for context in contexts)


def _whole(context: TensorContext) -> Ranges:
    return ((0, context.pair.elements),) if context.pair.elements else ()


def _ranges(contexts: tuple[TensorContext, ...], budget_bytes: int) -> tuple[Ranges, ...]:
    widest = max((width for context in contexts for width in widths(context)), default=1)
    wanted = split_budget([context.pair.elements for context in contexts], budget_bytes // widest, TENSOR_CAP)
    return tuple(
        sample_ranges(context.pair.role.key, context.pair.elements, want, SEED)
        for context, want in zip(contexts, wanted, strict=True)
    )
