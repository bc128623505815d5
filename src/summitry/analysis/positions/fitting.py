"""Fitting the numbers of the mixture to resolved issues.

Each part is fitted by its own likelihood, held towards what theory says (an election as it
stands, no bonus, no difference) by a penalty. Whole proposals are left out, never issues.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_expit, ndtr

from summitry.analysis.positions.deu import COMMISSION, PARLIAMENT, Case
from summitry.analysis.positions.grid import PLACES, STEP, place_of
from summitry.analysis.positions.mixture import (
    CELLS,
    Constants,
    Features,
    Procedure,
    cell_of,
    features_of,
)
from summitry.game.board import Bools, Floats

PENALTY = 1.0
FIRST_SPREAD = 25.0
FOLDS = 10


def procedure_of(case: Case) -> Procedure:
    """The Commission proposes, the Parliament must be heard, the Council may have to be unanimous."""

    def seat(actor: str) -> int | None:
        return case.actors.index(actor) if actor in case.actors else None

    return Procedure(
        seat(COMMISSION), seat(PARLIAMENT), case.council_vote.lower().startswith("unan")
    )


def stacked_features(cases: Sequence[Case]) -> Features:
    """The features of many issues as one record, padded to the most parties: (issues, n)."""
    each = [features_of(case.stands, procedure_of(case)) for case in cases]
    most = max(one.place.shape[-1] for one in each)

    def stack(name: str) -> Any:
        values = [getattr(one, name) for one in each]
        if values[0].ndim == 0:
            return np.array(values)
        return np.stack([np.pad(value, (0, most - len(value))) for value in values])

    return Features(**{name: stack(name) for name in Features._fields})


def some(features: Features, which: np.ndarray) -> Features:
    """The features of some of the issues: a mask or indices."""
    return Features(**{name: getattr(features, name)[which] for name in Features._fields})


def fit(features: Features, outcomes: Floats, train: Bools) -> Constants:
    """The constants that fit the issues where `train` (issues) is true best."""
    here = some(features, train)
    place = place_of(outcomes[train])
    at_position = (here.place == place[:, None]) & here.candidate
    settled = at_position.any(axis=1)
    logit = _fit_settled(here, settled)
    which = _fit_prevailing(here, at_position, settled)
    between = ~settled & (here.low <= PLACES[place]) & (PLACES[place] <= here.high)
    return Constants(
        settled=logit[0],
        far=logit[1],
        unanimity=logit[2],
        election=which[0],
        status_quo=which[1],
        parliament=which[2],
        spread=_fit_spread(here, PLACES[place], between),
        climatology=_past(here, PLACES[place]),
    )


def _fit_settled(features: Features, settled: Bools) -> list[float]:
    """A logistic regression of whether a stated position prevailed."""
    columns = np.column_stack([np.ones(len(settled)), features.far, features.unanimity])
    sign = np.where(settled, 1.0, -1.0)

    def loss(b: Floats) -> float:
        return float(-log_expit(sign * (columns @ b)).sum() + PENALTY * (b[1:] ** 2).sum())

    return _least(loss, [0.0, 0.0, 0.0])


def _fit_prevailing(features: Features, at_position: Bools, settled: Bools) -> list[float]:
    """A conditional logit of which position prevailed, where one did."""
    columns = np.stack([features.election, features.status_quo, features.parliament], axis=-1)[
        settled
    ]
    possible, chosen = features.candidate[settled], at_position[settled]
    prior = np.array([1.0, 0.0, 0.0])

    def loss(b: Floats) -> float:
        logits = np.where(possible, columns @ b, -np.inf)
        total = np.logaddexp.reduce(logits, axis=1)
        return float((total - logits[chosen]).sum() + PENALTY * ((b - prior) ** 2).sum())

    return _least(loss, prior)


def _fit_spread(features: Features, outcomes: Floats, between: Bools) -> float:
    """The standard deviation round the compromise of the outcomes between the positions."""
    if not between.any():
        return FIRST_SPREAD
    off = (outcomes - features.centre)[between]
    low = (features.low - features.centre - STEP / 2)[between]
    high = (features.high - features.centre + STEP / 2)[between]

    def loss(b: Floats) -> float:
        sd = np.exp(b[0])
        inside = np.maximum(ndtr(high / sd) - ndtr(low / sd), 1e-12)
        misfit = (off**2 / (2 * sd**2) + b[0] + np.log(inside)).sum()
        return float(misfit + PENALTY * (b[0] - np.log(FIRST_SPREAD)) ** 2)

    return float(np.exp(_least(loss, [np.log(FIRST_SPREAD)])[0]))


def _past(features: Features, outcomes: Floats) -> list[float]:
    """Shares of the outcomes in parts of the positions' range, alike from either end."""
    counts = np.bincount(cell_of(outcomes, features.low, features.high), minlength=CELLS) + 1.0
    both = counts + counts[::-1]
    return [float(share) for share in both / both.sum()]


def _least(loss: Any, start: Sequence[float] | Floats) -> list[float]:
    found = minimize(loss, np.asarray(start, float), method="BFGS")
    return [float(value) for value in found.x]


def folds_of(proposals: Sequence[str], seed: int) -> np.ndarray:
    """Ten folds of whole proposals, by a seeded shuffle: the number of each issue's fold."""
    names = sorted(set(proposals))
    order = np.random.default_rng(seed).permutation(len(names))
    fold = {names[k]: place % FOLDS for place, k in enumerate(order)}
    return np.array([fold[name] for name in proposals])
