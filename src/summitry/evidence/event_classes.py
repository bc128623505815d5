"""What a coded event is worth as a signal: its direction, its kind, and its measured size.

Classes and Goldstein values are those of CAMEO (Schrodt 2012; Goldstein 1992). The sizes are
likelihood ratios measured on the ICEWS events of 2018: how much more often a dyad-week held the
class when a formal agreement followed within four weeks, among weeks of like activity.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUSY = 10
TABLE = Path(__file__).with_name("event_ratios.csv")
COOPERATION, CONFLICT = "cooperation", "conflict"
ROOTS = {
    "01": "Make public statement", "02": "Appeal", "03": "Express intent to cooperate",
    "04": "Consult", "05": "Engage in diplomatic cooperation", "06": "Engage in material cooperation",
    "07": "Provide aid", "08": "Yield", "09": "Investigate", "10": "Demand", "11": "Disapprove",
    "12": "Reject", "13": "Threaten", "14": "Protest", "15": "Exhibit force posture",
    "16": "Reduce relations", "17": "Coerce", "18": "Assault", "19": "Fight",
    "20": "Use unconventional mass violence",
}  # fmt: skip
WORDS = {"01", "02", "03", "05", "10", "11", "12", "13"}
SIGNED = "057"


@dataclass(frozen=True)
class Measured:
    """A likelihood ratio with its 95 % interval, and the class it was measured for.

    `busy`: among dyad-weeks with more than ten events; else with three to ten.
    """

    code: str
    name: str
    busy: bool
    ratio: float
    low: float
    high: float

    @property
    def size(self) -> float:
        """How far the ratio is from 1, as a ratio of at least 1; 1 where that may be chance."""
        if self.low <= 1.0 <= self.high:
            return 1.0
        return max(self.ratio, 1.0 / self.ratio)


def quad_class(code: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    root = int(code[:2])
    return 1 + sum(root > last for last in (5, 8, 13))


def direction_of(quad: int, goldstein: float | None) -> str | None:
    """Cooperation or conflict, by the class; None where the Goldstein value does not agree.

    So a statement (0) has no direction, nor has an appeal that is a demand in other words.
    """
    sign = 1 if quad <= 2 else -1
    if goldstein is not None and goldstein * sign <= 0:
        return None
    return COOPERATION if sign > 0 else CONFLICT


def kind_of(code: str) -> str:
    """The kind of signal that an event is, as a dossier names them."""
    if code.startswith(SIGNED):
        return "commitment"
    root = code[:2]
    if root == "04":
        return "contact"
    return "words" if root in WORDS else "act"


def measured(code: str, events: int) -> Measured | None:
    """What was measured for a class in weeks with as many events between the two.

    A class that was not is read as the one it belongs to (0331 as 033, then 030). None where
    that was not measured either, and for signed agreements: they were the outcome.
    """
    if code.startswith(SIGNED):
        return None
    for known in (code, code[:3], f"{code[:2]}0"):
        rows = _table().get(known)
        if rows:
            return rows.get(events > BUSY) or rows[False]
    return None


def name_of(code: str) -> str:
    """What a class is called, or the one it belongs to."""
    rows = _table().get(code)
    return rows[False].name if rows else ROOTS.get(code[:2], code)


@cache
def _table() -> dict[str, dict[bool, Measured]]:
    """By class: measured in quiet weeks (False) and in busy ones (True)."""
    table: dict[str, dict[bool, Measured]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = table.setdefault(row["code"], {})
            for busy, prefix in ((False, "quiet"), (True, "busy")):
                if row[prefix]:
                    columns = (prefix, f"{prefix}_low", f"{prefix}_high")
                    numbers = (float(row[column]) for column in columns)
                    found[busy] = Measured(row["code"], row["name"], busy, *numbers)
    return table
