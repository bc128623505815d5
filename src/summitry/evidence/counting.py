"""Past cases counted by what they brought, with the interval that their number leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scipy.special import betaincinv

from summitry.evidence.filters import Filter, Row, is_missing

CONFIDENCE = 0.9
INTERVAL = "Jeffreys"


class Share(NamedTuple):
    """k of n cases: the rate, and the mean and central 90 % interval of what it may be."""

    k: int
    n: int
    rate: float
    mean: float
    low: float
    high: float


def jeffreys(k: int, n: int) -> Share:
    """The share of k in n with Jeffreys' interval (Brown, Cai and DasGupta 2001).

    Quantiles of Beta(k + 1/2, n - k + 1/2), the posterior from Jeffreys' prior; where none or
    all of the cases count, the interval reaches to 0 or 1. Raises ValueError without a case.
    """
    if not 0 <= k <= n or n < 1:
        raise ValueError(f"there is no share of {k} in {n} cases")
    a, b, tail = k + 0.5, n - k + 0.5, (1 - CONFIDENCE) / 2
    low = 0.0 if k == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if k == n else float(betaincinv(a, b, 1 - tail))
    return Share(k, n, k / n, a / (a + b), low, high)


@dataclass(frozen=True)
class Outcomes:
    """What a row's outcome is: the first of several conditions on it, or the cell of a column.

    `bins`: each outcome's condition, no two of them true of one row. Without bins, every
    value of `column` is an outcome.
    """

    bins: Mapping[str, Filter] = field(default_factory=dict)
    column: str | None = None

    def columns(self) -> list[str]:
        """The columns that are read."""
        named = [column for one in self.bins.values() for column in one.columns]
        return [*named, *([self.column] if self.column else [])]

    def of(self, row: Row) -> str | None:
        """The row's outcome, None where it has none. Raises ValueError where it has two."""
        if not self.bins:
            cell = " ".join(row[str(self.column)].split())
            return None if is_missing(cell) else cell
        found = [name for name, one in self.bins.items() if one.test(row)]
        if len(found) > 1:
            raise ValueError(f"the outcomes {' and '.join(found)} are both true of this row")
        return found[0] if found else None


class Verdict(NamedTuple):
    """The outcome of a row of a class; None with the reason where it has none."""

    outcome: str | None
    why: str


@dataclass
class Tally:
    """The cases of one class so far: how many of each outcome, and those that have none.

    `left_out`: rows of the class with no outcome, by what the outcome's column holds where a
    single column tells it, else together.
    """

    where: Filter | None
    outcomes: Outcomes
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for name in self.outcomes.bins:
            self.counts[name] = 0

    def read(self, row: Row) -> Verdict | None:
        """What a row is to this class; None where it does not belong to it.

        Raises ValueError for a row that cannot be read.
        """
        if self.where is not None and not self.where.test(row):
            return None
        outcome = self.outcomes.of(row)
        columns = set(self.outcomes.columns())
        return Verdict(outcome, _told(row, columns) if outcome is None else "")

    def add(self, verdict: Verdict | None) -> None:
        """Count a row by what it is to the class."""
        if verdict is None:
            return
        if verdict.outcome is None:
            self.left_out[verdict.why] += 1
        else:
            self.counts[verdict.outcome] += 1

    @property
    def n(self) -> int:
        """The number of cases with an outcome."""
        return sum(self.counts.values())

    def share(self, outcomes: Sequence[str]) -> Share:
        """The share of the cases with one of these outcomes."""
        return jeffreys(sum(self.counts[name] for name in outcomes), self.n)


def _told(row: Row, columns: set[str]) -> str:
    if len(columns) != 1:
        return "none of the outcomes"
    [column] = columns
    cell = row[column].strip()
    return f"{column} = {cell[:40]}" if cell else f"{column} is missing"


def wider(where: Filter) -> list[str]:
    """The filter with one of its conditions left out at a time; none where it has only one."""
    if len(where.parts) < 2:
        return []
    return [
        " and ".join(part for k, part in enumerate(where.parts) if k != gone)
        for gone in range(len(where.parts))
    ]
