"""What a collapse would leave each party with, and small tools that all kernels share."""

from __future__ import annotations

from typing import NamedTuple

from summitry.game.board import Floats
from summitry.game.kernels.bits import has
from summitry.game.kernels.compiling import kernel

TOLERANCE = 1e-9


class Stops(NamedTuple):
    """What each party would keep if a deal collapsed, what breaking it costs, whom it trusts.

    `kept` (N, commitments) and `linked` (N, linkages): the irreversible part of every
    value; `breach` and `trust` (N).
    """

    kept: Floats
    linked: Floats
    breach: Floats
    trust: Floats


@kernel
def keep_irreversible(values, linkages, reversible, masks, kept, linked):
    """Fill `kept` and `linked` with the share of every value that a collapse leaves."""
    for i in range(values.shape[0]):
        for c in range(values.shape[1]):
            kept[i, c] = values[i, c] * (1.0 - reversible[c])
    for k in range(len(masks)):
        share = 1.0
        for c in range(values.shape[1]):
            if has(masks[k], c):
                share = min(share, 1.0 - reversible[c])
        for i in range(values.shape[0]):
            linked[i, k] = linkages[i, k] * share
