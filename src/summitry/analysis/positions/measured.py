"""What was fitted and measured on resolved issues, as shipped: constants, and each model's record.

`measured.json` is written by `python scripts/fit_positions.py FOLDER` from two thirds (by
proposal) of the data set Decision-making in the European Union.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summitry.analysis.positions.mixture import Constants


@dataclass(frozen=True)
class Measured:
    """The shipped constants, the proposals they were fitted on, and the record of each model.

    `record` maps a model to its scores as `scores.Score` has them; the forecast's own are
    cross-validated with whole proposals left out.
    """

    constants: Constants
    proposals: frozenset[str]
    record: Mapping[str, Mapping[str, Any]]


@cache
def measured() -> Measured:
    """The shipped numbers."""
    text = files("summitry.analysis.positions").joinpath("measured.json").read_text("utf-8")
    data = json.loads(text)
    return Measured(
        constants=Constants(**data["constants"]),
        proposals=frozenset(data["proposals"]),
        record={score["model"]: score for score in data["record"]},
    )
