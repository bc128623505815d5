"""Tiers: their names, their order, and that each can be the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from summitry.dossier.checks.naming import repeated, unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.feasible import feasible_masks
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree


def check_tiers(dossier: Dossier, tree: Tree, packages: bool) -> Iterator[Problem]:
    """Names first; then, if the commitments are in order, which packages reach which tier."""
    wrong = list(_names(dossier, tree))
    yield from wrong
    if packages and not wrong and dossier.commitments:
        yield from _reached(dossier, tree)


def _names(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    yield from repeated(tree, ("tiers",), [tier.id for tier in dossier.tiers], "tier")
    for k, tier in enumerate(dossier.tiers):
        if tier.id == "none":
            message = "`none` is reserved for no agreement; give the tier another id"
            yield tree.problem(("tiers", k, "id"), message)
        for part in ("all", "any"):
            path = ("tiers", k, part)
            names = getattr(tier, part)
            yield from unknown_names(tree, path, names, dossier.commitments, "commitment")


def _reached(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    index = {name: k for k, name in enumerate(dossier.commitments)}

    def mask(names: Sequence[str]) -> int:
        return sum(1 << index[name] for name in set(names))

    commitments = dossier.commitments.values()
    masks = feasible_masks(
        [mask(c.requires) for c in commitments],
        [mask(c.only_with) for c in commitments],
        [mask(c.excludes) for c in commitments],
    )
    masks = masks[masks != 0]
    if len(masks) == 0:
        message = "no package is possible: `requires`, `only_with` and `excludes` bar them all"
        yield tree.problem(("commitments",), message)
        return
    inside = [_satisfies(masks, mask(t.all), mask(t.any)) for t in dossier.tiers]
    for k, tier in enumerate(dossier.tiers):
        higher = np.any(inside[k + 1 :], axis=0) if inside[k + 1 :] else np.zeros(len(masks), bool)
        if not inside[k].any():
            message = f"no possible package reaches the tier `{tier.id}`; look at its `all` and \
`any` and what they require"
            yield tree.problem(("tiers", k), " ".join(message.split()))
        elif not (inside[k] & ~higher).any():
            message = (
                f"every package that satisfies `{tier.id}` also satisfies a later tier, so it "
                "can never be the result; put the lowest tier first"
            )
            yield tree.problem(("tiers", k), message)


def _satisfies(masks: np.ndarray, every: int, some: int) -> np.ndarray:
    reached = (masks & np.uint32(every)) == np.uint32(every)
    return reached & ((masks & np.uint32(some)) != 0) if some else reached
