"""The issues of a dossier as arrays: who stands where, how much it cares, what power it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summitry.analysis.positions.grid import place_of
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.numbers import Number
from summitry.dossier.positions import Issue
from summitry.dossier.schema import Dossier
from summitry.estimates import fixed
from summitry.game.board import Floats
from summitry.game.draw import Sampler
from summitry.game.variation import CENTRAL

ONE = fixed(1.0)


@dataclass(frozen=True)
class IssueArrays:
    """One issue in every draw; n are the parties with a position on it, in the dossier's order.

    `positions` (draws, n) lie on the issue's own scale from `low` to `high`; `salience`
    (draws, n) and `power` (draws, n) are at least 0; `no_agreement` (draws), on the scale, is
    None where the dossier gives none. `told` is what was written: rule, agenda setter, labels.
    """

    name: str
    told: Issue
    low: float
    high: float
    parties: tuple[str, ...]
    positions: Floats
    salience: Floats
    power: Floats
    no_agreement: Floats | None

    @property
    def weights(self) -> Floats:
        """What each party brings to bear, power times salience: (draws, n)."""
        return self.power * self.salience


@dataclass(frozen=True)
class Arrays:
    """All issues of a dossier in the same draws.

    `uncertain` says whether any number is a range: otherwise all draws are alike. `defaults`
    tells, in words, what the dossier left out and what was taken for it.
    """

    issues: tuple[IssueArrays, ...]
    draws: int
    uncertain: bool
    defaults: tuple[str, ...]


def draw_arrays(dossier: Dossier, draws: int, seed: int) -> Arrays:
    """The issues of a dossier in `draws` draws of its uncertain numbers.

    Raises CannotAnswer where there are no issues, or an issue has fewer than two positions,
    no salience, or no power behind it.
    """
    return _read(dossier, Sampler(seed, draws))


def central_arrays(dossier: Dossier) -> Arrays:
    """The issues with every number at its median, as one draw. Raises what `draw_arrays` does."""
    return _read(dossier, Sampler(0, 1, CENTRAL))


def _read(dossier: Dossier, sampler: Sampler) -> Arrays:
    if not dossier.issues:
        raise CannotAnswer("positions needs `issues`: scales with the parties' positions on them")
    power = _power(dossier, sampler)
    issues = tuple(_issue(name, i, power, sampler) for name, i in dossier.issues.items())
    uncertain = any(heard.estimates[0].distribution != "fixed" for heard in sampler.heard.values())
    defaults = () if dossier.power else ("power: the same for every party",)
    return Arrays(issues, sampler.draws, uncertain, defaults)


def _power(dossier: Dossier, sampler: Sampler) -> Mapping[str, Floats]:
    """The power of every party with a position: 1 each where the dossier gives none at all."""
    stands = [name for issue in dossier.issues.values() for name in issue.positions]
    missing = sorted({name for name in stands if name not in dossier.power})
    if dossier.power and missing:
        raise CannotAnswer(
            f"`power` is given for some parties but not for {', '.join(missing)}: "
            "give it for all that have a position, or for none"
        )
    return {
        name: sampler.draw(dossier.power.get(name), f"power.{name}", ONE)
        for name in dict.fromkeys(stands)
    }


def _issue(name: str, issue: Issue, power: Mapping[str, Floats], sampler: Sampler) -> IssueArrays:
    path, parties = f"issues.{name}", tuple(issue.positions)
    if len(parties) < 2:
        raise CannotAnswer(f"`{path}.positions` holds {len(parties)} position: two are needed")

    def column(party: str, what: str) -> Floats:
        number: Number = getattr(issue.positions[party], what)
        return sampler.draw(number, f"{path}.positions.{party}.{what}", ONE)

    arrays = IssueArrays(
        name=name,
        told=issue,
        low=min(issue.scale),
        high=max(issue.scale),
        parties=parties,
        positions=np.column_stack([column(party, "position") for party in parties]),
        salience=np.column_stack([column(party, "salience") for party in parties]),
        power=np.column_stack([power[party] for party in parties]),
        no_agreement=None
        if issue.no_agreement is None
        else sampler.draw(issue.no_agreement, f"{path}.no_agreement", ONE),
    )
    _refuse_the_weightless(arrays)
    return arrays


def _refuse_the_weightless(issue: IssueArrays) -> None:
    """Raises CannotAnswer where nobody cares about an issue, or nobody who does has power."""
    who = ", ".join(issue.parties)
    if not (issue.salience.sum(axis=1) > 0).all():
        raise CannotAnswer(f"nobody cares about `issues.{issue.name}`: all saliences are 0")
    if not (issue.power.sum(axis=1) > 0).all():
        raise CannotAnswer(f"no power stands behind `issues.{issue.name}`: `power` of {who} is 0")
    if not (issue.weights.sum(axis=1) > 0).all():
        raise CannotAnswer(
            f"on `issues.{issue.name}` those who have power do not care, and those who care have "
            "no power"
        )


def scaled(issue: IssueArrays, values: Floats) -> Floats:
    """Places on an issue's scale as places on a scale from 0 to 100; any shape."""
    return np.asarray(100.0 * (values - issue.low) / (issue.high - issue.low))


def unscaled(issue: IssueArrays, values: Floats) -> Floats:
    """Places on a scale from 0 to 100 as places on the issue's own; any shape."""
    return np.asarray(issue.low + values * (issue.high - issue.low) / 100.0)


def on_positions(issue: IssueArrays, places: Floats) -> Floats:
    """Places (draws) from 0 to 100 on the issue's own scale; a stated position as it was stated.

    The grid has a thousand steps: a place on it stands for every position nearest to it.
    """
    own = unscaled(issue, places)
    here = place_of(scaled(issue, issue.positions)) == place_of(places)[:, None]
    away = np.where(here, np.abs(issue.positions - own[:, None]), np.inf)
    if not away.shape[1]:
        return own
    nearest = away.argmin(axis=1)[:, None]
    stated = np.take_along_axis(issue.positions, nearest, axis=1)[:, 0]
    return np.where(here.any(axis=1), stated, own)
