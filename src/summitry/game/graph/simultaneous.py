"""SIM: would a party's improvement still be one if the others improved at the same time?

Simultaneous stability after Fraser & Hipel (1979, 1984): the others' moves are their own
improvements from the same state, any combination of them. All combinations are tried, so the
work is bounded and known before it is done.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from summitry.game.board import Bools, Floats, Masks
from summitry.game.graph.fibers import Rows
from summitry.game.graph.moves import moves_from
from summitry.game.graph.stable import Layout
from summitry.game.kernels.together import met_together

MOST_WORK = 1_000_000_000


def index_of(states: Masks, options: int) -> Rows:
    """The row of every mask of options, -1 where it is no state."""
    index = np.full(1 << options, -1, np.int32)
    index[states] = np.arange(len(states), dtype=np.int32)
    return index


def simultaneous(layout: Layout, index: Rows, party: int, payoffs: Floats, rows: Rows) -> Bools:
    """Whether each of the rows is SIM-stable for a party; `payoffs` (N, F) as it sees them."""
    states, changes, begins, offset = layout.model.states, [], [], 0
    for mover in [party, *layout.opponents(party)]:
        fibers = layout.fibers[mover]
        theirs = np.ascontiguousarray(payoffs[fibers.parties])
        targets, begin = moves_from(fibers, rows, theirs)
        changes.append(states[targets] ^ states[np.repeat(rows, np.diff(begin))])
        begins.append(begin + offset)
        offset += len(targets)
    stable = np.empty(len(rows), bool)
    own = np.ascontiguousarray(payoffs[party])
    met_together(rows, states, index, own, np.concatenate(changes), np.stack(begins), stable)
    return stable


def simultaneous_margin(
    layout: Layout, index: Rows, party: int, payoffs: Floats, row: int
) -> float:
    """By how much too little a state is worth to a party to be SIM-stable, as in `margins`."""
    own = payoffs[party]
    tied, rows, moved = own == own[row], np.array([row], np.int32), payoffs.copy()

    def is_stable(worth: float) -> bool:
        moved[party, tied] = worth
        return bool(simultaneous(layout, index, party, moved, rows)[0])

    worths = [-np.inf, *np.unique(own[~tied])]
    return float(worths[bisect_left(worths, True, key=is_stable)] - own[row])


def most_work(layout: Layout, rows: Rows) -> float:
    """How many combinations there are at most, over the rows, whatever the preferences."""
    work = np.ones(len(rows))
    for fibers in layout.fibers:
        sizes = np.ones(len(layout.model.states))
        sizes[fibers.members] = np.repeat(np.diff(fibers.starts), np.diff(fibers.starts))
        work *= sizes[rows]
    return float(work.sum())
