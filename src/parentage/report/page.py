"""Renders report.html from an audit's files alone: one self-contained page that needs no network."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from parentage.evidence.verdict_file import write_bytes
from parentage.protocols.documents.records import QUESTIONS
from parentage.report import documents, figures, interviews, view
from parentage.report.reading import read_audit
from parentage.report.records import Answer, Audit, Row, TensorRow
from parentage.report.records import Document as Document

MOST_ROWS = 3000
_MOST_TABLE_ROWS = 200
# Questions that have a section of their own are not here; one that a later version adds is shown under its name.
_OWN_SECTION = (
    "identity",
    "ulp-census",
    "kinship",
    "moments",
    "stabbing",
    "replay",
    interviews.QUESTION,
    *QUESTIONS,
)
_TITLES = {
    "pool": "Which of the candidates matter?",
    "layers": "Which layer comes from where?",
    "arrangement": "Was it rearranged?",
    "neurons": "Are the neurons the same ones?",
    "method": "How was it merged?",
    "afterwards": "Was it trained after the merge?",
    "rank": "Is the difference of low rank?",
    "quantization": "Was it quantised?",
    "sparsity": "Was it pruned?",
    "remainder": "What is left unexplained?",
}


def write_report(directory: Path, path: Path | None = None) -> Path:
    """Write the page of an audit's folder or bundle, by default into it; raises InputError, StorageError."""
    text = render_report(directory)
    path = directory / "report.html" if path is None else path
    write_bytes(path, text.encode())
    return path


def render_report(directory: Path) -> str:
    """Return the page for an audit's output folder; the same files give the same text. Raises InputError."""
    import jinja2
    from markupsafe import Markup

    audit = read_audit(directory)
    document = audit.document
    names = {"subject": document.subject.name, **{model.id: model.name for model in document.candidates}}
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        clean=view.clean,
        count=view.count,
        share=view.share,
        number=view.number,
        scalar=view.scalar,
        words=view.words,
        size=view.size,
    )
    source = files("parentage.report").joinpath("page.html.j2").read_text(encoding="utf-8")
    tensors = _shown(audit.tensors or ())
    said = document.answer(interviews.QUESTION)
    interview = declared = ""
    if said is not None:
        interview = _inner(environment, "interview.html.j2", interviews.section(said, names))
    if documents.is_asked(audit):
        diff, reason = documents.read_card_diff(directory)
        declared = _inner(environment, "documents.html.j2", documents.section(audit, names, diff, reason))
    template = environment.from_string(source)
    return template.render(
        document=document,
        decision=document.decision,
        audit=audit,
        view=view,
        tensors=tensors,
        all_tensors=len(audit.tensors or ()),
        figures={name: Markup(svg) for name, svg in _figures(audit, names).items()},  # noqa: S704 - our own SVG
        further=_further(document.answers),
        protocols=["weights", *(["identity"] if said is not None else []), *(["documents"] if declared else [])],
        standing=documents.standing(document),
        says=interviews.headline(said, names) if said is not None else "",
        interview=interview,
        declared=declared,
        most_rows=_MOST_TABLE_ROWS,
        arithmetics=_arithmetics(document.rows("replay", "arithmetics")),
    )


def _inner(environment: Any, name: str, shown: dict[str, Any]) -> str:
    """Return a section rendered by itself, escaped as it is made."""
    from markupsafe import Markup

    source = files("parentage.report").joinpath(name).read_text(encoding="utf-8")
    return Markup(environment.from_string(source).render(shown))  # noqa: S704 - escaped


def _further(answers: tuple[Answer, ...]) -> list[tuple[Answer, str]]:
    """Return the answers that are findings and have no section of their own, each with its heading."""
    found = [answer for answer in answers if answer.question not in _OWN_SECTION and answer.status == "finding"]
    return [(answer, _TITLES.get(answer.question, view.clean(answer.question))) for answer in found]


def _figures(audit: Audit, names: dict[str, str]) -> dict[str, str]:
    document, tensors = audit.document, audit.tensors or ()
    curve = document.rows("stabbing", "depth_curve")
    pairs = document.rows("ulp-census", "pairs")
    return {
        "weight_map": figures.map_figure(tensors, "weight"),
        "replay_map": figures.map_figure(tensors, "replayed"),
        "depth": figures.depth_figure(curve, names) if curve else "",
        "residual": figures.residual_figure(document.rows("moments", "residual")),
        "census": figures.census_figure(pairs, names) if pairs else "",
    }


def _shown(tensors: tuple[TensorRow, ...]) -> tuple[TensorRow, ...]:
    """Return all rows, or of very many those that deviate first."""
    if len(tensors) <= MOST_ROWS:
        return tensors
    order = {"failed": 0, "exception": 1, "unpaired": 2}
    return tuple(sorted(tensors, key=lambda row: order.get(row.status, 3))[:MOST_ROWS])


def _arithmetics(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    shown = []
    for row in rows:
        entry: dict[str, Any] = dict(row)
        for name in ("mid", "one", "agree", "all"):
            replayed, elements = row.get(f"{name}_replayed"), row.get(f"{name}_elements")
            known = isinstance(replayed, int) and isinstance(elements, int)
            entry[name] = view.share_of(replayed, elements) if known else view.ABSENT  # type: ignore[arg-type]
        shown.append(entry)
    return shown
