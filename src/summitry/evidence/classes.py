"""Reference classes: what past cases like this one brought (Kahneman and Lovallo 1993)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.schema import ReferenceClass

Floats = NDArray[np.float64]


def class_forecast(
    classes: Sequence[ReferenceClass],
    tiers: Sequence[str],
    model: Floats,
    alpha: float = 0.5,
    cap: float = 30.0,
) -> Floats:
    """The mean of the Dirichlet that the classes' counts give: (tiers), "none" first.

    Each class counts as at most `cap` cases, times its relevance; `alpha` per tier is the
    prior (Jeffreys' 1/2). A bin over several tiers is divided by the model's shares of
    them, evenly where the model has none.
    """
    total = np.full(len(tiers), alpha)
    for known in classes:
        counts = _counts(known, tiers, model)
        number = counts.sum()
        relevance = 1.0 if known.relevance is None else known.relevance.value
        if number > 0:
            total = total + relevance * min(number, cap) * counts / number
    return np.asarray(total / total.sum())


def _counts(known: ReferenceClass, tiers: Sequence[str], model: Floats) -> Floats:
    counts = np.zeros(len(tiers))
    place = {name: k for k, name in enumerate(tiers)}
    if known.counts is not None:
        for name, number in known.counts.items():
            counts[place[name]] += number.value
    for piece in known.bins or []:
        members = [place[name] for name in piece.tiers]
        within = model[members]
        share = within if within.sum() > 0 else np.ones(len(members))
        counts[members] += piece.count.value * share / share.sum()
    return counts
