"""The value of a number at which the most likely outcome changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.reruns import Bench, held, play_variations
from summitry.analysis.uncertain import Uncertain
from summitry.game.board import Floats
from summitry.game.variation import Variation

STEPS = 6


@dataclass(frozen=True)
class Tipping:
    """Where the most likely outcome (pooled) changes from `before` to `after`.

    `value` as a number (None where it has none of its own), `level` its quantile level, for
    a type its probability; `text` says it in words.
    """

    value: float | None
    level: float
    before: str
    after: str
    text: str


def tipping_of(bench: Bench, number: Uncertain, ends: Sequence[Floats]) -> Tipping | None:
    """The tipping point between the middle of a number and one of its ends, by playing again.

    `ends`: the pooled probabilities with the number at its two ends. None where the most
    likely outcome is the same at both as it is now.
    """
    now = int(np.argmax(bench.base.pooled))
    for level, pooled in zip(number.ends, ends, strict=True):
        if int(np.argmax(pooled)) == now:
            continue
        if number.kind == "consent":
            after = int(np.argmax(pooled))
            return _told(bench, number, level, now, after)
        return _halve(bench, number, level, now, int(np.argmax(pooled)))
    return None


def _halve(bench: Bench, number: Uncertain, end: float, now: int, after: int) -> Tipping:
    near, far = 0.5, end
    for _ in range(STEPS):
        middle = (near + far) / 2
        likeliest = int(np.argmax(_held_at(bench, number.path, middle)))
        if likeliest == now:
            near = middle
        else:
            far, after = middle, likeliest
    return _told(bench, number, (near + far) / 2, now, after)


def _held_at(bench: Bench, path: str, level: float) -> Floats:
    """The pooled probabilities with a number held at a quantile level."""
    variation = Variation(levels={path: level})
    (played,) = play_variations(bench.setup, [variation], bench.draws, bench.rounds)
    return held(bench, played).told.pooled


def _told(bench: Bench, number: Uncertain, level: float, now: int, after: int) -> Tipping:
    value, tiers = number.value(level), bench.setup.tiers
    if number.kind == "consent":
        text = "given" if level == 0.0 else "refused"
    else:
        text = f"its {level:.0%} quantile" if value is None else f"{value:.3g}"
    return Tipping(value, level, tiers[now], tiers[after], text)
