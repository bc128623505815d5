"""Shares of several classes as dots with their intervals, one line each."""

from __future__ import annotations

from summitry.analysis.reference_classes import ReferenceClasses
from summitry.report.charts.drawing import INK, SOFT, Spec, titled

LINE, WIDTH = 22, 360


def intervals_chart(found: ReferenceClasses) -> Spec:
    """A Vega-Lite specification: a row for each class and outcome, the share and its interval."""
    rows = [
        {
            "line": f"{one.id}: {rate.title.split(': ', 1)[-1]}",
            "rate": rate.rate,
            "low": rate.low,
            "high": rate.high,
            "cases": f"{rate.k:,} of {rate.n:,}",
        }
        for one in found.classes
        for rate in one.rates
    ]
    y = {"field": "line", "type": "nominal", "sort": None, "title": None,
         "axis": {"labelLimit": 520, "ticks": False, "domain": False}}  # fmt: skip
    x = {"field": "rate", "type": "quantitative", "title": "share of the cases",
         "scale": {"domain": [0, 1]}, "axis": {"format": ".0%"}}  # fmt: skip
    body = {
        "width": WIDTH,
        "height": {"step": LINE},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3, "color": "#9a9a9a"},
             "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": INK},
             "encoding": {"y": y, "x": x}},
            {"mark": {"type": "text", "align": "left", "x": WIDTH + 8, "color": SOFT},
             "encoding": {"y": y, "text": {"field": "cases"}}},
        ],
    }  # fmt: skip
    subtitle = [
        f"{found.interval} intervals, {100 * found.confidence:.0f} %; k of n cases at the right"
    ]
    return titled("What past cases brought", subtitle, body)
