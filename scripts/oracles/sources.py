"""Input files of peer tools as arrays, and counting what agrees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from summitry.analysis.positions.exchange import Matter
from summitry.dossier.errors import DossierError
from summitry.formats.bdm import read_bdm
from summitry.formats.decide import read_decide
from summitry.formats.importing import is_xml, recognised
from summitry.formats.ktab import read_ktab_csv, read_ktab_xml
from summitry.formats.reading import Reading, text_of
from summitry.formats.scenario import Scenario


def scenario_of(path: Path) -> Scenario:
    """What a DECIDE, KTAB or Bueno de Mesquita file tells. Raises ValueError for mistakes."""
    reading = Reading(path.name)
    data = path.read_bytes()
    try:
        if is_xml(data):
            told = read_ktab_xml(data, path.stem, reading)
        else:
            text = text_of(data, reading)
            readers = {"decide": read_decide, "ktab": read_ktab_csv, "bdm": read_bdm}
            told = readers[recognised(text, reading)](text, path.stem, reading)
        reading.finish()
    except DossierError as error:
        raise ValueError(str(error)) from None
    return told


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
