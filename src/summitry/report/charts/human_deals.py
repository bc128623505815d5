"""The backtest over human deals: log loss by protocol, and the calibration of no deal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summitry.analysis.human_deals.backtest import DealsBacktest, ProtocolScore
from summitry.report.charts.drawing import Spec, titled
from summitry.report.charts.palette import INK, KINDS, SOFT

WIDTH, SIDE = 560, 280


def human_deals_chart(backtest: DealsBacktest) -> Spec:
    """A Vega-Lite specification: protocols by their log loss, then told and seen no deal."""
    fitted = (
        f"numbers by {backtest.folds}-fold cross-validation"
        if backtest.folds
        else "shipped numbers"
    )
    subtitle = [
        f"{Path(backtest.file).name}: {backtest.negotiations:,} negotiations, {backtest.deals:,} deals; "
        f"{fitted}, seed {backtest.seed}",
        "hollow: a baseline, given the share of no deal of this very file",
    ]
    body = {"vconcat": [_losses(backtest), _calibration(backtest)], "spacing": 28}
    return titled(f"How two people divide {', '.join(backtest.kinds)}", subtitle, body)


def _losses(backtest: DealsBacktest) -> Spec:
    rows = [_row(one) for one in backtest.protocols]
    order = [row["protocol"] for row in rows]
    y = {"field": "protocol", "type": "nominal", "sort": order, "title": None,
         "axis": {"domain": False, "ticks": False, "grid": True}}  # fmt: skip
    x = {"field": "loss", "type": "quantitative", "scale": {"zero": False, "nice": False, "padding": 40},
         "title": "log loss of the outcome in nats (less is better), with two standard errors"}  # fmt: skip
    kind = {"field": "kind", "type": "nominal", "legend": None,
            "scale": {"domain": ["protocol", "baseline"], "range": [KINDS[1], "#ffffff"]}}  # fmt: skip
    return {
        "width": WIDTH,
        "height": {"step": 26},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rule", "color": INK},
             "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "stroke": INK, "strokeWidth": 1},
             "encoding": {"y": y, "x": x, "fill": kind}},
            {"mark": {"type": "text", "align": "left", "dx": 10, "dy": -9},
             "encoding": {"y": y, "x": x, "text": {"field": "label"}}},
        ],
    }  # fmt: skip


def _row(one: ProtocolScore) -> dict[str, Any]:
    known = one.log_loss_error == one.log_loss_error
    reach = 2 * one.log_loss_error if known else 0.0
    return {
        "protocol": one.name,
        "loss": one.log_loss,
        "low": one.log_loss - reach,
        "high": one.log_loss + reach,
        "label": f"{one.log_loss:.3f}",
        "kind": "baseline" if one.shipped is None else "protocol",
    }


def _calibration(backtest: DealsBacktest) -> Spec:
    rows = [vars(one) for one in backtest.calibration]
    top = min(1.0, 0.05 + max(max(row["high"], row["forecast"]) for row in rows))
    scale = {"domain": [0, top], "nice": False}
    axis = {"format": ".0%"}
    x = {"field": "forecast", "type": "quantitative", "scale": scale, "axis": axis,
         "title": "probability of no deal that summitry told"}  # fmt: skip
    y = {"field": "share", "type": "quantitative", "scale": scale, "axis": axis,
         "title": "share without a deal"}  # fmt: skip
    ends = [{"forecast": 0.0, "share": 0.0}, {"forecast": top, "share": top}]
    return {
        "title": {"text": "No deal: told and seen, with central 90 % intervals", "fontSize": 12,
                  "anchor": "start", "offset": 6},
        "width": SIDE,
        "height": SIDE,
        "data": {"values": rows},
        "layer": [
            {"data": {"values": ends}, "mark": {"type": "line", "color": SOFT, "strokeDash": [4, 3]},
             "encoding": {"x": x, "y": y}},
            {"mark": {"type": "rule", "color": INK},
             "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "opacity": 1, "size": 50, "color": KINDS[1]},
             "encoding": {"x": x, "y": y}},
        ],
    }  # fmt: skip
