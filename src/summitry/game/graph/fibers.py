"""A mover's moves as groups of states between which it alone decides.

A fiber holds the feasible states that differ only in the mover's own options: from any of them
the mover can go to any other in one move, unless an option that cannot be taken back, or taken
up, stands in between.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summitry.game.board import Ints
from summitry.game.graph.model import GraphModel

Rows = NDArray[np.int32]


class Fibers(NamedTuple):
    """The fibers of one mover.

    `members`: rows of states, fiber by fiber; fiber g is `members[starts[g]:starts[g + 1]]`.
    `patterns`: for each member which of the mover's `ways` one-way options are taken;
    `forward`, `back`: which of those can only be taken up, or only given up. `barred_from`,
    `barred_to`: rows of single moves that are impossible, sorted. `parties`: who moves.
    """

    members: Rows
    starts: Ints
    patterns: Rows
    ways: int
    forward: int
    back: int
    barred_from: Rows
    barred_to: Rows
    parties: Ints


def fibers_of(model: GraphModel) -> list[Fibers]:
    """The fibers of every mover, in the order of `model.groups`."""
    return [_fibers(model, group, number) for number, group in enumerate(model.groups)]


def _fibers(model: GraphModel, group: int, number: int) -> Fibers:
    parties = [i for i in range(len(model.parties)) if group >> i & 1]
    own = sum(1 << k for k, owner in enumerate(model.owners) if owner == group)
    own &= model.adds | model.drops
    known = np.flatnonzero(model.seen[parties].all(axis=0))
    base = model.states[known] & np.uint32(~own & 0xFFFFFFFF)
    order = np.argsort(base, kind="stable")
    cuts = np.flatnonzero(np.diff(base[order])) + 1
    members = known[order].astype(np.int32)
    lasting = own & ~(model.adds & model.drops)
    one_way = [k for k in range(len(model.options)) if lasting >> k & 1]
    states = model.states[members]
    patterns = np.zeros(len(members), np.int32)
    for bit, k in enumerate(one_way):
        patterns |= (((states >> np.uint32(k)) & 1) << np.uint32(bit)).astype(np.int32)
    barred = model.barred[model.barred[:, 0] == number]
    barred = barred[np.lexsort((barred[:, 2], barred[:, 1]))]
    return Fibers(
        members,
        np.concatenate([[0], cuts, [len(members)]]).astype(np.int64),
        patterns,
        len(one_way),
        sum(1 << bit for bit, k in enumerate(one_way) if model.adds >> k & 1),
        sum(1 << bit for bit, k in enumerate(one_way) if model.drops >> k & 1),
        barred[:, 1].astype(np.int32),
        barred[:, 2].astype(np.int32),
        np.array(parties, np.int64),
    )
