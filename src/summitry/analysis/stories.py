"""Why a state does or does not hold: who would move where, who could answer, does that deter?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.conflict import Conflict
from summitry.game.board import Floats
from summitry.game.graph.moves import moves_from, nobody
from summitry.game.graph.paths import Move, shortest
from summitry.game.graph.sanctions import Spread
from summitry.game.graph.stable import (
    Layout,
    any_moves,
    best_after_own_move,
    improvements,
    levels_for,
)


@dataclass(frozen=True)
class Step:
    """One move: who, where to, which commitments are taken up and given up by it."""

    movers: Sequence[str]
    to: str
    added: Sequence[str]
    dropped: Sequence[str]


@dataclass(frozen=True)
class Story:
    """A party's improvement on a state, and what the others could make of it.

    `answer`: the shortest sequence of the others' moves after which the party is no better off
    than before it moved, None where there is none; `lasting`: one that it could then not
    escape from by another move; `credible`: one in which every mover gains by every move.
    `met_together`: whether the others' own improvements from the state, made at the same time,
    would make the move vain. `deterred` says under which concepts the move is not worth it.
    """

    party: str
    move: Step
    answer: Sequence[Step] | None
    lasting: Sequence[Step] | None
    credible: Sequence[Step] | None
    met_together: bool | None
    deterred: Mapping[str, bool]


def step_of(conflict: Conflict, move: Move) -> Step:
    """A move with the names of what it changes."""
    before, after = conflict.taken(move.start), conflict.taken(move.end)
    return Step(
        conflict.mover(move.mover),
        conflict.name(move.end),
        [name for name in after if name not in before],
        [name for name in before if name not in after],
    )


def story_of(conflict: Conflict, party: int, row: int, met: bool | None) -> Story | None:
    """The story of one party in one state, None where it has nothing to gain by moving.

    Of its improvements that which the fewest concepts deter, and of those the best for it.
    `met` says whether the state is SIM-stable for it.
    """
    layout, payoffs = conflict.layout, conflict.preferences.as_seen_by(party)
    own = payoffs[party]
    gaining = np.ascontiguousarray(payoffs[[party]])
    ends, _ = moves_from(layout.fibers[party], np.array([row], np.int32), gaining)
    if not len(ends):
        return None
    levels = levels_for(layout, party, payoffs[None])
    deterred = {name: level[0, ends] <= own[row] for name, level in levels.items()}
    number = np.sum(list(deterred.values()), axis=0)
    at = int(np.lexsort((-own[ends], number))[0])
    end = int(ends[at])
    safe = own <= own[row]
    kept = safe & (best_after_own_move(layout, party, own[None])[0] <= own[row])
    anyhow, better = _ways(layout, party, payoffs)
    return Story(
        party=conflict.model.parties[party],
        move=step_of(conflict, Move(party, row, end)),
        answer=_told(conflict, shortest(layout, *anyhow, end, safe)),
        lasting=_told(conflict, shortest(layout, *anyhow, end, kept)),
        credible=_told(conflict, shortest(layout, *better, end, safe)),
        met_together=met,
        deterred={name: bool(found[at]) for name, found in deterred.items()},
    )


Ways = tuple[Spread, dict[int, Floats]]


def _ways(layout: Layout, party: int, payoffs: Floats) -> tuple[Ways, Ways]:
    """The others' moves of any kind, and those by which they gain."""
    opponents, free = layout.opponents(party), nobody(payoffs.shape[1])
    gaining = {k: np.ascontiguousarray(payoffs[layout.fibers[k].parties]) for k in opponents}
    return (
        (any_moves(layout), dict.fromkeys(opponents, free)),
        (improvements(layout, payoffs[None], opponents), gaining),
    )


def _told(conflict: Conflict, way: Sequence[Move] | None) -> list[Step] | None:
    return None if way is None else [step_of(conflict, move) for move in way]


@dataclass(frozen=True)
class Way:
    """The shortest way from today: by any legal moves, and by improvements of the movers only.

    None where there is no such way.
    """

    moves: Sequence[Step] | None
    improvements: Sequence[Step] | None


def way_from_today(conflict: Conflict, row: int) -> Way:
    """How a state can be reached from where things stand, at the central values."""
    layout, payoffs = conflict.layout, conflict.preferences.payoffs
    movers = range(len(layout.fibers))
    start, end = conflict.model.today, np.arange(payoffs.shape[1]) == row
    gaining = {k: np.ascontiguousarray(payoffs[layout.fibers[k].parties]) for k in movers}
    better = improvements(layout, payoffs[None], movers)
    anyhow = dict.fromkeys(movers, nobody(payoffs.shape[1]))
    return Way(
        _told(conflict, shortest(layout, any_moves(layout), anyhow, start, end)),
        _told(conflict, shortest(layout, better, gaining, start, end)),
    )
