"""How much several signals count together: a second voice adds less than the first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def exponents_in(force: Floats, correlation: float) -> Floats:
    """The exponent of each signal among signals that share a cause: (signals).

    The k-th by falling force (ties: their order) gets T_k - T_(k-1), where
    T_k = k / (1 + correlation (k - 1)) is the effective number of k correlated signals
    (Kish 1965, the design effect).
    """
    ranks = np.empty(len(force), int)
    ranks[np.argsort(-force, kind="stable")] = np.arange(1, len(force) + 1)
    return _effective(ranks, correlation) - _effective(ranks - 1, correlation)


def _effective(number: NDArray[np.int_], correlation: float) -> Floats:
    return np.where(number > 0, number / (1.0 + correlation * np.maximum(number - 1, 0)), 0.0)


def cluster_exponents(force: Floats, clusters: Sequence[Hashable], correlation: float) -> Floats:
    """The exponent of each signal within its own cluster: (signals)."""
    exponents = np.ones(len(force))
    for cluster in dict.fromkeys(clusters):
        members = np.array([k for k, name in enumerate(clusters) if name == cluster])
        exponents[members] = exponents_in(force[members], correlation)
    return exponents
