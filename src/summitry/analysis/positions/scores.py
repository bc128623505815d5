"""How forecasts of places on a scale did: scores, differences with intervals, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from summitry.analysis.positions import grid
from summitry.game.board import Floats

TENTHS = 10


class Prediction(NamedTuple):
    """A model's points (issues), NaN where it has none, and its distributions (issues, 1001)."""

    points: Floats
    masses: Floats | None = None

    @property
    def answered(self) -> np.ndarray:
        """Which issues it has an answer to."""
        return np.asarray(~np.isnan(self.points))


@dataclass(frozen=True)
class Score:
    """How one model did on the `n` issues it answers, on a scale from 0 to 100.

    `mae`, `median_ae`, `rmse`: mean, median and root mean square of the error of its point;
    `within_10`: the share of errors up to 10. `crps`: of its distribution (of a bare point, its
    error). `coverage_50`, `coverage_90`: how often the central interval held the outcome;
    `log_score`: minus the log of the probability of the outcome's whole point, None where a
    model gives none or held what happened to be impossible.
    """

    model: str
    n: int
    mae: float
    median_ae: float
    rmse: float
    within_10: float
    crps: float
    coverage_50: float | None
    coverage_90: float | None
    log_score: float | None


@dataclass(frozen=True)
class Difference:
    """A model's score less that of `against`, on the issues both answer; below 0: better.

    `low` and `high` end the central 95 % of bootstrap resamples of whole proposals.
    """

    model: str
    against: str
    measure: str
    n: int
    difference: float
    low: float
    high: float


def crps_of(prediction: Prediction, outcomes: Floats) -> Floats:
    """The ranked probability score of each issue: (issues)."""
    if prediction.masses is None:
        return np.abs(prediction.points - outcomes)
    return np.where(prediction.answered, grid.crps(prediction.masses, outcomes), np.nan)


def score(model: str, prediction: Prediction, outcomes: Floats) -> Score:
    """All scores of a model."""
    answered = prediction.answered
    error = np.abs(prediction.points - outcomes)[answered]
    return Score(
        model=model,
        n=int(answered.sum()),
        mae=float(error.mean()),
        median_ae=float(np.median(error)),
        rmse=float(np.sqrt(np.mean(error**2))),
        within_10=float(np.mean(error <= 10.0 + 1e-9)),
        crps=float(crps_of(prediction, outcomes)[answered].mean()),
        **_of_spread(prediction, outcomes),
    )


def _of_spread(prediction: Prediction, outcomes: Floats) -> dict[str, float | None]:
    """The scores that only a distribution has."""
    if prediction.masses is None:
        return {"coverage_50": None, "coverage_90": None, "log_score": None}
    masses, happened = prediction.masses[prediction.answered], outcomes[prediction.answered]
    return {
        "coverage_50": float(grid.covered(masses, happened, 0.5).mean()),
        "coverage_90": float(grid.covered(masses, happened, 0.9).mean()),
        "log_score": float(grid.log_score(masses, happened).mean()),
    }


def differences(
    losses: Mapping[str, Floats],
    against: str,
    measure: str,
    proposals: Sequence[str],
    draws: Floats,
) -> list[Difference]:
    """Each model's loss less that of one, with intervals; `draws` as of `resamples`."""
    names, group = np.unique(np.asarray(proposals), return_inverse=True)
    found = []
    for model, loss in losses.items():
        gap = loss - losses[against]
        both = ~np.isnan(gap)
        if model == against or not both.any():
            continue
        sums = np.bincount(group[both], gap[both], len(names))
        counts = np.bincount(group[both], minlength=len(names))
        means = (draws @ sums) / np.maximum(draws @ counts, 1.0)
        low, high = np.quantile(means, [0.025, 0.975])
        found.append(
            Difference(
                model, against, measure, int(both.sum()), float(gap[both].mean()),
                float(low), float(high),
            )
        )  # fmt: skip
    return found


def resamples(proposals: int, number: int, seed: int) -> Floats:
    """How often each proposal is drawn in each resample: (number, proposals)."""
    random = np.random.default_rng(seed)
    even = np.full(proposals, 1.0 / proposals)
    return random.multinomial(proposals, even, size=number).astype(float)


def calibration(masses: Floats, outcomes: Floats) -> list[float]:
    """The share of outcomes in each tenth of their forecast distributions; a tenth if calibrated.

    An outcome on an atom is spread evenly over the atom's ranks (Czado, Gneiting and Held 2009).
    """
    below, upto = grid.rank_interval(masses, outcomes)
    edges = np.linspace(0.0, 1.0, TENTHS + 1)
    overlap = np.minimum(upto[:, None], edges[1:]) - np.maximum(below[:, None], edges[:-1])
    width = np.maximum(upto - below, 1e-12)[:, None]
    return [float(share) for share in (np.maximum(overlap, 0.0) / width).mean(axis=0)]
