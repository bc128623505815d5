"""The feasible states of a dossier's commitments, and the conditions it puts on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.conditions import Condition, holds, parse_condition
from summitry.dossier.feasible import Masks, feasible_masks
from summitry.dossier.schema import Dossier
from summitry.dossier.stability import Stability

MOST_FEASIBLE = 1 << 20


def section_of(dossier: Dossier) -> Stability:
    """What the dossier says of stability; nothing where it has no such section."""
    return dossier.stability or Stability()


def condition_of(dossier: Dossier, text: str) -> Condition:
    """A condition, by the name of a state or as it is written. Raises ConditionError."""
    written = section_of(dossier).states.get(text.strip(), text)
    return parse_condition(written, list(dossier.commitments))


def matching(dossier: Dossier, text: str, states: Masks) -> NDArray[np.bool_]:
    """In which of the states a condition holds. Raises ConditionError."""
    return holds(condition_of(dossier, text), states)


def rule_masks(dossier: Dossier) -> tuple[list[int], list[int], list[int]]:
    """For each commitment the masks of what it requires, comes only with, and excludes."""
    bit = {name: 1 << k for k, name in enumerate(dossier.commitments)}

    def masks(lists: Sequence[Sequence[str]]) -> list[int]:
        return [sum(bit.get(name, 0) for name in set(names)) for names in lists]

    commitments = dossier.commitments.values()
    return (
        masks([c.requires for c in commitments]),
        masks([c.only_with for c in commitments]),
        masks([c.excludes for c in commitments]),
    )


def feasible_states(dossier: Dossier) -> Masks:
    """All states that break no rule of a commitment and are not said to be infeasible.

    The empty one is among them. Raises ConditionError, and TooMany above a million states that
    the commitments' own rules allow.
    """
    states = feasible_masks(*rule_masks(dossier), MOST_FEASIBLE)
    for text in section_of(dossier).infeasible:
        states = states[~matching(dossier, text, states)]
    return states
