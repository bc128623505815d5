"""What numbered packages or states hold: commitments down, numbers across, a square where it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summitry.report.charts.drawing import Spec, beside, step_for, wrap

HELD, ABREAST = 46, 22  # letters of a line of a commitment; columns beside each other
SQUARE, TITLE = 16, 104


@dataclass(frozen=True)
class Held:
    """A column: its number, the ids of what is in it, and its colour."""

    number: int
    commitments: Sequence[str]
    colour: str


def matrices(
    title: str, subtitle: str, columns: Sequence[Held], names: Mapping[str, str]
) -> Iterator[Spec]:
    """Vega-Lite views, below each other, of as many columns as a page has room for each."""
    held = [one for one in names if any(one in column.commitments for column in columns)]
    for first in range(0, len(columns), ABREAST):
        head = {"text": wrap(title, TITLE), "subtitle": wrap(subtitle, TITLE), "fontSize": 12}
        shown = columns[first : first + ABREAST]
        yield {"title": head} | _matrix(shown, {one: names[one] for one in held})


def _matrix(columns: Sequence[Held], held: Mapping[str, str]) -> Spec:
    rows = [
        {"number": column.number, "commitment": one, "colour": column.colour}
        for column in columns
        for one in column.commitments
    ]
    plain = {"domain": False, "ticks": False, "grid": True}
    x = {"field": "number", "type": "ordinal", "title": None,
         "scale": {"domain": [column.number for column in columns]},
         "axis": {**plain, "orient": "top", "labelAngle": 0}}  # fmt: skip
    y = {"field": "commitment", "type": "nominal", "title": None, "scale": {"domain": list(held)},
         "axis": {**plain, "orient": "right", **beside(held, HELD)}}  # fmt: skip
    return {
        "width": SQUARE * len(columns),
        "height": {"step": step_for(held.values(), HELD, 18)},
        "data": {"values": rows},
        "mark": {"type": "square", "size": 120, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": {"field": "colour", "type": "nominal", "scale": None}},
    }  # fmt: skip
