"""What the models of several issues at once make of a proposal: exchange, and KTAB's turn 0."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summitry.analysis.positions.deu import Case
from summitry.analysis.positions.exchange import Matter, exchange
from summitry.analysis.positions.ktab import turn_zero
from summitry.game.board import Floats

FEWEST = 3


def matter_of(cases: Sequence[Case]) -> Matter:
    """The issues of one proposal as arrays of its actors in alphabetical order and its issues."""
    actors = sorted({actor for case in cases for actor in case.actors})
    seat = {actor: k for k, actor in enumerate(actors)}
    positions, salience, power = np.zeros((3, len(actors), len(cases)))
    present = np.zeros((len(actors), len(cases)), bool)
    for column, case in enumerate(cases):
        rows = [seat[actor] for actor in case.actors]
        positions[rows, column] = case.stands.positions
        salience[rows, column] = case.stands.salience / 100.0
        power[rows, column] = case.stands.power
        present[rows, column] = True
    return Matter(positions, salience, power, present)


def exchanged(cases: Sequence[Case]) -> Floats:
    """The outcomes after one round of trades; not a number for a proposal of one issue: (m)."""
    if len(cases) < 2:
        return np.full(len(cases), np.nan)
    return exchange(matter_of(cases)).outcomes


def ktab_chances(cases: Sequence[Case]) -> list[tuple[Floats, Floats]] | None:
    """For each issue the positions of the actors that have one on all, and their chances.

    None where they are fewer than three. Actors that share all positions share a chance.
    """
    matter = matter_of(cases)
    all_over = matter.present.all(axis=1)
    if all_over.sum() < FEWEST:
        return None
    positions, salience = matter.positions[all_over], matter.salience[all_over]
    turn = turn_zero(positions / 100.0, salience, matter.power[all_over].mean(axis=1))
    _, first = np.unique(positions, axis=0, return_index=True)
    chances = np.zeros(len(positions))
    chances[first] = turn.chances[first]
    return [(column, chances / chances.sum()) for column in positions.T]
