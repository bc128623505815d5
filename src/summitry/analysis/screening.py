"""A first look at the levers: what goes with each number in the forecast's own draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.uncertain import Uncertain
from summitry.game.board import Floats, Ints


@dataclass(frozen=True)
class Screened:
    """How the model's probability of each tier differs between high and low draws of a number.

    `apart`: among the highest sixth of its draws less among the lowest (a consent: given less
    refused), with the `standard_error`. What goes with the number counts with it.
    """

    path: str
    label: str
    apart: Mapping[str, float]
    standard_error: Mapping[str, float]


def screen(
    numbers: Sequence[Uncertain],
    classes: Sequence[Ints],
    hits: Floats,
    tiers: Sequence[str],
    asked: Sequence[str],
) -> list[Screened]:
    """All numbers, by how surely they move one of the tiers asked about."""
    found = [_one(*pair, hits, tiers) for pair in zip(numbers, classes, strict=True)]
    return sorted(found, key=lambda one: -max(abs(one.apart[name]) for name in asked))


def _one(number: Uncertain, classes: Ints, hits: Floats, tiers: Sequence[str]) -> Screened:
    most = int(classes.max())
    near = max(1, (most + 1) // 6)
    low, high = hits[classes < near], hits[classes > most - near]
    if most == 0 or min(len(low), len(high)) < 2:
        apart = error = np.zeros(len(tiers))
    else:
        apart = high.mean(axis=0) - low.mean(axis=0)
        error = np.sqrt(high.var(axis=0, ddof=1) / len(high) + low.var(axis=0, ddof=1) / len(low))
    return Screened(
        number.path,
        number.label,
        dict(zip(tiers, apart.tolist(), strict=True)),
        dict(zip(tiers, error.tolist(), strict=True)),
    )
