"""Fit the forecast's constants to resolved issues, measure all models, and write both down.

    python scripts/fit_positions.py FOLDER

FOLDER holds files of the data set Decision-making in the European Union. Writes
src/summitry/analysis/positions/measured.json, which the package ships, and the table of the record
in docs/positions.md; prints both.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from summitry.analysis.positions.backtest import backtest_positions, fit_all
from summitry.analysis.positions.deu import Case, read_deu
from summitry.analysis.positions.measured import Measured

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/summitry/analysis/positions/measured.json"
PAGE = ROOT / "docs/positions.md"
BEGIN, END = "<!-- record: written by scripts/fit_positions.py -->\n", "<!-- end of record -->"
DIGITS = 4


def rounded(value: object) -> object:
    """The same with floats cut to four digits after the point."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def table(record: list[dict[str, Any]], constants: dict[str, Any]) -> str:
    """The record and the constants as they stand in the documentation."""
    lines = [
        "| model | n | mean error | RMSE | within 10 | CRPS | in the 50 % | in the 90 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in record:
        inside = [one["coverage_50"], one["coverage_90"]]
        cells = [
            one["model"], str(one["n"]), f"{one['mae']:.2f}", f"{one['rmse']:.1f}",
            f"{one['within_10']:.0%}", f"{one['crps']:.2f}",
            *("" if share is None else f"{share:.0%}" for share in inside),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    fitted = ", ".join(
        f"`{name}` {value:.2f}" for name, value in constants.items() if name != "climatology"
    )
    return "\n".join([*lines, "", f"Constants: {fitted}.", ""])


def shares(cases: list[Case]) -> str:
    """How many outcomes are a stated position, and how many lie in the positions' range."""
    at = [case.outcome in case.stands.positions for case in cases]
    inside = [
        case.stands.positions.min() <= case.outcome <= case.stands.positions.max() for case in cases
    ]
    return (
        f"Of the {len(cases)} outcomes {sum(at) / len(at):.0%} are the very position of an actor, and "
        f"{sum(inside) / len(inside):.1%} lie within the range of the positions.\n"
    )


def main(folder: Path) -> None:
    """Fit, measure with whole proposals left out, write."""
    cases = read_deu(folder)
    proposals = frozenset(case.proposal for case in cases)
    fitted = Measured(fit_all(cases), proposals, {})
    result = backtest_positions(folder, shipped=fitted)
    models = [one for one in result.models if one.model != "summitry-shipped"]
    data: dict[str, Any] = {
        "source": "Decision-making in the European Union (doi:10.34810/data53), two thirds of it",
        "issues": result.issues,
        "data_sha256": result.data_sha256,
        "constants": asdict(fitted.constants),
        "record": replace(result, models=models).to_dict()["models"],
        "proposals": sorted(proposals),
    }
    text = json.dumps(rounded(data), indent=1) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    shown = table(data["record"], data["constants"]) + shares(cases)
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + shown + END + rest.split(END)[1], encoding="utf-8")
    print(text + shown, end="")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
