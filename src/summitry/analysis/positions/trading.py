"""What parties would trade across the issues of a dossier, and who pays for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.analysis.positions.arrays import Arrays, IssueArrays, scaled
from summitry.analysis.positions.exchange import (
    Matter,
    Settled,
    Trade,
    exchange,
    externalities,
)
from summitry.analysis.positions.ktab import standing_chances
from summitry.analysis.positions.models import share_of
from summitry.game.board import Floats


@dataclass(frozen=True)
class Move:
    """A party moves its vote on an issue, on the issue's own scale."""

    party: str
    issue: str
    start: float
    end: float


@dataclass(frozen=True)
class Bargain:
    """One trade: two moves, the equal `gain` of the two, and what it brings the `others`.

    In salience (0 to 1) times per cent of the scale: gains are positive, losses negative.
    """

    moves: tuple[Move, Move]
    gain: float
    others: Mapping[str, float]


@dataclass(frozen=True)
class Balance:
    """What all trades bring one party: by its `own`, and by those of `others`."""

    own: float
    others: float


@dataclass(frozen=True)
class Trading:
    """All trades of one round, largest gain first made, and the outcomes without and with them."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    bargains: Sequence[Bargain]
    balance: Mapping[str, Balance]


def matter_of(arrays: Arrays) -> tuple[Matter, tuple[str, ...]]:
    """The issues of a dossier as the exchange model takes them (first draw), and its parties."""
    parties = tuple(dict.fromkeys(name for issue in arrays.issues for name in issue.parties))
    seat = {name: k for k, name in enumerate(parties)}
    positions, salience, power = np.zeros((3, len(parties), len(arrays.issues)))
    present = np.zeros((len(parties), len(arrays.issues)), bool)
    for column, issue in enumerate(arrays.issues):
        rows = [seat[name] for name in issue.parties]
        positions[rows, column] = scaled(issue, issue.positions[0])
        salience[rows, column] = issue.salience[0]
        power[rows, column] = issue.power[0]
        present[rows, column] = True
    return Matter(positions, share_of(salience), power, present), parties


def trading_of(arrays: Arrays) -> Trading | None:
    """The trades at the first draw; None for a single issue."""
    if len(arrays.issues) < 2:
        return None
    matter, parties = matter_of(arrays)
    settled = exchange(matter)
    effects = externalities(matter, settled)
    issues = arrays.issues
    return Trading(
        before=_outcomes(issues, settled.before),
        after=_outcomes(issues, settled.outcomes),
        bargains=[
            _bargain(trade, effect, parties, issues)
            for trade, effect in zip(settled.trades, effects, strict=True)
        ],
        balance=_balance(settled, effects, parties),
    )


def ktab_places(arrays: Arrays) -> dict[str, float]:
    """Where KTAB's turn 0 expects each issue, of the parties with a position on all of them.

    Empty where those are fewer than three.
    """
    standing = standing_chances(matter_of(arrays)[0])
    return {} if standing is None else _outcomes(arrays.issues, standing[1] @ standing[0])


def _outcomes(issues: Sequence[IssueArrays], places: Floats) -> dict[str, float]:
    return {
        issue.name: own_place(issue, float(place))
        for issue, place in zip(issues, places, strict=True)
    }


def own_place(issue: IssueArrays, place: float) -> float:
    """A place from 0 to 100 on the issue's own scale."""
    return issue.low + place * (issue.high - issue.low) / 100.0


def _bargain(
    trade: Trade, effect: Floats, parties: Sequence[str], issues: Sequence[IssueArrays]
) -> Bargain:
    def move(party: int, issue: int, way: tuple[float, float]) -> Move:
        start, end = (own_place(issues[issue], place) for place in way)
        return Move(parties[party], issues[issue].name, start, end)

    return Bargain(
        moves=(move(trade.i, trade.p, trade.i_moves), move(trade.j, trade.q, trade.j_moves)),
        gain=trade.gain,
        others={
            name: float(effect[k])
            for k, name in enumerate(parties)
            if k not in (trade.i, trade.j) and effect[k] != 0.0
        },
    )


def _balance(settled: Settled, effects: Floats, parties: Sequence[str]) -> dict[str, Balance]:
    own = np.zeros(len(parties))
    for trade, effect in zip(settled.trades, effects, strict=True):
        own[[trade.i, trade.j]] += effect[[trade.i, trade.j]]
    total = effects.sum(axis=0)
    return {
        name: Balance(float(own[k]), float(total[k] - own[k])) for k, name in enumerate(parties)
    }
