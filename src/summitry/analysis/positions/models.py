"""The bargaining models of one issue, as one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from summitry.analysis.positions.challenge import challenge
from summitry.analysis.positions.compromise import compromise, pull
from summitry.analysis.positions.means import mean, power_mean, salience_mean
from summitry.analysis.positions.medians import median, weighted_median
from summitry.analysis.positions.nash import nash, nash_from_reference
from summitry.analysis.positions.pce import conditional_pce, markov_pce
from summitry.analysis.positions.scholz import challenge_replicated
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats


@dataclass(frozen=True)
class Model:
    """A model by the name it has everywhere, and what it makes of `Stands`.

    `point` gives a place on the scale (...); `chances`, of a model that tells probabilities,
    those of the parties' positions (..., n): its point is then their mean.
    """

    name: str
    title: str
    point: Callable[[Stands], Floats]
    chances: Callable[[Stands], Floats] | None = None


def _told_by(name: str, title: str, chances: Callable[[Stands], Floats]) -> Model:
    def point(stands: Stands) -> Floats:
        return np.asarray((chances(stands) * stands.positions).sum(axis=-1))

    return Model(name, title, point, chances)


MODELS = (
    Model("compromise", "compromise (mean by power x salience)", compromise),
    Model("mean", "mean of the positions", mean),
    Model("salience-mean", "mean by salience", salience_mean),
    Model("power-mean", "mean by power", power_mean),
    Model("median", "median", median),
    Model("weighted-median", "median by power x salience", weighted_median),
    Model("nash", "Nash, no agreement bad for all", nash),
    Model("nash-reference", "Nash, from where things stand", nash_from_reference),
    _told_by("weighted-positions", "positions by power x salience", pull),
    _told_by("pce-conditional", "Condorcet election, conditional", conditional_pce),
    _told_by("pce-markov", "Condorcet election, Markov", markov_pce),
    Model("challenge", "challenge, as the text has it", challenge),
    Model("challenge-replicated", "challenge, as replicated", challenge_replicated),
)
TITLES = {model.name: model.title for model in MODELS} | {
    "exchange": "exchange of votes",
    "ktab": "KTAB, turn 0",
    "climatology": "climatology (other outcomes)",
    "summitry": "summitry (this forecast)",
    "summitry-shipped": "summitry, as shipped (nothing left out)",
}


def share_of(salience: Floats) -> Floats:
    """Saliences as shares from 0 to 1: as they are, or of 100, or of the largest where above."""
    most = float(np.max(salience))
    if most <= 1.0:
        return salience
    return salience / (100.0 if most <= 100.0 else most)
