"""The swing of each tier's probability between the ends of each number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.levers import Levers
from summitry.report.charts.drawing import INK, SOFT, Spec, titled, wrap
from summitry.report.levers import between

MOST = 15


def tornado_chart(levers: Levers) -> Spec:
    """A Vega-Lite specification: hollow at a number's low end, filled at its high end."""
    tiers = [tier for tier in levers.tiers if tier in levers.asked or len(levers.asked) > 1]
    panels = [
        _panel(levers, tier, first=k == 0, wide=len(tiers) == 1) for k, tier in enumerate(tiers)
    ]
    about = levers.about
    subtitle = [
        f"{about.title}{f', as of {about.as_of}' if about.as_of else ''}; pooled probability by round {levers.round + 1}",
        "hollow: the number at its low end, filled: at its high end; dashed: the forecast as it stands",
        f"the changes are those on {levers.rerun_draws:,} draws a combination of types, counted from the forecast on "
        f"{about.draws:,}",
    ]
    return titled("What moves the forecast", subtitle, {"hconcat": panels, "spacing": 18})


def _panel(levers: Levers, tier: str, *, first: bool, wide: bool) -> Spec:
    rows = list(_rows(levers, tier))
    order = [row["label"] for row in rows]
    y: dict[str, Any] = {"field": "label", "type": "nominal", "sort": order, "title": None}
    y["axis"] = {"labelLimit": 420, "domain": False, "ticks": False} if first else None
    ends = [row[key] for row in rows for key in ("low", "high")]
    x = {
        "type": "quantitative", "title": None, "axis": {"format": ".0%", "tickCount": 4},
        "scale": {"zero": False, "nice": True, "domain": _domain([*ends, levers.base[tier]])},
    }  # fmt: skip
    layers = [
        {"mark": {"type": "rule", "strokeDash": [4, 3], "color": SOFT},
         "encoding": {"x": {**x, "datum": levers.base[tier]}}},
        {"mark": {"type": "bar", "height": 5, "color": "#b5b5b5"},
         "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
        {"mark": {"type": "point", "opacity": 1, "size": 46, "filled": True, "fill": "white", "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "low"}}},
        {"mark": {"type": "point", "opacity": 1, "size": 46, "filled": True, "fill": INK, "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "high"}}},
    ]  # fmt: skip
    return {
        "title": {"text": wrap(levers.about.tier_titles[tier], 22), "fontSize": 11, "offset": 6,
                  "frame": "group"},
        "data": {"values": rows},
        "width": 520 if wide else 150,
        "height": {"step": 24},
        "layer": layers,
    }  # fmt: skip


def _domain(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    room = max((high - low) * 0.08, 0.01)
    return [max(low - room, 0.0), min(high + room, 1.0)]


def _rows(levers: Levers, tier: str) -> Iterator[dict[str, Any]]:
    for lever in levers.levers[:MOST]:
        yield {
            "label": between(lever, levers.about.names),
            "low": lever.low[tier],
            "high": lever.high[tier],
        }
