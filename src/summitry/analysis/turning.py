"""What would turn it over that a state is an equilibrium: the nearest change of preferences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from summitry.analysis.conflict import Conflict, orders_of
from summitry.analysis.judging import CONCEPTS
from summitry.dossier.states import section_of
from summitry.game.board import Bools, Floats
from summitry.game.graph.flips import (
    Judge,
    Margins,
    Profile,
    nearest_flip,
    payoffs_of,
    survey,
)
from summitry.game.graph.orders import Order, Ranking, as_given, swapped
from summitry.game.graph.preferences import TO_A_BILLIONTH, Preferences
from summitry.game.graph.simultaneous import (
    MOST_WORK,
    most_work,
    simultaneous,
    simultaneous_margin,
)
from summitry.game.graph.stable import LEVELLED, margins, stable_for

MOST_PAIRS = 3


@dataclass(frozen=True)
class Change:
    """What one party would have to change: what it would put before what, the first few.

    `swaps`: how many exchanges of neighbouring ranks, or statements, that takes. `points`, where
    the order comes from points and only the state itself moves: how many more (or fewer, below 0)
    it would have to be worth to the party; `beyond`: by so many it would only draw level with the
    last that it has to pass, and that does not do it.
    """

    party: str
    swaps: int
    points: float | None
    beyond: bool
    before: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Turn:
    """The smallest change of preferences that makes or breaks an equilibrium.

    `swaps` in all: exact where `at_least` is as much; if it is more, the smallest change lies
    between the two. None: no change was found. `at_least` None: no change at all does it.
    """

    makes: bool
    swaps: int | None
    at_least: int | None
    changes: Sequence[Change]


def turns_of(
    conflict: Conflict, rows: Sequence[int], stable: Mapping[str, Bools]
) -> dict[int, dict[str, Turn]]:
    """For each of the rows the nearest flip under each concept.

    `stable` holds for each concept where a state is stable for whom (N, F). SIM is left out
    where it takes too many combinations.
    """
    asked = np.array(rows, np.int32)
    names = CONCEPTS if most_work(conflict.layout, asked) * len(rows) <= MOST_WORK else LEVELLED
    orders, judge = orders_of(conflict), _judge_of(conflict, names)
    lacking = _margins_of(conflict, orders, names)
    surveyed = survey(orders, judge, rows, len(conflict.model.states))

    def turn(row: int, name: str) -> Turn:
        holds = bool(stable[name][:, row].all())

        def turned(payoffs: Floats) -> bool:
            judged = (judge(i, payoffs[None], [row])[name].all() for i in range(len(orders)))
            return all(judged) != holds

        flip = nearest_flip(orders, judge, lacking, surveyed, name, row)
        changes = (
            [] if flip.profile is None else _changes(conflict, row, orders, flip.profile, turned)
        )
        return Turn(not holds, flip.swaps, flip.at_least, changes)

    return {row: {name: turn(row, name) for name in names} for row in rows}


def _judge_of(conflict: Conflict, names: Sequence[str]) -> Judge:
    """Where rows are stable for a party under payoffs that are not the conflict's own."""
    views, layout = conflict.preferences.views, conflict.layout

    def judge(party: int, payoffs: Floats, rows: Sequence[int]) -> dict[str, Bools]:
        if not layout.can_move(party):
            return {name: np.ones((len(payoffs), len(rows)), bool) for name in names}
        seen = np.stack([Preferences(one, views).as_seen_by(party) for one in payoffs])
        found = {name: x[:, rows] for name, x in stable_for(layout, party, seen).items()}
        if "sim" in names:
            asked = np.array(rows, np.int32)
            found["sim"] = np.stack(
                [simultaneous(layout, conflict.index, party, one, asked) for one in seen]
            )
        return found

    return judge


def _margins_of(conflict: Conflict, orders: Sequence[Order], names: Sequence[str]) -> Margins:
    """How many ranks too low a row is for a party, under the orders as given."""
    layout, views = conflict.layout, conflict.preferences.views
    given = Preferences(payoffs_of(orders, [tuple(map(as_given, orders))])[0], views)

    @cache
    def lacking(party: int, row: int) -> dict[str, float]:
        seen = given.as_seen_by(party)
        found = margins(layout, party, seen, row)
        if "sim" in names:
            found["sim"] = simultaneous_margin(layout, conflict.index, party, seen, row)
        return found

    return lacking


def _changes(
    conflict: Conflict,
    row: int,
    orders: Sequence[Order],
    profile: Profile,
    turned: Callable[[Floats], bool],
) -> list[Change]:
    """What each party changes; `turned` tells whether payoffs (N, F) turn the label."""
    changes = []
    payoffs = payoffs_of(orders, [profile])[0]
    for i, (order, arrangement) in enumerate(zip(orders, profile, strict=True)):
        pairs = swapped(arrangement)
        if pairs:
            told = [
                (_unit(conflict, i, order, a), _unit(conflict, i, order, b))
                for a, b in pairs[:MOST_PAIRS]
            ]
            points = _points(conflict, row, i, order, pairs)
            beyond = False
            if points is not None:
                level = _level(payoffs, i, row, rising=points > 0)
                beyond = not turned(level)
                payoffs = payoffs if beyond else level
            changes.append(Change(conflict.model.parties[i], len(pairs), points, beyond, told))
    return changes


def _level(payoffs: Floats, party: int, row: int, *, rising: bool) -> Floats:
    """The payoffs with a state level with the last that it has passed, not beyond it."""
    level = payoffs.copy()
    own = level[party]
    # ranks are a whole number apart
    own[own == own[row]] += -1.0 if rising else 1.0
    return level


def _points(
    conflict: Conflict, row: int, party: int, order: Order, pairs: Sequence[tuple[int, int]]
) -> float | None:
    """How far a state lies from the last that it passes; None where others move, or no points."""
    if not isinstance(order, Ranking) or conflict.worths.populations[party] is None:
        return None
    judged = int(order.ranks[row])
    if not all(judged in pair for pair in pairs):
        return None
    payoffs = conflict.preferences.payoffs[party]
    by_rank = -np.unique(-payoffs)
    gaps = by_rank[[a if b == judged else b for a, b in pairs]] - payoffs[row]
    return float(gaps[np.abs(gaps).argmax()]) / TO_A_BILLIONTH


def _unit(conflict: Conflict, party: int, order: Order, unit: int) -> str:
    """What a rank holds, or what a statement says."""
    if isinstance(order, Ranking):
        rows = np.flatnonzero(order.ranks == unit).tolist()
        more = f" and {len(rows) - 1} as good" if len(rows) > 1 else ""
        return conflict.name(rows[0]) + more
    given = section_of(conflict.document.dossier).preferences
    return (given[conflict.model.parties[party]].statements or [])[unit]
