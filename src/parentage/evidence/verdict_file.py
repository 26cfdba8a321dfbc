"""What an audit publishes, from records to bytes: verdict.json and tensors.parquet."""

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parentage.errors import InputError, StorageError
from parentage.finding import Coverage, Failed, Finding, Measurement, NotApplicable, Result, Scalar, Verdict
from parentage.subject import PinnedModel

SCHEMA = "parentage.verdict/v1"
MOST_TEXT_BYTES = 256 << 20


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
        "findings": [finding_document(result) for result in findings],
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


def finding_document(result: Result) -> dict[str, Any]:
    """Return one finding as verdict.json holds it."""
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


def parse_table(data: bytes, columns: Sequence[str], where: str, *, most_rows: int) -> dict[str, list[Any]]:
    """Return those of the columns that a Parquet file has, as values; raises InputError.

    A few bytes of Parquet can stand for very many rows and very long texts: both are bounded before they are unfolded.
    """
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data)) as file:
            rows, schema = file.metadata.num_rows, file.schema_arrow
            if rows > most_rows:
                raise InputError(where, f"{rows} rows", f"must be at most {most_rows}")
            known = [name for name in columns if name in schema.names]
            texts = [name for name in known if pyarrow.types.is_string(schema.field(name).type)]
            plain = (
                pyarrow.types.is_string,
                pyarrow.types.is_integer,
                pyarrow.types.is_floating,
                pyarrow.types.is_null,
            )
            for name in known:
                if not any(is_kind(schema.field(name).type) for is_kind in plain):
                    raise InputError(where, name, "must hold texts, integers or floats")
        table = pyarrow.parquet.read_table(pyarrow.BufferReader(data), columns=known, read_dictionary=texts)
        for name in texts:
            total = 0
            for chunk in table.column(name).chunks:
                lengths = pyarrow.compute.binary_length(chunk.dictionary).take(chunk.indices)
                total += pyarrow.compute.sum(pyarrow.compute.cast(lengths, pyarrow.int64())).as_py() or 0
            if total > MOST_TEXT_BYTES:
                raise InputError(where, name, f"texts of {total} bytes: must have at most {MOST_TEXT_BYTES}")
        return {name: _values(table.column(name)) for name in known}
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(where, " ".join(str(error).split())[:120], "must be a Parquet file") from error


def _values(column: Any) -> list[Any]:
    """Return a column's values; each text of a dictionary is made once, not once for each row."""
    found: list[Any] = []
    for chunk in column.chunks:
        if hasattr(chunk, "dictionary"):
            texts = chunk.dictionary.to_pylist()
            found += [None if place is None else texts[place] for place in chunk.indices.to_pylist()]
        else:
            found += chunk.to_pylist()
    return found
