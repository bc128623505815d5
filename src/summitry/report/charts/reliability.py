"""What was stated against what came about: a curve from thirty cases on, below it an interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.ledger.calibration import ENOUGH, Calibration
from summitry.ledger.scores import Scores
from summitry.report.charts.drawing import Spec, called, titled
from summitry.report.charts.palette import INK, PALE, SOFT
from summitry.report.score import threshold_names

SIZE, BLOCK = 260, 40  # of a block, and the letters of a line of its title


def reliability_chart(scores: Scores) -> Spec:
    """A Vega-Lite specification, a block a threshold: the first standing that has forecasts.

    Raises ValueError where nothing is resolved yet.
    """
    if not scores.standings:
        raise ValueError("nothing is resolved yet: there is nothing to draw")
    standing = scores.standings[0]
    rows = [row for one in standing.calibration for row in _rows(one)]
    names = threshold_names(standing, scores.titles)
    blocks = {
        one.threshold: f"at least: {names[one.threshold]} (n = {one.n:,})"
        for one in standing.calibration
    }
    body = {
        "data": {"values": rows},
        "facet": {"field": "threshold", "type": "ordinal", "title": None,
                  "header": {"labelOrient": "top", "labelAnchor": "start",
                             "labelExpr": called(blocks, BLOCK)}},
        "columns": 2,
        "resolve": {"axis": {"x": "independent", "y": "independent"}},
        "spec": {"width": SIZE, "height": SIZE, "layer": _layers()},
    }  # fmt: skip
    made = {"ahead": "recorded before the day of the outcome", "replay": "replays"}
    subtitle = [
        f"each question's last forecast ({len(standing.questions):,} in all), {made[standing.standing]}; "
        f"head {scores.head[:12]}",
        "line: isotonic fit (CORP); grey: where 90 % of a calibrated forecaster's lines lie",
        f"below {ENOUGH} cases no line: the mean forecast and the share that came about, central 90 %",
    ]
    return titled("What was stated, and what came about", subtitle, body)


def _layers() -> list[Spec]:
    x = {"field": "stated", "type": "quantitative", "title": "stated",
         "axis": {"format": ".0%", "tickCount": 5}, "scale": {"domain": [0, 1]}}  # fmt: skip
    y = {"field": "came", "type": "quantitative", "title": "came about",
         "axis": {"format": ".0%", "tickCount": 5}, "scale": {"domain": [0, 1]}}  # fmt: skip

    def only(kind: str) -> list[Spec]:
        return [{"filter": f"datum.kind == '{kind}'"}]

    low, high = {**y, "field": "low"}, {"field": "high"}
    return [
        {"transform": only("step"), "mark": {"type": "area", "color": PALE},
         "encoding": {"x": x, "y": low, "y2": high}},
        {"transform": only("diagonal"), "mark": {"type": "line", "color": SOFT, "strokeWidth": 1,
                                                 "strokeDash": [4, 3]},
         "encoding": {"x": x, "y": y}},
        {"transform": only("step"), "mark": {"type": "line", "color": INK, "strokeWidth": 1.8},
         "encoding": {"x": x, "y": y, "order": {"field": "stated"}}},
        {"transform": only("few"), "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
         "encoding": {"x": x, "y": low, "y2": high}},
        {"transform": only("few"), "mark": {"type": "point", "opacity": 1, "filled": True,
                                            "fill": "white", "stroke": INK, "size": 60},
         "encoding": {"x": x, "y": y}},
    ]  # fmt: skip


def _rows(one: Calibration) -> Iterator[dict[str, Any]]:
    for end in (0, 1):
        yield {"threshold": one.threshold, "kind": "diagonal", "stated": end, "came": end}
    if one.refusal:
        yield {"threshold": one.threshold, "kind": "few", "stated": one.stated, "came": one.came_about,
               "low": one.low, "high": one.high}  # fmt: skip
    for point in one.curve:
        yield {"threshold": one.threshold, "kind": "step", "stated": point.stated, "came": point.came_about,
               "low": point.low, "high": point.high}  # fmt: skip
