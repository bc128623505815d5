"""The forecast `summitry`: a distribution of the outcome of one issue.

Most outcomes are the very position of some party; the others lie between the positions, round
the compromise. So the forecast mixes three parts, within the range of the positions:

- atoms at the stated positions, ∝ exp(b log P + bonus): P is a Markov Condorcet election with
  quadratic losses in which the agenda setter counts double; a bonus goes to the position where
  things stand without agreement, and to a parliament's that must agree;
- a normal distribution round the compromise;
- climatology: how past outcomes lay in the range of the positions, the same from either end.

A hundredth is spread over the whole scale: now and then an outcome is what nobody stood for.

The chance that a stated position prevails is logistic, by how far the nearest of them is from
the compromise and by whether all must agree. Nothing depends on which end of a scale is called
the low one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from summitry.analysis.positions.compromise import compromise
from summitry.analysis.positions.grid import PLACES, STEP, at_places, normal_between, place_of
from summitry.analysis.positions.pce import distinct, markov, victories
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Bools, Floats

# set by hand; not among the constants that are fitted, so no fold fits them anew
SETTER = 2.0
FLOOR = 1e-3
PAST = 0.05
ANYWHERE = 0.01
CELLS = 20
ROUNDING = 1e-9


class Procedure(NamedTuple):
    """What is known of how an issue is decided: indices of parties, and whether all must agree."""

    agenda_setter: int | None = None
    parliament: int | None = None
    unanimity: bool = False


UNKNOWN = Procedure()


@dataclass(frozen=True)
class Constants:
    """The fitted numbers of the mixture.

    `settled`, `far`, `unanimity`: the logit of the chance that a stated position prevails.
    `election`, `status_quo`, `parliament`: what makes which position prevail. `spread`: the
    standard deviation round the compromise, in points of 100. `climatology`: the shares of
    past outcomes in twenty equal parts of the range of the positions.
    """

    settled: float
    far: float
    unanimity: float
    election: float
    status_quo: float
    parliament: float
    spread: float
    climatology: Sequence[float]


class Features(NamedTuple):
    """What the mixture reads off an issue; leading axes (...) are draws or issues.

    Of each party (..., n): its `place`, whether it is the first there (`candidate`), the log
    of the election `election`, whether things stand there now (`status_quo`), whether a
    `parliament` does. Of the issue (...): `far` is the distance of the nearest place to the
    compromise `centre`, in fifties; `unanimity`; `low` and `high` end the positions' range.
    """

    place: np.ndarray
    candidate: Bools
    election: Floats
    status_quo: Floats
    parliament: Floats
    far: Floats
    unanimity: Floats
    centre: Floats
    low: Floats
    high: Floats


def features_of(stands: Stands, procedure: Procedure = UNKNOWN) -> Features:
    """The features of an issue with n parties, on a scale from 0 to 100: (..., n)."""
    place = place_of(stands.positions)
    x = place * STEP
    seen = stands._replace(positions=x)
    first = distinct(place)
    centre = compromise(seen)
    return Features(
        place=place,
        candidate=first,
        election=np.log(_election(seen, first, procedure.agenda_setter) + FLOOR),
        status_quo=_status_quo(seen, place),
        parliament=_stands_at(place, procedure.parliament),
        far=np.abs(x - centre[..., None]).min(axis=-1) / 50.0,
        unanimity=np.full(centre.shape, float(procedure.unanimity)),
        centre=centre,
        low=x.min(axis=-1),
        high=x.max(axis=-1),
    )


def _election(stands: Stands, first: Bools, setter: int | None) -> Floats:
    weights = stands.weights.copy()
    if setter is not None:
        weights[..., setter] *= SETTER
    return markov(victories(weights, -(stands.distances**2)), first)


def _status_quo(stands: Stands, place: np.ndarray) -> Floats:
    if stands.no_agreement is None:
        return np.zeros(place.shape)
    now = place_of(np.asarray(stands.no_agreement))
    return np.asarray((place == now[..., None]).astype(float))


def _stands_at(place: np.ndarray, party: int | None) -> Floats:
    if party is None:
        return np.zeros(place.shape)
    return np.asarray((place == place[..., party : party + 1]).astype(float))


def forecast(features: Features, constants: Constants) -> Floats:
    """The probabilities of the 1,001 places of the scale: (..., 1001)."""
    settled = settled_chance(features, constants)[..., None]
    atoms = at_places(features.place, prevailing(features, constants))
    smooth = normal_between(features.centre, constants.spread, features.low, features.high)
    mixed = settled * atoms + (1.0 - settled) * smooth
    past = climate(features, constants.climatology)
    return np.asarray((1.0 - PAST - ANYWHERE) * mixed + PAST * past + ANYWHERE / len(PLACES))


def settled_chance(features: Features, constants: Constants) -> Floats:
    """The chance that the outcome is a stated position, 1 where all state the same: (...)."""
    logit = constants.settled + constants.far * features.far
    chance = expit(logit + constants.unanimity * features.unanimity)
    return np.where(features.high > features.low, chance, 1.0)


def prevailing(features: Features, constants: Constants) -> Floats:
    """The chance of each stated position, if one prevails; at its first party: (..., n)."""
    logits = (
        constants.election * features.election
        + constants.status_quo * features.status_quo
        + constants.parliament * features.parliament
    )
    logits = np.where(features.candidate, logits, -np.inf)
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))


def climate(features: Features, shares: Sequence[float]) -> Floats:
    """Past outcomes' shares laid over the range of the positions: (..., 1001)."""
    low, high = features.low[..., None], features.high[..., None]
    inside = (low - STEP / 2 <= PLACES) & (high + STEP / 2 >= PLACES)
    told = np.asarray(shares)
    # a place between two parts counts half to each, so that both ends are treated alike
    density = told[cell_of(PLACES, low, high)] + told[cell_of(low + high - PLACES, low, high)]
    density = density * inside
    return np.asarray(density / density.sum(axis=-1, keepdims=True))


def cell_of(values: Floats, low: Floats, high: Floats) -> np.ndarray:
    """Into which of the equal parts of low..high values fall; any shapes that broadcast."""
    share = (values - low) / np.maximum(high - low, STEP)
    return np.clip((share * CELLS + ROUNDING).astype(int), 0, CELLS - 1)
