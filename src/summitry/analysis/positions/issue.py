"""The whole answer on one issue: its distribution, who pulls it, all models side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from summitry.analysis.positions import grid
from summitry.analysis.positions.arrays import IssueArrays, on_positions
from summitry.analysis.positions.compromise import pull, salience_pull
from summitry.analysis.positions.measured import Measured
from summitry.analysis.positions.models import MODELS, TITLES, share_of
from summitry.analysis.positions.outlook import Outlook, outlook, procedure_of, stands_of
from summitry.analysis.positions.pulls import Contest, contests, levers
from summitry.analysis.positions.stands import Stands
from summitry.analysis.positions.trading import own_place
from summitry.analysis.positions.voting import Voting, voting_of
from summitry.dossier.ballot import ballot_of
from summitry.dossier.schema import Dossier
from summitry.game.board import Floats

CELLS = 51
ALIKE = 1e-12
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Standing:
    """A party on an issue, at the central values; places on the issue's own scale.

    `share`: its part c s / Σ c s of the weights, which is by how much the compromise moves
    when it moves by one. `per_salience`: by how much the compromise moves per unit of its
    salience. `distance`: from its position to the forecast's point. `prevails`: the
    probability that its very position is the outcome. `if_higher`, `if_lower`, `if_doubled`,
    `if_indifferent`: how the forecast's mean would move if it took the next stated position
    above or below its own, if its salience doubled or were nothing; None where it cannot.
    """

    party: str
    position: float
    salience: float
    power: float
    share: float
    per_salience: float
    distance: float
    prevails: float
    prevails_error: float
    if_higher: float | None
    if_lower: float | None
    if_doubled: float | None
    if_indifferent: float | None


@dataclass(frozen=True)
class ModelPlace:
    """Where a model puts an issue, at the central values, and its record on resolved issues.

    `error` is its mean absolute error, `crps` its ranked probability score, both in points of
    this issue's scale; `n` on how many issues they were measured.
    """

    model: str
    title: str
    place: float
    error: float
    crps: float
    n: int


@dataclass(frozen=True)
class IssueForecast:
    """What is to be expected on one issue; places on its own scale.

    `point` is the median of the distribution, `mean` its mean with a `standard_error` from
    the draws; `interval_50` and `interval_90` are central. `settled` is the probability that
    the outcome is some party's very position. `histogram`: the probabilities round
    51 places two per cent of the scale apart, from its low end to its high end. `models`: all models side by side, least error first.
    """

    issue: str
    title: str
    low: float
    high: float
    scale: Mapping[str, str]
    no_agreement: float | None
    point: float
    mean: float
    standard_error: float
    interval_50: tuple[float, float]
    interval_90: tuple[float, float]
    settled: float
    histogram: Sequence[float]
    parties: Sequence[Standing]
    contests: Sequence[Contest]
    models: Sequence[ModelPlace]
    voting: Voting | None
    resolution: float | None


def issue_forecast(
    dossier: Dossier,
    at: IssueArrays,
    over: IssueArrays,
    known: Measured,
    others: Mapping[str, float],
) -> IssueForecast:
    """The forecast of an issue: `at` its central values, `over` its draws.

    `known` are the fitted constants and the record; `others` the places that models of
    several issues give this one.
    """
    told_by = outlook(stands_of(over), procedure_of(over), known.constants)
    ballot = ballot_of(dossier, at.told)
    levels = [_on_position(over, float(grid.quantile(told_by.masses, p))) for p in LEVELS]
    stands = _first(stands_of(at))
    chances = told_by.prevails.mean(axis=0)
    resolution = at.told.resolution
    return IssueForecast(
        issue=at.name,
        title=at.told.title or at.name,
        low=at.low,
        high=at.high,
        scale={f"{place:g}": text for place, text in sorted(at.told.scale.items())},
        no_agreement=None if at.no_agreement is None else float(at.no_agreement[0]),
        point=levels[2],
        mean=own_place(at, float(grid.mean(told_by.masses))),
        standard_error=_error(told_by.means) * (at.high - at.low) / 100.0,
        interval_50=(levels[1], levels[3]),
        interval_90=(levels[0], levels[4]),
        settled=float(told_by.settled.mean()),
        histogram=_histogram(told_by.masses),
        parties=_standings(at, stands, told_by, known, levels[2]),
        contests=[_on_scale(at, one) for one in contests(stands, at.parties, chances)],
        models=_models(at, stands, known, others, levels[2]),
        voting=None
        if ballot is None
        else voting_of(over, ballot, on_positions(over, told_by.points)),
        resolution=None if resolution is None else resolution.value,
    )


def _on_position(over: IssueArrays, place: float) -> float:
    """A place from 0 to 100 on the own scale: exactly where a party stands in all draws, if near."""
    same = np.ptp(over.positions, axis=0) == 0.0
    one = replace(over, positions=over.positions[:1, same])
    return float(on_positions(one, np.array([place]))[0])


def _first(stands: Stands) -> Stands:
    """The first draw alone: arrays of shape (n)."""
    without = stands.no_agreement
    return stands._replace(
        positions=stands.positions[0],
        salience=stands.salience[0],
        power=stands.power[0],
        no_agreement=None if without is None else without[0],
    )


def _error(values: Floats) -> float:
    """The standard error of a mean over draws; nothing where they are all alike."""
    if np.ptp(values) < ALIKE:
        return 0.0
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def _histogram(masses: Floats) -> list[float]:
    cell = np.floor(grid.PLACES / 100.0 * (CELLS - 1) + 0.5).astype(int)
    return [float(p) for p in np.bincount(cell, masses, CELLS)]


def _standings(
    at: IssueArrays, stands: Stands, told_by: Outlook, known: Measured, point: float
) -> list[Standing]:
    moved = levers(stands, procedure_of(at), known.constants) * (at.high - at.low) / 100.0
    share = pull(stands)
    per_salience = salience_pull(stands) * (at.high - at.low) / 100.0
    found = []
    for k, party in enumerate(at.parties):
        position = float(at.positions[0, k])
        found.append(
            Standing(
                party=party,
                position=position,
                salience=float(stands.salience[k]),
                power=float(stands.power[k]),
                share=float(share[k]),
                per_salience=float(per_salience[k]),
                distance=point - position,
                prevails=float(told_by.prevails[:, k].mean()),
                prevails_error=_error(told_by.prevails[:, k]),
                if_higher=_or_none(moved[0, k]),
                if_lower=_or_none(moved[1, k]),
                if_doubled=_or_none(moved[2, k]),
                if_indifferent=_or_none(moved[3, k]),
            )
        )
    return found


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _on_scale(at: IssueArrays, one: Contest) -> Contest:
    return Contest(
        **{
            **vars(one),
            "place": own_place(at, one.place),
            "other": own_place(at, one.other),
        }
    )


def _models(
    at: IssueArrays,
    stands: Stands,
    known: Measured,
    others: Mapping[str, float],
    point: float,
) -> list[ModelPlace]:
    shared = stands._replace(salience=share_of(stands.salience))
    places = {
        model.name: own_place(at, float(model.point(shared)))
        for model in MODELS
        if model.name != "nash-reference" or at.no_agreement is not None
    }
    unit = (at.high - at.low) / 100.0
    return sorted(
        (
            ModelPlace(
                model=name,
                title=TITLES[name],
                place=place,
                error=known.record[name]["mae"] * unit,
                crps=known.record[name]["crps"] * unit,
                n=known.record[name]["n"],
            )
            for name, place in {"summitry": point, **places, **others}.items()
        ),
        key=lambda one: one.error,
    )
