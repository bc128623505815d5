"""Which states are stable for whom under which concept, as a table of filled and empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.report.charts.drawing import INK, Spec

CELL = (42, 22)
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
    y = {
        "field": "state", "type": "nominal", "title": None, "sort": _order([c.state for c in cells]),
        "axis": {"domain": False, "ticks": False, "labelLimit": 320, "labelPadding": 6},
    }  # fmt: skip
    x = {
        "field": "concept", "type": "nominal", "title": None,
        "sort": _order([c.concept for c in cells]),
        "axis": {"orient": "top", "domain": False, "ticks": False, "labelAngle": 0},
    }  # fmt: skip
    full = {
        "field": "share", "type": "quantitative", "legend": None,
        "scale": {"domain": [0, 1], "range": ["#ffffff", "#222222"]},
    }  # fmt: skip
    return {
        "data": {"values": rows},
        "facet": {
            "column": {
                "field": "party", "type": "nominal", "title": None,
                "sort": _order([c.party for c in cells]),
                "header": {"labelFontSize": 11, "labelFontWeight": "bold", "labelPadding": 6},
            }
        },
        "spacing": 14,
        "spec": {
            "width": {"step": CELL[0]},
            "height": {"step": CELL[1]},
            "layer": [
                {
                    "mark": {"type": "rect", "stroke": "#999999", "strokeWidth": 0.6},
                    "encoding": {"x": x, "y": y, "fill": full},
                },
                {
                    "mark": {"type": "text", "fontSize": 10, "baseline": "middle"},
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
