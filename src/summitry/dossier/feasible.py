"""The packages that obey `requires`, `only_with` and `excludes`, as ascending bit masks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Masks = NDArray[np.uint32]
MOST_LISTED = 20


def feasible_masks(
    requires: Sequence[int] | Masks,
    only_with: Sequence[int] | Masks,
    excludes: Sequence[int] | Masks,
) -> Masks:
    """All sets of commitments, the empty one included, that break no rule of any member.

    For each commitment a mask of those it needs earlier, needs besides, and bars. Grown
    commitment by commitment in an order that puts prerequisites first, so that sets which
    lack one are never made. Raises ValueError above 20 commitments.
    """
    number = len(requires)
    if number > MOST_LISTED:
        raise ValueError(
            f"{number} commitments; packages of more than {MOST_LISTED} are not listed"
        )
    needed = [int(requires[k]) | int(only_with[k]) for k in range(number)]
    order = _prerequisites_first([int(r) for r in requires])
    masks = np.zeros(1, np.uint32)
    for k in order:
        before = np.uint32(requires[k])
        allowed = ((masks & before) == before) & ((masks & np.uint32(excludes[k])) == 0)
        masks = np.concatenate([masks, masks[allowed] | np.uint32(1 << k)])
    for k in range(number):
        inside = (masks >> np.uint32(k)) & 1 == 1
        broken = (masks & np.uint32(needed[k])) != np.uint32(needed[k])
        broken |= (masks & np.uint32(excludes[k])) != 0
        masks = masks[~(inside & broken)]
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
