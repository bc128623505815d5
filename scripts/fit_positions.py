"""Fit the forecast's constants to resolved issues, measure all models, and write both down.

    python scripts/fit_positions.py FOLDER

FOLDER holds files of the data set Decision-making in the European Union. Writes
src/summitry/analysis/positions/measured.json, which the package ships, and prints it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from summitry.analysis.positions.backtest import backtest_positions, fit_all
from summitry.analysis.positions.deu import read_deu
from summitry.analysis.positions.measured import Measured

TARGET = Path(__file__).parents[1] / "src/summitry/analysis/positions/measured.json"
DIGITS = 4


def rounded(value: object) -> object:
    """The same with floats cut to four digits after the point."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def main(folder: Path) -> None:
    """Fit, measure with whole proposals left out, write."""
    cases = read_deu(folder)
    proposals = frozenset(case.proposal for case in cases)
    fitted = Measured(fit_all(cases), proposals, {})
    result = backtest_positions(folder, shipped=fitted)
    models = [one for one in result.models if one.model != "summitry-shipped"]
    data = {
        "source": "Decision-making in the European Union (doi:10.34810/data53), two thirds of it",
        "issues": result.issues,
        "data_sha256": result.data_sha256,
        "constants": asdict(fitted.constants),
        "record": replace(result, models=models).to_dict()["models"],
        "proposals": sorted(proposals),
    }
    text = json.dumps(rounded(data), indent=1) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
