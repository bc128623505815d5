"""Dividing issues between two parties by Adjusted Winner.

Brams and Taylor (1996), Fair Division: every issue goes first to the party that gives it more
points; then the party that is ahead hands over issues, those first on which it gives up least
for each point the other gains, the last one in part, until both have equal points. The result
is efficient, equitable and free of envy; at most one issue is divided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from summitry.analysis.setup import open_document
from summitry.analysis.telling import frame, told
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import Document
from summitry.dossier.schema import Dossier
from summitry.estimates import central

SCHEMA = "summitry.division/1"
WHOLE = Fraction(100)


@dataclass(frozen=True)
class Item:
    """One issue: the points of both parties, and the share of it that the first party gets."""

    id: str
    title: str
    points: tuple[Fraction, Fraction]
    share: Fraction
    share_value: float


@dataclass(frozen=True)
class Division:
    """The answer of Adjusted Winner.

    `points`: what each of the two `parties` gets, of its own 100; `order`: the issues in the
    order in which they would be handed over; `divided`: the one that is split, None where none
    is. `normalised`: the points were scaled so that each party's sum to 100.
    """

    title: str
    parties: tuple[str, str]
    names: tuple[str, str]
    items: Sequence[Item]
    points: tuple[Fraction, Fraction]
    points_value: tuple[float, float]
    order: Sequence[str]
    divided: str | None
    normalised: bool
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON; fractions as text."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each issue."""
        first, second = self.parties
        return [
            {
                "issue": item.id,
                first: float(item.points[0]),
                second: float(item.points[1]),
                "share_of_first": str(item.share),
            }
            for item in self.items
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def adjusted_winner(
    first: Sequence[Fraction], second: Sequence[Fraction]
) -> tuple[list[Fraction], list[int]]:
    """The share of each issue that the first party gets, and the order of handing over.

    `first` and `second` are the parties' points for the issues, 0 or more, of equal sums. An
    issue of equal points goes to the first party first. Raises ValueError for other sums.
    """
    if sum(first) != sum(second) or min(*first, *second) < 0:
        raise ValueError("both parties need points of 0 or more with equal sums")
    shares = [Fraction(int(a >= b)) for a, b in zip(first, second, strict=True)]
    ahead, behind = _totals(first, second, shares)
    leads = ahead >= behind
    mine, theirs = (first, second) if leads else (second, first)
    gap = abs(ahead - behind)
    held = [k for k, share in enumerate(shares) if share == leads]
    order = sorted(held, key=lambda k: (theirs[k] == 0, _ratio(mine[k], theirs[k]), k))
    for k in order:
        if gap <= 0 or mine[k] + theirs[k] == 0:
            break
        part = min(Fraction(1), gap / (mine[k] + theirs[k]))
        shares[k] = 1 - part if leads else part
        gap -= part * (mine[k] + theirs[k])
    return shares, order


def _totals(
    first: Sequence[Fraction], second: Sequence[Fraction], shares: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    mine = sum((a * s for a, s in zip(first, shares, strict=True)), Fraction(0))
    theirs = sum((b * (1 - s) for b, s in zip(second, shares, strict=True)), Fraction(0))
    return mine, theirs


def _ratio(mine: Fraction, theirs: Fraction) -> Fraction:
    return mine / theirs if theirs else Fraction(0)


def divide(dossier: str | Path | Document, *, changes: Sequence[str] = ()) -> Division:
    """The issues of a dossier divided between its two principals.

    `changes` are `PATH=VALUE` settings. Raises DossierError for mistakes, and what
    `division_of` raises.
    """
    return division_of(open_document(dossier, changes).dossier)


def division_of(dossier: Dossier) -> Division:
    """The issues of what is already read, divided between its two principals.

    An issue is a commitment of one principal that costs it points and is worth points to the
    other: kept, it is worth to its owner what giving it would cost. Joint commitments that are
    worth nothing to both are no issues. Medians are taken of uncertain numbers. Raises
    CannotAnswer where there are not two principals, or for what is no such issue.
    """
    principals = [name for name, party in dossier.parties.items() if party.role == "principal"]
    if len(principals) != 2:
        raise CannotAnswer(
            f"Adjusted Winner divides between two principals; this dossier has {len(principals)}"
        )
    first, second = principals
    found = _issues(dossier, first, second)
    if not found:
        raise CannotAnswer("nothing to divide: no commitment is worth anything to both principals")
    points = [[pair[k] for pair in found.values()] for k in (0, 1)]
    sums = [sum(own, Fraction(0)) for own in points]
    if 0 in sums:
        raise CannotAnswer("a principal to which no issue is worth anything has nothing to divide")
    scaled = [[p * WHOLE / total for p in own] for own, total in zip(points, sums, strict=True)]
    shares, order = adjusted_winner(scaled[0], scaled[1])
    got = _totals(scaled[0], scaled[1], shares)
    ids = list(found)
    parted = [name for name, share in zip(ids, shares, strict=True) if 0 < share < 1]
    return Division(
        title=dossier.title,
        parties=(first, second),
        names=(dossier.parties[first].name or first, dossier.parties[second].name or second),
        items=[
            Item(name, dossier.commitments[name].title or name, (a, b), share, float(share))
            for name, a, b, share in zip(ids, scaled[0], scaled[1], shares, strict=True)
        ],
        points=got,
        points_value=(float(got[0]), float(got[1])),
        order=[ids[k] for k in order],
        divided=parted[0] if parted else None,
        normalised=any(total != WHOLE for total in sums),
    )


def _issues(dossier: Dossier, first: str, second: str) -> dict[str, tuple[Fraction, Fraction]]:
    """The points of both parties for each issue."""
    if dossier.linkages:
        raise CannotAnswer("Adjusted Winner needs issues that add up; this dossier has `linkages`")
    found = {}
    for name, rule in dossier.commitments.items():
        worth = {party: _worth(dossier, party, name) for party in (first, second)}
        if len(rule.by) == 2 and not any(worth.values()):
            continue
        mover = rule.by[0]
        if len(rule.by) != 1 or mover not in worth:
            raise CannotAnswer(
                f"`{name}` is no issue to divide: it must be given by one of the two principals"
            )
        other = second if mover == first else first
        if worth[mover] > 0 or worth[other] < 0:
            raise CannotAnswer(
                f"`{name}` is no issue to divide: it must cost {mover} points and be worth "
                f"points to {other}"
            )
        points: Mapping[str, Fraction] = {mover: -worth[mover], other: worth[other]}
        found[name] = points[first], points[second]
    return found


def _worth(dossier: Dossier, party: str, commitment: str) -> Fraction:
    """The median worth of a commitment, exactly as it is written where it is one number."""
    number = dossier.values.get(party, {}).get(commitment)
    return Fraction(0) if number is None else Fraction(f"{central(number.estimate):.12g}")
