"""The states of a conflict and who can move from which to which.

The graph model for conflict resolution (Fang, Hipel & Kilgour 1993), with options in place of
single edges: a state says which options are taken, as a bit mask (bit k is the k-th option).
A mover is a party, or several that hold options together; it moves by changing any of its own
options at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from summitry.game.board import Bools, Ints, Masks

MOST_OPTIONS = 24


@dataclass(frozen=True)
class GraphModel:
    """States and moves of N parties over F feasible states.

    `owners`: for each option the mask of the parties that hold it (several: only together).
    `states` (F): the feasible states, ascending. `adds`, `drops`: masks of the options that
    can be taken up (N to Y) and given up (Y to N). `seen` (N, F): the states that a party
    knows of; it moves neither to nor from another. `barred` (B, 3): single moves that are
    impossible, as (party, from, to) with the rows of the states. `today`: the row of the
    status quo.
    """

    parties: tuple[str, ...]
    options: tuple[str, ...]
    owners: tuple[int, ...]
    states: Masks
    adds: int
    drops: int
    seen: Bools
    barred: Ints = field(default_factory=lambda: np.zeros((0, 3), np.int64))
    today: int = 0

    @property
    def groups(self) -> tuple[int, ...]:
        """The movers as masks of parties: each party alone, then those that hold options jointly."""
        single = [1 << i for i in range(len(self.parties))]
        joint = {owner for owner in self.owners if owner & (owner - 1)}
        return (*single, *sorted(joint))

    def row(self, state: int) -> int:
        """Where a state stands among the feasible ones. Raises ValueError if it is none."""
        at = int(np.searchsorted(self.states, np.uint32(state)))
        if at == len(self.states) or self.states[at] != state:
            raise ValueError(f"{self.pattern(state)} is no feasible state")
        return at

    def pattern(self, state: int) -> str:
        """A state as `Y N N Y`, in the order of the options."""
        return " ".join("Y" if state >> k & 1 else "N" for k in range(len(self.options)))


def graph_model(
    parties: Sequence[str],
    options: Sequence[str],
    owners: Sequence[int],
    *,
    states: Iterable[int] | Masks | None = None,
    adds: int | None = None,
    drops: int | None = None,
) -> GraphModel:
    """A model in which everything is possible but what is said not to be.

    `owners` are masks of parties for each option; without `states` every combination of
    options is feasible. Raises ValueError above 24 options, without states, or where an
    option is nobody's.
    """
    check_size(len(options))
    everything = (1 << len(options)) - 1
    if len(owners) != len(options) or not all(0 < o < 1 << len(parties) for o in owners):
        raise ValueError("every option needs an owner, or several, among the parties")
    listed = range(everything + 1) if states is None else states
    feasible = np.unique(np.fromiter(listed, np.uint32))
    if not len(feasible) or feasible[-1] > everything:
        raise ValueError("there must be feasible states, all of them over the options given")
    return GraphModel(
        tuple(parties),
        tuple(options),
        tuple(int(o) for o in owners),
        feasible,
        everything if adds is None else adds,
        everything if drops is None else drops,
        np.ones((len(parties), len(feasible)), bool),
    )


def check_size(options: int) -> None:
    """Raises ValueError above 24 options, saying what would fit."""
    if options > MOST_OPTIONS:
        raise ValueError(
            f"{options} options make {2**options:,} states; at most {MOST_OPTIONS} "
            f"({2**MOST_OPTIONS:,} states) fit. Join options that are only taken together, or "
            f"leave out the {options - MOST_OPTIONS} that matter least"
        )
