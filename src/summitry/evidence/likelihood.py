"""What one signal says of a party's types, after its source is graded and its kind capped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.kinds import KindOfSignal
from summitry.dossier.schema import Signal

Floats = NDArray[np.float64]
# a ratio at its cap is not above it, however it was rounded
TOLERANCE = 1e-9


def likelihoods(signal: Signal, types: list[str], kind: KindOfSignal) -> Floats:
    """The likelihood of the signal under each type as stated: (types), up to a factor.

    What shows one type shows its neighbours in part: ratio ** (1 - distance / (K - 1)).
    """
    if signal.likelihoods is not None:
        return np.array([signal.likelihoods[name].value for name in types])
    ratio = kind.ratio if signal.ratio is None else signal.ratio.value
    shown = types.index(str(signal.shows))
    distance = np.abs(np.arange(len(types)) - shown) / max(len(types) - 1, 1)
    return np.asarray(ratio ** (1.0 - distance))


def is_above(table: Floats, cap: float) -> bool:
    """Whether the largest ratio of a table's likelihoods is above the cap of its kind."""
    return bool(np.log(table.max() / table.min()) > np.log(cap) + TOLERANCE)


def scaled(table: Floats, cap: float) -> Floats:
    """The table with the span of its logarithms cut to the cap's, about their centre."""
    logs = np.log(table)
    span = float(logs.max() - logs.min())
    if span <= np.log(cap):
        return table
    centre = (logs.max() + logs.min()) / 2.0
    return np.asarray(np.exp(centre + (logs - centre) * np.log(cap) / span))


def graded(table: Floats, prior: Floats, reliability: float) -> Floats:
    """Mixed with what an uninformed source would say: rho L + (1 - rho) sum prior L."""
    mixed: Floats = reliability * table + (1.0 - reliability) * float(prior @ table)
    return mixed
