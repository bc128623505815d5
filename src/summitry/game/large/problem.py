"""One set of numbers with its rules, for packages that are too many to list; and the evaluator.

A package is a bit mask, a Python integer: bit k is the k-th commitment.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from summitry.game.board import Floats
from summitry.game.kernels.stops import TOLERANCE


class Problem(NamedTuple):
    """What packages bring and which are possible: N parties, m commitments, L linkages.

    `values` (N, m), `worths` (N, L), `reservation`, `power` (N). Masks of commitments:
    `linkages`, for each commitment those it `requires`, comes `only_with` and `excludes`, and for
    each tier `tier_all` and `tier_any` (0: no such condition). `asks`: for each commitment the
    parties (a mask) that must then consent; `principals` (indices) always must.
    """

    values: Floats
    worths: Floats
    reservation: Floats
    power: Floats
    principals: tuple[int, ...]
    linkages: tuple[int, ...]
    requires: tuple[int, ...]
    only_with: tuple[int, ...]
    excludes: tuple[int, ...]
    asks: tuple[int, ...]
    tier_all: tuple[int, ...]
    tier_any: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of commitments."""
        return len(self.requires)


def bits(mask: int) -> Iterator[int]:
    """The places of the set bits of a mask, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def gains_of(problem: Problem, mask: int) -> Floats:
    """What a package brings each party over no agreement (N): each sum rounded once."""
    inside = list(bits(mask))
    linked = [k for k, needed in enumerate(problem.linkages) if needed & ~mask == 0]
    return np.array(
        [
            math.fsum(
                [
                    *problem.values[i, inside].tolist(),
                    *problem.worths[i, linked].tolist(),
                    -problem.reservation[i],
                ]
            )
            for i in range(len(problem.reservation))
        ]
    )


def tier_of(problem: Problem, mask: int) -> int:
    """The highest tier that a package satisfies, counted from 1; 0 where it is none."""
    tier = 0
    for k, (every, some) in enumerate(zip(problem.tier_all, problem.tier_any, strict=True), 1):
        if every & ~mask == 0 and (not some or some & mask):
            tier = k
    return tier


def is_possible(problem: Problem, mask: int) -> bool:
    """Whether a package obeys all rules and reaches a tier."""
    for c in bits(mask):
        if (problem.requires[c] | problem.only_with[c]) & ~mask or problem.excludes[c] & mask:
            return False
    return mask != 0 and tier_of(problem, mask) > 0


def must_consent(problem: Problem, mask: int) -> list[int]:
    """The parties without which a package is no deal, ascending."""
    asked = sum(1 << i for i in problem.principals)
    for c in bits(mask):
        asked |= problem.asks[c]
    return list(bits(asked))


def rounding_of(problem: Problem) -> Floats:
    """How far a party's gain (N) may be off by rounding alone: some last digits of its terms."""
    terms = np.abs(problem.values).sum(axis=1) + np.abs(problem.worths).sum(axis=1)
    rounding: Floats = 8.0 * np.finfo(float).eps * (terms + np.abs(problem.reservation))
    return rounding


def is_acceptable(problem: Problem, mask: int, gained: Floats) -> bool:
    """Whether all accept a package who must."""
    slack = TOLERANCE + rounding_of(problem)
    return all(gained[i] >= -slack[i] for i in must_consent(problem, mask))
