"""The whole graph of a small conflict: its states, who moves between them, and for whose gain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.conflict import Conflict
from summitry.analysis.judging import CONCEPTS, Verdicts
from summitry.game.graph.moves import moves_from, nobody

MOST_STATES = 64


@dataclass(frozen=True)
class Node:
    """A state: its commitments, by concept the parties it holds for, and where that is for all."""

    state: str
    commitments: Sequence[str]
    stable_for: Mapping[str, Sequence[str]]
    equilibrium: Sequence[str]
    is_today: bool


@dataclass(frozen=True)
class Mover:
    """A party, or several that hold commitments jointly, with what it decides."""

    parties: Sequence[str]
    commitments: Sequence[str]


@dataclass(frozen=True)
class Edge:
    """A move: its mover, from and to which node (by place), whether all its parties gain by it."""

    mover: int
    start: int
    end: int
    gains: bool


@dataclass(frozen=True)
class Graph:
    """All states, movers and moves; movers without a commitment are left out."""

    nodes: Sequence[Node]
    movers: Sequence[Mover]
    moves: Sequence[Edge]


def graph_told(conflict: Conflict, found: Verdicts) -> Graph | None:
    """The graph of a conflict of at most 64 states; None for a larger one."""
    model = conflict.model
    if len(model.states) > MOST_STATES:
        return None
    owned = [
        [name for k, name in enumerate(model.options) if model.owners[k] == group]
        for group in model.groups
    ]
    active = [number for number, names in enumerate(owned) if names]
    return Graph(
        [_node(conflict, found, row) for row in range(len(model.states))],
        [Mover(conflict.mover(number), owned[number]) for number in active],
        [edge for place, number in enumerate(active) for edge in _edges(conflict, place, number)],
    )


def _node(conflict: Conflict, found: Verdicts, row: int) -> Node:
    parties = conflict.model.parties
    stable_for = {
        c: [p for i, p in enumerate(parties) if found.stable[c][i, row]] for c in CONCEPTS
    }
    return Node(
        conflict.name(row),
        conflict.taken(row),
        stable_for,
        [c for c, holding in stable_for.items() if len(holding) == len(parties)],
        row == conflict.model.today,
    )


def _edges(conflict: Conflict, place: int, number: int) -> Iterator[Edge]:
    fibers, states = conflict.layout.fibers[number], len(conflict.model.states)
    rows = np.arange(states, dtype=np.int32)
    payoffs = conflict.preferences.payoffs[fibers.parties]
    targets, begin = moves_from(fibers, rows, nobody(states))
    for row in rows.tolist():
        for end in targets[begin[row] : begin[row + 1]].tolist():
            gains = bool((payoffs[:, end] > payoffs[:, row]).all())
            yield Edge(place, row, end, gains)
