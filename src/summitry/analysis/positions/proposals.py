"""The issues of one proposal together, as the models of several issues at once take them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summitry.analysis.positions.deu import Case
from summitry.analysis.positions.exchange import Matter, exchange
from summitry.game.board import Floats


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
