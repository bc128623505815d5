"""The forecast of one issue over the draws of its uncertain numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from summitry.analysis.positions import grid
from summitry.analysis.positions.arrays import IssueArrays, scaled
from summitry.analysis.positions.mixture import (
    Constants,
    Features,
    Procedure,
    features_of,
    forecast,
    prevailing,
    settled_chance,
)
from summitry.analysis.positions.stands import Stands
from summitry.game.board import Floats

CHUNK = 256  # draws at a time


class Outlook(NamedTuple):
    """What an issue brings: `masses` (1001) over all draws; the rest draw by draw.

    `points` and `means` (draws), `settled` (draws): the chance that a stated position
    prevails; `prevails` (draws, n): that a party's own does. On a scale from 0 to 100.
    """

    masses: Floats
    points: Floats
    means: Floats
    settled: Floats
    prevails: Floats


def stands_of(issue: IssueArrays) -> Stands:
    """An issue as the models take it, on a scale from 0 to 100: (draws, n)."""
    without = None if issue.no_agreement is None else scaled(issue, issue.no_agreement)
    return Stands(scaled(issue, issue.positions), issue.salience, issue.power, 0.0, 100.0, without)


def procedure_of(issue: IssueArrays) -> Procedure:
    """What the dossier says of how the issue is decided."""
    setter = issue.told.agenda_setter
    return Procedure(
        agenda_setter=issue.parties.index(setter) if setter in issue.parties else None,
        unanimity=issue.told.rule == "unanimity",
    )


def outlook(stands: Stands, procedure: Procedure, constants: Constants) -> Outlook:
    """The forecast of an issue: stands (draws, n)."""
    draws = len(stands.positions)
    parts = [
        _outlook(features_of(_some(stands, slice(k, k + CHUNK)), procedure), constants)
        for k in range(0, draws, CHUNK)
    ]
    weights = np.array([len(part.points) for part in parts]) / draws
    return Outlook(
        masses=weights @ np.stack([part.masses for part in parts]),
        points=np.concatenate([part.points for part in parts]),
        means=np.concatenate([part.means for part in parts]),
        settled=np.concatenate([part.settled for part in parts]),
        prevails=np.concatenate([part.prevails for part in parts]),
    )


def _some(stands: Stands, which: slice) -> Stands:
    without = stands.no_agreement
    return stands._replace(
        positions=stands.positions[which],
        salience=stands.salience[which],
        power=stands.power[which],
        no_agreement=None if without is None else without[which],
    )


def _outlook(features: Features, constants: Constants) -> Outlook:
    masses = forecast(features, constants)
    settled = settled_chance(features, constants)
    same = features.place[:, :, None] == features.place[:, None, :]
    own = np.einsum("dij,dj->di", same, prevailing(features, constants))
    return Outlook(
        masses=masses.mean(axis=0),
        points=grid.quantile(masses, 0.5),
        means=grid.mean(masses),
        settled=settled,
        prevails=settled[:, None] * own,
    )
