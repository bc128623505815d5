"""The results of a sweep in one file, in the order of the cases: Parquet or JSON Lines."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summitry.engine.journal import Journal, rows_of

ROWS_AT_ONCE = 50_000
KINDS = (".parquet", ".jsonl")


def file_for(plan: str, out: str | Path | None) -> Path:
    """The file that the results go to; by default beside the plan, under its name.

    Raises ValueError for another kind of file, for Parquet without polars, or where the
    folder is missing.
    """
    polars = importlib.util.find_spec("polars") is not None
    given = Path(out) if out else Path(plan).with_suffix(KINDS[0] if polars else KINDS[1])
    if given.suffix not in KINDS:
        raise ValueError(f"{given}: results are written as {' or '.join(KINDS)}")
    if given.suffix == ".parquet" and not polars:
        raise ValueError(
            f"{given}: Parquet needs the extra `frames` (polars); or name a .jsonl file"
        )
    if not given.parent.is_dir():
        raise ValueError(f"{given}: there is no folder {given.parent}")
    return given


def write_results(journal: Journal, out: Path) -> None:
    """Write all chunks to `out`, whole or not at all."""
    partial = out.with_name(f"{out.name}.partial")
    try:
        if out.suffix == ".parquet":
            _write_parquet(journal, partial)
        else:
            with partial.open("w", encoding="utf-8") as file:
                for rows in _batches(journal):
                    file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        why = f"{error.strerror or error}; the forecasts are kept, and the same command writes them"
        raise OSError(error.errno, why, str(out)) from None


def _batches(journal: Journal) -> Iterator[list[dict[str, Any]]]:
    """The rows of all cases in their order, so many at once as memory easily holds."""
    rows: list[dict[str, Any]] = []
    for chunk in sorted(journal.places):
        rows += rows_of(journal, chunk)
        if len(rows) >= ROWS_AT_ONCE:
            yield rows
            rows = []
    yield rows


def _write_parquet(journal: Journal, path: Path) -> None:
    """Row group by row group, so that memory does not grow with the rows."""
    import polars
    from polars.io.plugins import register_io_source

    texts = ("dossier", "dossier_sha256", "setting", "changes", "title", "tier", "failed")
    pooled = ("pooled", "model", "classes", "standard_error")
    numbers = (*pooled, "at_least", "in_force", "carried_out")
    schema = {
        "case": polars.Int64,
        **dict.fromkeys(texts[:4], polars.String),
        "as_of": polars.String,
        **dict.fromkeys(("draws", "seed", "round"), polars.Int64),
        "date": polars.String,
        **dict.fromkeys(texts[4:6], polars.String),
        **dict.fromkeys(numbers, polars.Float64),
        "failed": polars.String,
    }
    dates = polars.col("as_of", "date").str.to_date()

    def frames(*_asked: object) -> Iterator[polars.DataFrame]:
        for rows in _batches(journal):
            yield polars.DataFrame(rows, schema=schema).with_columns(dates)

    dated = {**schema, "as_of": polars.Date, "date": polars.Date}
    source = register_io_source(frames, schema=dated)
    source.sink_parquet(path, row_group_size=ROWS_AT_ONCE, maintain_order=True)
