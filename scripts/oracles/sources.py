"""Input files of peer tools as arrays, and counting what agrees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from summitry.analysis.positions.exchange import Matter
from summitry.dossier.errors import DossierError
from summitry.formats.importing import read_scenario
from summitry.formats.reading import Reading
from summitry.formats.scenario import Scenario


def scenario_of(path: Path) -> Scenario:
    """What a DECIDE, KTAB or Bueno de Mesquita file tells. Raises ValueError for mistakes."""
    try:
        return read_scenario(path, Reading(path.name))[1]
    except DossierError as error:
        raise ValueError(str(error)) from None


def matter_of(told: Scenario) -> Matter:
    """A scenario as arrays, actors and issues in the file's order; positions from 0 to 100."""
    shape = len(told.actors), len(told.issues)
    positions, salience, power = np.zeros((3, *shape))
    present = np.zeros(shape, bool)
    rows = {name: k for k, name in enumerate(told.actors)}
    for column, scale in enumerate(told.issues.values()):
        low, high = min(scale.labels), max(scale.labels)
        for name, stand in scale.stands.items():
            cell = rows[name], column
            positions[cell] = 100.0 * (stand.position - low) / (high - low)
            salience[cell], power[cell] = stand.salience, told.actors[name].power
            present[cell] = True
    return Matter(positions, salience, power, present)


def agreement(pairs: Iterable[bool]) -> tuple[int, int]:
    """How many are true, and of how many."""
    told = [bool(pair) for pair in pairs]
    return sum(told), len(told)
