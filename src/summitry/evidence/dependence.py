"""How much several signals count together: a second voice adds less than the first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]


def exponents_in(force: Floats, correlation: float, groups: Ints | None = None) -> Floats:
    """The exponent of each signal among those of its group that share a cause: (signals).

    The k-th by falling force (ties: their order) gets T_k - T_(k-1), where
    T_k = k / (1 + correlation (k - 1)) is the effective number of k correlated signals
    (Kish 1965, the design effect). `groups` numbers the groups; without it there is one.
    """
    size = len(force)
    groups = np.zeros(size, int) if groups is None else groups
    order = np.lexsort((-force, groups))
    sorted_groups = groups[order]
    first = np.searchsorted(sorted_groups, sorted_groups)
    ranks = np.empty(size, int)
    ranks[order] = np.arange(1, size + 1) - first
    return _effective(ranks, correlation) - _effective(ranks - 1, correlation)


def _effective(number: Ints, correlation: float) -> Floats:
    return np.where(number > 0, number / (1.0 + correlation * np.maximum(number - 1, 0)), 0.0)


def group_numbers(names: Sequence[Hashable]) -> Ints:
    """The same number for the same name, counted from 0 by first appearance: (signals)."""
    numbers = {name: k for k, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], int)
