"""All models on resolved issues of the European Union: how far off, how well calibrated.

Issues of one proposal share parties and deals. So whole proposals are left out where numbers
are fitted, and whole proposals are resampled for intervals (Efron and Tibshirani 1993).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from summitry import __version__
from summitry.analysis.positions import grid
from summitry.analysis.positions.deu import FILES, Case, read_deu
from summitry.analysis.positions.fitting import FOLDS, fit, folds_of, some, stacked_features
from summitry.analysis.positions.ktab import standing_chances
from summitry.analysis.positions.measured import Measured, measured
from summitry.analysis.positions.mixture import Constants, Features, forecast
from summitry.analysis.positions.models import MODELS, Model
from summitry.analysis.positions.proposals import exchanged, matter_of
from summitry.analysis.positions.scores import (
    Difference,
    Prediction,
    Score,
    calibration,
    crps_of,
    differences,
    resamples,
    score,
)
from summitry.analysis.telling import frame, told
from summitry.game.board import Floats

SCHEMA = "summitry.backtest.positions/1"
RESAMPLES = 2000
PER_CENT = {"challenge", "challenge-replicated"}


@dataclass(frozen=True)
class Backtest:
    """How every model did on `issues` resolved issues of `proposals` proposals.

    `models`, best CRPS first. `summitry` is this package's forecast: a proposal that the
    shipped constants were fitted on is forecast by constants fitted without it (`folds` of
    whole proposals), another by those shipped (`unseen` of the proposals).
    `summitry-shipped` uses the shipped constants for all. `paired`: differences in error to
    the compromise, and in CRPS to the Markov election. `calibration`: the share of outcomes
    in each tenth of the forecast.
    """

    models: Sequence[Score]
    paired: Sequence[Difference]
    calibration: Sequence[float]
    issues: int
    proposals: int
    unseen: int
    folds: int
    resamples: int
    seed: int
    folder: str
    data_sha256: str
    version: str = __version__
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each model."""
        return [dict(vars(one)) for one in self.models]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def backtest_positions(
    folder: str | Path, *, seed: int = 0, shipped: Measured | None = None
) -> Backtest:
    """All models on the resolved issues of a folder of DEU files, scored and compared.

    `seed` is that of the folds and of the bootstrap; `shipped` are other constants than those
    shipped. Raises DossierError with the place of what cannot be read, OSError for a file that
    cannot be opened.
    """
    if not 0 <= seed <= 2**53 - 1:
        raise ValueError(f"seed must be from 0 to 2**53 - 1, not {seed}")
    path = Path(folder)
    cases = read_deu(path)
    outcomes = np.array([case.outcome for case in cases])
    proposals = [case.proposal for case in cases]
    known = measured() if shipped is None else shipped
    told_by = {
        name: one
        for name, one in predictions(cases, outcomes, known, seed).items()
        if one.answered.any()
    }
    draws = resamples(len(set(proposals)), RESAMPLES, seed)
    error = {name: np.abs(one.points - outcomes) for name, one in told_by.items()}
    ranked = {name: crps_of(one, outcomes) for name, one in told_by.items()}
    spread = told_by["summitry"].masses
    return Backtest(
        models=sorted((score(name, one, outcomes) for name, one in told_by.items()), key=_crps),
        paired=[
            *differences(error, "compromise", "mae", proposals, draws),
            *differences(ranked, "pce-markov", "crps", proposals, draws),
        ],
        calibration=[] if spread is None else calibration(spread, outcomes),
        issues=len(cases),
        proposals=len(set(proposals)),
        unseen=len(set(proposals) - known.proposals),
        folds=FOLDS,
        resamples=RESAMPLES,
        seed=seed,
        folder=path.resolve().name,
        data_sha256=_digest(path),
    )


def predictions(
    cases: Sequence[Case], outcomes: Floats, known: Measured, seed: int
) -> dict[str, Prediction]:
    """What every model says of every issue."""
    features = stacked_features(cases)
    proposals = [case.proposal for case in cases]
    return {
        "summitry": _median_of(left_out(features, outcomes, proposals, known, seed)),
        "summitry-shipped": _median_of(forecast(features, known.constants)),
        "climatology": _median_of(_climatology(outcomes, proposals)),
        **{model.name: _predict(model, cases) for model in MODELS},
        **_by_proposal(cases),
    }


def left_out(
    features: Features, outcomes: Floats, proposals: Sequence[str], known: Measured, seed: int
) -> Floats:
    """The forecasts of each issue by constants that have not seen its proposal: (issues, 1001)."""
    seen = np.array([name in known.proposals for name in proposals])
    folds = folds_of(proposals, seed)
    masses = np.zeros((len(outcomes), len(grid.PLACES)))
    masses[~seen] = forecast(some(features, ~seen), known.constants)
    for fold in np.unique(folds[seen]):
        here = seen & (folds == fold)
        constants = fit(features, outcomes, folds != fold)
        masses[here] = forecast(some(features, here), constants)
    return masses


def fit_all(cases: Sequence[Case]) -> Constants:
    """The constants fitted on all issues: what is shipped."""
    outcomes = np.array([case.outcome for case in cases])
    return fit(stacked_features(cases), outcomes, np.ones(len(cases), bool))


def _median_of(masses: Floats) -> Prediction:
    return Prediction(grid.quantile(masses, 0.5), masses)


def _climatology(outcomes: Floats, proposals: Sequence[str]) -> Floats:
    """The outcomes of all other proposals, as distributions."""
    group = np.unique(np.asarray(proposals), return_inverse=True)[1]
    places = grid.place_of(outcomes)
    counts = np.zeros((group.max() + 1, len(grid.PLACES)))
    np.add.at(counts, (group, places), 1.0)
    others = counts.sum(axis=0) - counts
    if not others.any():
        others = np.ones_like(counts)
    return np.asarray((others / others.sum(axis=1, keepdims=True))[group])


def _predict(model: Model, cases: Sequence[Case]) -> Prediction:
    stands = [case.stands for case in cases]
    if model.name in PER_CENT:  # salience as a share
        stands = [one._replace(salience=one.salience / 100.0) for one in stands]
    points = np.array([float(model.point(one)) for one in stands])
    if model.chances is None:
        return Prediction(points)
    spread = [grid.at_places(grid.place_of(one.positions), model.chances(one)) for one in stands]
    return Prediction(points, np.stack(spread))


def _by_proposal(cases: Sequence[Case]) -> dict[str, Prediction]:
    """The models that take all issues of a proposal together."""
    members: dict[str, list[int]] = {}
    for k, case in enumerate(cases):
        members.setdefault(case.proposal, []).append(k)
    traded, points = np.full((2, len(cases)), np.nan)
    masses = np.zeros((len(cases), len(grid.PLACES)))
    for rows in members.values():
        together = [cases[k] for k in rows]
        traded[rows] = exchanged(together)
        standing = standing_chances(matter_of(together))
        if standing is None:
            continue
        for k, places in zip(rows, standing[0].T, strict=True):
            points[k] = float(places @ standing[1])
            masses[k] = grid.at_places(grid.place_of(places), standing[1])
    return {"exchange": Prediction(traded), "ktab": Prediction(points, masses)}


def _crps(one: Score) -> float:
    return one.crps


def _digest(folder: Path) -> str:
    """One hash over the files of the folder."""
    whole = hashlib.sha256()
    for name in FILES:
        whole.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return whole.hexdigest()
