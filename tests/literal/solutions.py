"""Bargaining solutions and the Pareto frontier over a zone, by trying every package.

A zone is a list of packages with the gains of the principals: [(mask, (g, ...)), ...].
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from tests.literal.stakes import TOLERANCE

Gains = tuple[float, ...]
Zone = Sequence[tuple[int, Gains]]


def best(zone: Zone, worth: Callable[[Gains], Any]) -> int | None:
    """The mask of largest worth, of several the smallest; None where the zone is empty."""
    if not zone:
        return None
    most = max(worth(gains) for _, gains in zone)
    return min(mask for mask, gains in zone if worth(gains) == most)


def nash(zone: Zone, power: Sequence[float]) -> int | None:
    """Most principals that gain, then the largest weighted sum of the logs of their gains."""

    def worth(gains: Gains) -> tuple[int, float]:
        wins = [(a, g) for a, g in zip(power, gains, strict=True) if g > TOLERANCE]
        return len(wins), sum(a * math.log(g) for a, g in wins)

    return best(zone, worth)


def kalai_smorodinsky(zone: Zone) -> int | None:
    """The largest smallest share of each principal's best gain in the zone."""
    ideal = [max(gains) for gains in zip(*(gains for _, gains in zone), strict=True)]

    def worth(gains: Gains) -> float:
        return min(g / top if top > TOLERANCE else 1.0 for g, top in zip(gains, ideal, strict=True))

    return best(zone, worth)


def egalitarian(zone: Zone) -> int | None:
    """The largest smallest gain."""
    return best(zone, min)


def utilitarian(zone: Zone) -> int | None:
    """The largest sum of gains."""
    return best(zone, math.fsum)


def dominates(better: Gains, worse: Gains) -> bool:
    """Whether the first is better for some principal and worse for none."""
    pairs = list(zip(better, worse, strict=True))
    return all(b >= w - TOLERANCE for b, w in pairs) and any(b > w + TOLERANCE for b, w in pairs)


def pareto(zone: Zone) -> list[int]:
    """The masks of the packages that no other one dominates, those of equal gains included."""
    return [mask for mask, gains in zone if not any(dominates(other, gains) for _, other in zone)]
