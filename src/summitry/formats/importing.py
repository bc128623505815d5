"""A file of another tool as a dossier: recognised by what it holds, read, written, checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summitry.dossier.checks.parties import MOST_ON_SCALES
from summitry.dossier.reader import check_text
from summitry.dossier.source_text import LARGEST_TABLE, read_bytes
from summitry.formats.bdm import columns_of, read_bdm
from summitry.formats.decide import read_decide
from summitry.formats.gmcr import read_gmcr
from summitry.formats.ktab import read_ktab_csv, read_ktab_xml
from summitry.formats.reading import Reading, rows_of, text_of
from summitry.formats.scenario import Scenario
from summitry.formats.writing import dossier_text

MOST_STANDS = 5_000
KINDS = {
    "decide": "a DECIDE file",
    "ktab": "a KTAB scenario",
    "bdm": "a table of the expected utility model",
    "gmcr": "a conflict model of GMCR+",
}

READERS = {"decide": read_decide, "ktab": read_ktab_csv, "bdm": read_bdm}


@dataclass(frozen=True)
class Imported:
    """A dossier made of another tool's file: its text, the format found, notes for its reader."""

    text: str
    format: str
    notes: Sequence[str]


def import_file(path: str | Path, *, format: str | None = None) -> Imported:
    """The dossier in a DECIDE, KTAB (CSV or XML), Bueno de Mesquita or GMCR+ file.

    `format` is `decide`, `ktab`, `bdm` or `gmcr`; by default it is recognised. Raises DossierError
    with every mistake and its line, ValueError for a format that there is not.
    """
    if format is not None and format not in KINDS:
        raise ValueError(f"format must be one of {', '.join(KINDS)}, not `{format}`")
    file = Path(path)
    reading = Reading(str(path))
    if format == "gmcr" or (
        format is None and is_json(read_bytes(file, reading.file, LARGEST_TABLE))
    ):
        return Imported(read_gmcr(path), "gmcr", ())
    found, scenario = read_scenario(file, reading, format)
    _refuse_the_huge(scenario, reading)
    reading.finish()
    text = dossier_text(scenario, file.name, KINDS[found], reading.notes)
    for problem in check_text(text, str(path)):
        if not problem.is_note:
            reading.wrong(0, f"makes no valid dossier: {problem.message}")
    reading.finish()
    return Imported(text, found, tuple(reading.notes))


def _refuse_the_huge(scenario: Scenario, reading: Reading) -> None:
    stands = sum(len(scale.stands) for scale in scenario.issues.values())
    for number, most, what in (
        (len(scenario.actors), MOST_ON_SCALES, "actors"),
        (stands, MOST_STANDS, "positions"),
    ):
        if number > most:
            reading.wrong(0, f"holds {number:,} {what}; a dossier holds at most {most:,}")


def read_scenario(path: Path, reading: Reading, format: str | None = None) -> tuple[str, Scenario]:
    """The format of a file and what it tells. Raises DossierError with every mistake."""
    data = read_bytes(path, reading.file, LARGEST_TABLE)
    if is_xml(data):
        if format not in (None, "ktab"):
            reading.refuse(1, f"is XML, which is KTAB's and not {format}'s")
        found, scenario = "ktab", read_ktab_xml(data, path.stem, reading)
    else:
        text = text_of(data, reading)
        found = format or recognised(text, reading)
        scenario = READERS[found](text, path.stem, reading)
    reading.finish()
    return found, scenario


def is_xml(data: bytes) -> bool:
    """Whether a file begins as XML does, in whatever encoding."""
    return data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def is_json(data: bytes) -> bool:
    """Whether a file begins as a conflict model does."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def recognised(text: str, reading: Reading) -> str:
    """The format of a text file. Raises DossierError where it is none of them."""
    rows = [cells for _, cells in rows_of(text, reading)]
    reading.finish()
    if rows and re.fullmatch(r"#[A-Za-z/]", rows[0][0]):
        return "decide"
    counts = [cell for cell in rows[0] if cell][-2:] if rows else []
    if len(rows) > 1 and len(counts) == 2 and all(cell.isdecimal() for cell in counts):
        return "ktab"
    if not rows or len(columns_of(rows[0])) < 3:
        reading.refuse(
            0,
            "is none of the formats known: a DECIDE file begins with `#A`, a KTAB file with a row "
            "on the scenario or as XML, a Bueno de Mesquita table with a row of headings, a GMCR+ "
            "model with `{`",
        )
    return "bdm"
