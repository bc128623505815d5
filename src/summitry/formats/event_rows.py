"""Where each format of coded events has what: ICEWS, GDELT 1.0 and 2.0, and a plain table.

ICEWS: 20 tab-separated columns with a header (Boschee et al. 2015). GDELT 1.0: 58 columns (57
before April 2013), 2.0: 61, tab-separated, without a header. A plain table is a CSV with the
columns date, source_side, target_side and cameo.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summitry.evidence.event_classes import ROOTS, quad_class

ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
PLAIN = ("date", "source_side", "target_side", "cameo")
GDELT_FIRST = "GLOBALEVENTID"
# actor, target, their full codes, event code, quad class and Goldstein value stand alike in both
GDELT = {
    "date": 1, "actor_name": 5, "actor": 7, "target_name": 15, "target": 17, "code": 26,
    "quad": 29, "goldstein": 30,
}  # fmt: skip
# the number of columns, and the column that says when the event was added
GDELT_ADDED = {57: 56, 58: 56, 61: 59}


@dataclass(frozen=True)
class Layout:
    """A format: its name, its number of columns, and where each part of an event stands."""

    name: str
    width: int
    delimiter: str
    header: bool
    at: Mapping[str, int]

    @property
    def lag(self) -> bool:
        """Whether the file does not say when an event could be known."""
        return "added" not in self.at


@dataclass(frozen=True)
class EventRow:
    """One row as read: days, the names in the file, and the class."""

    date: dt.date
    added: dt.date | None
    code: str
    quad: int
    goldstein: float | None
    names: tuple[str, str]


def layout_of(first: str) -> Layout | None:
    """The format of a file by a line of it; None where it is none of them."""
    cells = first.rstrip("\r\n").split("\t")
    if tuple(cell.strip() for cell in cells) == ICEWS:
        at = {"date": 1, "actor_name": 2, "actor": 4, "code": 6, "goldstein": 7,
              "target_name": 8, "target": 10}  # fmt: skip
        return Layout("ICEWS", len(ICEWS), "\t", True, at)
    added = GDELT_ADDED.get(len(cells))
    if added is not None and (cells[0].isdigit() or cells[0].strip().upper() == GDELT_FIRST):
        version = "2.0" if len(cells) == 61 else "1.0"
        at = {**GDELT, "added": added}
        return Layout(f"GDELT {version}", len(cells), "\t", not cells[0].isdigit(), at)
    return _plain([cell.strip().strip('"') for cell in first.rstrip("\r\n").split(",")])


def _plain(header: Sequence[str]) -> Layout | None:
    if not set(PLAIN) <= set(header):
        return None
    names = {
        "date": "date", "actor": "source_side", "target": "target_side", "code": "cameo",
        "goldstein": "goldstein", "quad": "quad_class", "actor_name": "source",
        "target_name": "target", "added": "known_at",
    }  # fmt: skip
    at = {part: header.index(column) for part, column in names.items() if column in header}
    return Layout("events", len(header), ",", True, at)


def read_row(layout: Layout, cells: Sequence[str]) -> EventRow:
    """The event in a row. Raises ValueError that says which cell is wrong."""
    at = layout.at
    code = _code(cells[at["code"]])
    quad = cells[at["quad"]].strip() if "quad" in at else ""
    if quad not in ("", "1", "2", "3", "4"):
        raise ValueError(f"`{quad}` is no quad class (1 to 4)")
    date = _day(cells[at["date"]])
    added = _day(cells[at["added"]]) if "added" in at else None
    if added is not None and added < date:
        raise ValueError(f"added on {added}, before it happened ({date})")
    names = tuple(
        cells[at.get(k, at[k.removesuffix("_name")])] for k in ("actor_name", "target_name")
    )
    return EventRow(
        date, added, code, int(quad) if quad else quad_class(code),
        _value(cells[at["goldstein"]]) if "goldstein" in at else None, (names[0], names[1]),
    )  # fmt: skip


def _code(text: str) -> str:
    """A CAMEO code: two to four digits; one that lost its leading 0 is told so."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and 2 <= len(text) <= 4 and text[:2] in ROOTS):
        raise ValueError(f"`{text}` is no CAMEO code (two to four digits such as 046)")
    return text


def _day(text: str) -> dt.date:
    """A day written 2018-06-01, 20180601 or 20180601143000."""
    text = text.strip()
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
        if text.isdigit() and len(text) in (8, 14):
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        pass
    raise ValueError(f"`{text}` is no date")


def _value(text: str) -> float | None:
    text = text.strip()
    if text in ("", "NA", "NULL"):
        return None
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"`{text}` is no Goldstein value (-10 to 10)") from None
    if not -10 <= value <= 10:
        raise ValueError(f"`{text}` is no Goldstein value (-10 to 10)")
    return value
