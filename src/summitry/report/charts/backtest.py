"""The models' errors with intervals, and whether the forecast is calibrated."""

from __future__ import annotations

from typing import Any

from summitry.analysis.positions.backtest import Backtest
from summitry.analysis.positions.models import TITLES
from summitry.report.charts.drawing import Spec, titled
from summitry.report.charts.palette import INK, KINDS, SOFT

WIDTH, STEP = 420, 22
CRPS, ERROR = "CRPS of the distribution", "mean absolute error of the point"


def backtest_chart(result: Backtest) -> Spec:
    """A Vega-Lite specification: error by model, then the calibration of the forecast."""
    subtitle = [
        f"{result.issues} resolved issues of {result.proposals} proposals, scales from 0 to 100",
        "summitry: whole proposals left out of its fit; as shipped: fitted on these very issues"
        if result.unseen == 0
        else "summitry: by constants fitted without the proposal; as shipped: fitted on "
        f"{result.proposals - result.unseen} of these proposals",
    ]
    return titled(
        "How far off the models were", subtitle, {"vconcat": [_errors(result), _ranks(result)]}
    )


def _errors(result: Backtest) -> Spec:
    rows: list[dict[str, Any]] = []
    for one in result.models:
        told = one.coverage_50 is not None
        title = TITLES[one.model]
        rows.append({"model": title, "kind": ERROR, "value": one.mae})
        rows += [{"model": title, "kind": CRPS, "value": one.crps}] * told
    order = [TITLES[one.model] for one in result.models]
    return {
        "width": WIDTH,
        "height": {"step": STEP},
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 70, "stroke": INK, "strokeWidth": 1,
                 "opacity": 1},
        "encoding": {
            "y": {"field": "model", "type": "nominal", "sort": order, "title": None,
                  "axis": {"grid": True, "domain": False, "ticks": False}},
            "x": {"field": "value", "type": "quantitative", "title": "points of the scale",
                  "scale": {"zero": False, "nice": True}},
            "fill": {"field": "kind", "type": "nominal", "title": None,
                     "legend": {"orient": "top"},
                     "scale": {"domain": [CRPS, ERROR], "range": [KINDS[1], "white"]}},
        },
    }  # fmt: skip


def _ranks(result: Backtest) -> Spec:
    rows = [
        {"from": k / 10, "to": (k + 1) / 10, "share": share, "zero": 0}
        for k, share in enumerate(result.calibration)
    ]
    x = {"type": "quantitative", "title": "tenth of its forecast that the outcome fell into",
         "axis": {"format": ".0%", "grid": False}, "scale": {"domain": [0, 1]}}  # fmt: skip
    y = {"type": "quantitative", "title": "share of issues", "axis": {"format": ".0%"}}
    return {
        "title": {"text": "Calibration of summitry: even if calibrated", "fontSize": 12,
                  "anchor": "start"},
        "width": WIDTH,
        "height": 120,
        "layer": [
            {"data": {"values": rows}, "mark": {"type": "bar", "color": KINDS[4], "stroke": "white"},
             "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"},
                          "y": {**y, "field": "share"}, "y2": {"field": "zero"}}},
            {"data": {"values": [{"share": 0.1}]},
             "mark": {"type": "rule", "color": SOFT, "strokeDash": [4, 3]},
             "encoding": {"y": {**y, "field": "share"}}},
        ],
    }  # fmt: skip
