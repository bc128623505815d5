"""What a .gmcr file of GMCR+ holds, as typed records: a conflict as options and preferences.

The file is JSON: options with the direction in which they can change, decision makers with their
options and preferences, and infeasible states as patterns. A state is numbered by its rank among
the feasible ones, from 1, where option k is bit k.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from summitry.dossier.feasible import Masks
from summitry.dossier.records import shape

Cell = Annotated[tuple[int, Literal["Y", "N"]], Field(strict=False)]
Pattern = Annotated[list[Cell], Field(min_length=1)]
Group = Annotated[
    Annotated[int, Tag("plain")] | Annotated[list[int], Tag("mapping")],
    Discriminator(lambda raw: "mapping" if isinstance(raw, list) else "plain"),
]


class _Part(BaseModel):
    """A part of the file; keys that say nothing of the conflict are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")


class Option(_Part):
    """What a decision maker can do, and whether it can be begun and ended."""

    name: str
    permittedDirection: Literal["both", "fwd", "back"] = "both"  # noqa: N815


class Compound(_Part):
    """A statement that holds where any of its patterns does."""

    compound: Literal[True]
    members: Annotated[list[Pattern], Field(min_length=1)]


class DecisionMaker(_Part):
    """Who holds which options (by number), and prefers what."""

    name: str
    options: list[int]
    preferences: list[
        Annotated[
            Annotated[Pattern, Tag("plain")] | Annotated[Compound, Tag("mapping")],
            Discriminator(shape),
        ]
    ] = []
    misperceptions: list[Pattern] = []
    preferenceRanking: list[Group] = []  # noqa: N815
    preferenceVector: list[Group] = []  # noqa: N815

    @property
    def ranking(self) -> list[list[int]]:
        """The numbers of the states from best to worst; several in a list are a tie."""
        groups = self.preferenceRanking or self.preferenceVector
        return [group if isinstance(group, list) else [group] for group in groups]


class Conflict(_Part):
    """A whole file."""

    title: str | None = None
    options: Annotated[list[Option], Field(min_length=1)]
    decisionMakers: Annotated[list[DecisionMaker], Field(min_length=1)]  # noqa: N815
    infeasibles: list[Pattern] = []
    coalitions: list[Group] = []
    useManualPreferenceRanking: bool = False  # noqa: N815
    useManualPreferenceVectors: bool = False  # noqa: N815

    @property
    def is_ranked(self) -> bool:
        """Whether preferences are rankings of states, not statements."""
        return self.useManualPreferenceRanking or self.useManualPreferenceVectors


def feasible(conflict: Conflict) -> Masks:
    """The states that match no infeasible pattern, ascending; option k is bit k."""
    states = np.arange(1 << len(conflict.options), dtype=np.uint32)
    for pattern in conflict.infeasibles:
        states = states[~_matching(pattern, states)]
    return states


def _matching(pattern: list[tuple[int, Literal["Y", "N"]]], states: Masks) -> Any:
    bits = np.uint32(sum(1 << k for k in {k for k, _ in pattern}))
    yes = np.uint32(sum(1 << k for k in {k for k, letter in pattern if letter == "Y"}))
    return (states & bits) == yes
