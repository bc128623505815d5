"""The packages that obey `requires`, `only_with` and `excludes`, as ascending bit masks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Masks = NDArray[np.uint32]
MOST_LISTED = 20
WIDEST = 32
MOST_SETS = 1 << 22


class TooMany(ValueError):
    """More sets than are listed, or more commitments than a mask has bits; the message says which."""


def feasible_masks(
    requires: Sequence[int] | Masks,
    only_with: Sequence[int] | Masks,
    excludes: Sequence[int] | Masks,
    most: int = MOST_SETS,
) -> Masks:
    """All sets of commitments, the empty one included, that break no rule of any member.

    For each commitment a mask of those it needs earlier, needs besides, and bars. Grown
    commitment by commitment in an order that puts prerequisites first; a rule is applied as
    soon as both sides are decided. Raises TooMany above 32 commitments, and before more than
    `most` sets are held; up to 20 commitments always can be listed.
    """
    number = len(requires)
    if number > WIDEST:
        raise TooMany(f"{number} commitments; sets of more than {WIDEST} are not listed")
    needed = [int(requires[k]) | int(only_with[k]) for k in range(number)]
    order = _prerequisites_first([int(r) for r in requires])
    never = ~sum(1 << k for k in order)
    masks, placed = np.zeros(1, np.uint32), 0
    for k in order:
        before = needed[k] & placed
        barred = int(excludes[k]) | sum(1 << j for j in order if int(excludes[j]) >> k & 1)
        waiting = sum(1 << j for j in order if placed >> j & 1 and needed[j] >> k & 1)
        taken = masks[((masks & np.uint32(before)) == before) & ((masks & np.uint32(barred)) == 0)]
        left = masks[(masks & np.uint32(waiting)) == 0]
        if needed[k] & never or barred >> k & 1:
            taken = taken[:0]
        if len(left) + len(taken) > most:
            raise TooMany(f"more than {most:,} sets of {number} commitments")
        masks = np.concatenate([left, taken | np.uint32(1 << k)])
        placed |= 1 << k
    return np.sort(masks)


def _prerequisites_first(requires: list[int]) -> list[int]:
    """An order in which each comes after what it requires; those in a cycle are left out."""
    order: list[int] = []
    placed = 0
    while True:
        ready = [
            k for k, needed in enumerate(requires) if not placed >> k & 1 and needed & ~placed == 0
        ]
        if not ready:
            return order
        order.extend(ready)
        placed |= sum(1 << k for k in ready)
