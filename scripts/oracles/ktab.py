"""KTAB's spatial model at turn 0: values, attitudes to risk, utilities, chances, as printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from oracles.sources import agreement, matter_of, scenario_of
from summitry.analysis.positions.ktab import Turn, turn_zero
from summitry.formats.importing import is_xml
from summitry.formats.reading import Reading
from summitry.formats.xml import read_xml
from summitry.game.board import Floats

PRINTED = 5.001e-4  # three digits after the point, rounded
Counts = dict[str, tuple[int, int]]


def is_mine(data: Any) -> bool:
    """Whether it is a run of KTAB's spatial model."""
    return isinstance(data, dict) and "value_matrix_turn0" in data


def input_of(data: Any) -> str | None:
    """The input's name."""
    return str(data["input"])


def compare(data: Any, source: Path | None, name: str) -> Counts:
    """How much of it agrees."""
    if source is None:
        raise ValueError("a run of KTAB names its `input`")
    seats, positions, salience, power = _read(source)
    rows = [seats[actor] for actor in data["actors"]]
    turn = turn_zero(positions[rows] / 100.0, salience[rows], power[rows])
    return _agreement(data, turn, name)


def _read(source: Path) -> tuple[dict[str, int], Floats, Floats, Floats]:
    """Which row is whose, positions and saliences (n, m), power (n), as KTAB reads them.

    KTAB takes an empty position for 0, where this package's reader leaves it out.
    """
    data = source.read_bytes()
    if is_xml(data):
        root = read_xml(data, Reading(source.name))
        nodes = list(root.inside("Actors", "Actor"))
        seats = {node.text_of("name"): k for k, node in enumerate(nodes)}
        positions = [[_number(cell.text) for cell in n.inside("Position", "dCoord")] for n in nodes]
        salience = [[_number(cell.text) for cell in n.inside("Salience", "dSal")] for n in nodes]
        power = [_number(node.text_of("capability")) for node in nodes]
        return seats, np.array(positions), np.array(salience), np.array(power)
    scenario = scenario_of(source)
    seats = {actor.name: k for k, actor in enumerate(scenario.actors.values())}
    seats |= {key: k for k, key in enumerate(scenario.actors)}
    matter = matter_of(scenario)
    strength = np.array([actor.power for actor in scenario.actors.values()])
    return seats, matter.positions, matter.salience, strength


def _number(text: str) -> float:
    return float(text) if text.strip() else 0.0


def _agreement(data: Any, turn: Turn, name: str) -> Counts:
    chances = [data["win_prob_by_turn"][actor][0] for actor in data["actors"]]
    told = {
        "values": (turn.values, data["value_matrix_turn0"]),
        "risk": (turn.risk, data["risk_turn0"]),
        "utilities": (turn.utilities, data["utility_matrix_turn0"]),
        "chances to win": (turn.chances, chances),
    }
    return {
        f"{name}: {kind}": agreement((np.abs(ours - np.array(theirs)) <= PRINTED).ravel())
        for kind, (ours, theirs) in told.items()
    }
