"""What an audit publishes, from records to bytes: verdict.json and tensors.parquet."""

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parentage.errors import StorageError
from parentage.finding import Coverage, Failed, Finding, Measurement, NotApplicable, Result, Scalar, Verdict
from parentage.subject import PinnedModel

SCHEMA = "parentage.verdict/v1"


def verdict_document(
    subject: PinnedModel,
    candidates: Sequence[PinnedModel],
    verdict: Verdict,
    findings: Sequence[Result],
    run: Mapping[str, Scalar],
) -> dict[str, Any]:
    """Return verdict.json as plain values; schemas/verdict-v1.schema.json describes it."""
    return {
        "schema": SCHEMA,
        "subject": _model(subject),
        "candidates": [{"id": candidate.ref.id, **_model(candidate)} for candidate in candidates],
        "verdict": _verdict(verdict),
        "findings": [_finding(result) for result in findings],
        "run": dict(run),
    }


def verdict_text(document: Mapping[str, Any]) -> str:
    """Return the document as it is written: UTF-8 JSON, two spaces, a newline at the end, no NaN."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _model(model: PinnedModel) -> dict[str, Any]:
    return {
        "name": model.ref.name,
        "digest": model.digest,
        "digest_recipe": model.digest_recipe,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "relation": verdict.relation,
        "then": list(verdict.then),
        "statement": verdict.statement,
        "method": verdict.method,
        "arithmetic": verdict.arithmetic,
        "parents": [
            {"id": parent.id, "weight": parent.weight, "low": parent.low, "high": parent.high}
            for parent in verdict.parents
        ],
        "replayed": asdict(verdict.replayed) if verdict.replayed is not None else None,
        "coverage": _coverage(verdict.coverage),
        "alternatives": list(verdict.alternatives),
        "policy": verdict.policy,
    }


def _coverage(coverage: Coverage) -> dict[str, int]:
    return asdict(coverage)


def _finding(result: Result) -> dict[str, Any]:
    match result:
        case Finding():
            return {
                "question": result.question,
                "status": "finding",
                "version": result.version,
                "statement": result.statement,
                "coverage": _coverage(result.coverage),
                "measurements": [_measurement(item) for item in result.measurements],
                "tables": {
                    name: [{key: _finite(value) for key, value in row.items()} for row in rows]
                    for name, rows in result.tables.items()
                },
            }
        case NotApplicable():
            return {
                "question": result.question,
                "status": "not-applicable",
                "version": result.version,
                "reason": result.reason,
            }
        case Failed():
            return {
                "question": result.question,
                "status": "failed",
                "version": result.version,
                "reason": result.reason,
                "coverage": _coverage(result.coverage),
            }


def _measurement(item: Measurement) -> dict[str, Any]:
    return {
        "name": item.name,
        "value": _finite(item.value),
        "unit": item.unit,
        "low": item.low,
        "high": item.high,
        "about": item.about,
    }


def _finite(value: Scalar) -> Scalar:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises StorageError where the disk refuses."""
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StorageError(f"{path}: {error.strerror}: could not be written") from error


def tensors_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the per-tensor table as a Parquet file."""
    import pyarrow
    import pyarrow.parquet

    integers = {"layer", "elements", "elements_read"} | {
        f"{name}_{what}" for name in ("agree", "one", "mid") for what in ("elements", "replayed")
    }
    floats = {"weight", "weight_low", "weight_high", "weight_naive", "depth", "residual_ratio"}
    names = list(rows[0]) if rows else []
    kinds = [
        pyarrow.int64() if name in integers else pyarrow.float64() if name in floats else pyarrow.string()
        for name in names
    ]
    schema = pyarrow.schema(list(zip(names, kinds, strict=True)))
    table = pyarrow.Table.from_pylist([dict(row) for row in rows], schema=schema)
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink, compression="zstd")
    found: bytes = sink.getvalue().to_pybytes()
    return found
