"""KTAB's spatial model at turn 0: values, attitudes to risk, utilities, chances, as printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from oracles.sources import agreement, matter_of, scenario_of
from summitry.analysis.positions.exchange import Matter
from summitry.analysis.positions.ktab import turn_zero

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
    scenario = scenario_of(source)
    seats = {actor.name: k for k, actor in enumerate(scenario.actors.values())}
    seats |= {key: k for k, key in enumerate(scenario.actors)}
    rows = [seats[actor] for actor in data["actors"]]
    matter = matter_of(scenario)
    return _turn(data, Matter(*(column[rows] for column in matter)), name)


def _turn(data: Any, matter: Matter, name: str) -> Counts:
    turn = turn_zero(matter.positions / 100.0, matter.salience, matter.power[:, 0])
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
