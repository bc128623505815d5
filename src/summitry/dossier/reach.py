"""Which packages of a dossier reach which tier, as bit masks over its commitments."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.feasible import Masks, feasible_masks
from summitry.dossier.schema import Dossier


def mask_of(names: Iterable[str], dossier: Dossier) -> int:
    """A set of commitments as a mask: bit k is the dossier's k-th commitment."""
    index = {name: k for k, name in enumerate(dossier.commitments)}
    return sum(1 << index[name] for name in set(names))


def package_masks(dossier: Dossier) -> Masks:
    """All non-empty sets of commitments that obey `requires`, `only_with` and `excludes`."""
    commitments = dossier.commitments.values()
    masks = feasible_masks(
        [mask_of(c.requires, dossier) for c in commitments],
        [mask_of(c.only_with, dossier) for c in commitments],
        [mask_of(c.excludes, dossier) for c in commitments],
    )
    return masks[masks != 0]


def satisfying(masks: Masks, dossier: Dossier) -> list[NDArray[np.bool_]]:
    """For each tier which of the packages have all of its `all` and one of its `any`."""
    found = []
    for tier in dossier.tiers:
        every, some = (np.uint32(mask_of(names, dossier)) for names in (tier.all, tier.any))
        reached = (masks & every) == every
        found.append(reached & ((masks & some) != 0) if tier.any else reached)
    return found


def smallest_packages(dossier: Dossier) -> list[tuple[str, ...]]:
    """For each tier a package with the fewest commitments whose result it is."""
    masks = package_masks(dossier)
    sizes = np.bitwise_count(masks)
    smallest = []
    higher = np.zeros(len(masks), bool)
    for inside in reversed(satisfying(masks, dossier)):
        ours = np.flatnonzero(inside & ~higher)
        best = int(masks[ours[np.argmin(sizes[ours])]]) if len(ours) else 0
        smallest.append(tuple(n for k, n in enumerate(dossier.commitments) if best >> k & 1))
        higher |= inside
    return smallest[::-1]
