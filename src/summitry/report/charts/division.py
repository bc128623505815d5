"""The issues as bars of both parties' points, filled for the side that gets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.adjusted_winner import Division
from summitry.report.charts.drawing import LABEL, Spec, beside, step_for, titled
from summitry.report.charts.palette import INK, party_colours


def division_chart(division: Division) -> Spec:
    """A Vega-Lite specification: the first party to the left, the second to the right."""
    rows = list(_rows(division))
    most = max(row["points"] for row in rows)
    panels = [
        _panel(division, rows, 0, most),
        _panel(division, rows, 1, most),
    ]
    got = [f"{value:.4g}" for value in division.points_value]
    subtitle = [
        f"{division.title}: {division.names[0]} gets {got[0]} points, {division.names[1]} {got[1]}",
        "filled: the part of the issue that the party gets",
    ]
    return titled("Adjusted Winner", subtitle, {"hconcat": panels, "spacing": 4})


def _panel(division: Division, rows: list[dict[str, Any]], side: int, most: float) -> Spec:
    mirrored = side == 0
    issues = {item.id: item.title for item in division.items}
    y: dict[str, Any] = {"field": "issue", "type": "nominal", "sort": list(issues), "title": None}
    y["axis"] = (
        {"domain": False, "ticks": False, **beside(issues, LABEL - 10)} if mirrored else None
    )
    fill = list(party_colours(division.names).values())[side]
    x = {"type": "quantitative", "title": "points",
         "scale": {"domain": [most * 1.15, 0] if mirrored else [0, most * 1.15], "nice": False}}  # fmt: skip
    align, dx = ("right", -5) if mirrored else ("left", 5)
    layer = [
        {"mark": {"type": "bar", "height": 16, "fill": "white", "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "points"}}},
        {"mark": {"type": "bar", "height": 16, "fill": fill, "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "got"}}},
        {"mark": {"type": "text", "align": align, "dx": dx},
         "encoding": {"y": y, "x": {**x, "field": "points"}, "text": {"field": "label"}}},
    ]  # fmt: skip
    own = [row for row in rows if row["side"] == side]
    return {
        "title": {"text": division.names[side], "anchor": "middle", "fontSize": 12, "offset": 4},
        "data": {"values": own},
        "width": 245,
        "height": {"step": step_for(issues.values(), LABEL - 10)},
        "layer": layer,
    }


def _rows(division: Division) -> Iterator[dict[str, Any]]:
    for item in division.items:
        for side in range(len(division.names)):
            share = item.share if side == 0 else 1 - item.share
            points = float(item.points[side])
            part = f" ({share} of it)" if 0 < share < 1 else ""
            yield {
                "issue": item.id,
                "side": side,
                "points": points,
                "got": points * float(share),
                "label": f"{points:g}{part}",
            }
