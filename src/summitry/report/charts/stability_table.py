"""Which states are stable for whom under which concept, as a table of filled and empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.report.charts.drawing import LETTER, PAGE, Spec, beside, called, step_for
from summitry.report.charts.palette import INK, viridis

CELL, BETWEEN = 30, 14
STATE = 24  # letters of a line of a state
FULL = viridis(0.02)
ALL = "for all"
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Cell:
    """How stable a state is for a party (or for all) under a concept, as a share of the draws."""

    state: str
    party: str
    concept: str
    share: float


def stability_table(cells: Sequence[Cell]) -> Spec:
    """A Vega-Lite view: a row a state, a block a party, a column a concept, in the order given.

    A full cell is stable, an empty one is not; shares of the draws are written out.
    """
    rows = [
        {
            "state": cell.state,
            "party": cell.party,
            "concept": cell.concept,
            "share": cell.share,
            "label": _label(cell.share),
            "ink": "white" if cell.share > 0.5 else INK,
        }
        for cell in cells
    ]
    parties = {name: name for name in _order([cell.party for cell in cells])}
    states = {name: name for name in _order([cell.state for cell in cells])}
    room = PAGE - 40 - LETTER * max(min(len(name), STATE) for name in states)
    concepts = _order([cell.concept for cell in cells])
    y = {
        "field": "state", "type": "nominal", "title": None, "sort": list(states),
        "axis": {"orient": "right", "domain": False, "ticks": False, "labelPadding": 6,
                 **beside(states, STATE)},
    }  # fmt: skip
    x = {
        "field": "concept", "type": "nominal", "title": None,
        "sort": concepts,
        "axis": {"orient": "top", "domain": False, "ticks": False, "labelAngle": 0},
    }  # fmt: skip
    full = {
        "field": "share", "type": "quantitative", "legend": None,
        "scale": {"domain": [0, 1], "range": ["#ffffff", FULL], "interpolate": "rgb"},
    }  # fmt: skip
    return {
        "data": {"values": rows},
        "facet": {
            "field": "party", "type": "nominal", "title": None,
            "sort": list(parties),
            "header": {"labelFontSize": 11, "labelPadding": 6, "labelExpr": called(parties, STATE)},
        },
        "columns": max(int(room // (CELL * len(concepts) + BETWEEN)), 1),
        "resolve": {"axis": {"x": "independent"}},
        "spacing": BETWEEN,
        "spec": {
            "width": {"step": CELL},
            "height": {"step": step_for(states, STATE, 22)},
            "layer": [
                {
                    "mark": {"type": "rect", "stroke": "#999999", "strokeWidth": 0.6},
                    "encoding": {"x": x, "y": y, "fill": full},
                },
                {
                    "mark": {"type": "text", "baseline": "middle"},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "text": {"field": "label"},
                        "color": {"field": "ink", "type": "nominal", "scale": None},
                    },
                },
            ],
        },
    }  # fmt: skip


def _label(share: float) -> str:
    """Nothing where all draws agree, else the share in per cent, from 1 to 99."""
    if share < TOLERANCE or share > 1 - TOLERANCE:
        return ""
    return f"{min(max(100 * share, 1), 99):.0f}"


def _order(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
