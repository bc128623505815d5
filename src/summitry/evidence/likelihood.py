"""What one signal says of a party's types, after its source is graded and its kind capped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.kinds import KindOfSignal
from summitry.dossier.schema import Signal

Floats = NDArray[np.float64]


def likelihoods(signal: Signal, types: list[str], kind: KindOfSignal) -> Floats:
    """The likelihood of the signal under each type: (types), up to a common factor.

    What shows one type shows its neighbours in part: ratio ** (1 - distance / (K - 1)). A
    table above the kind's cap is scaled about its centre, unless it overrides the cap.
    """
    if signal.likelihoods is not None:
        table = np.array([signal.likelihoods[name].value for name in types])
    else:
        ratio = kind.ratio if signal.ratio is None else signal.ratio.value
        shown = types.index(str(signal.shows))
        distance = np.abs(np.arange(len(types)) - shown) / max(len(types) - 1, 1)
        table = ratio ** (1.0 - distance)
    return table if signal.override else _cap(table, kind.cap)


def _cap(table: Floats, cap: float) -> Floats:
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
