"""Two forecasts: each outcome's probability in the first (hollow) and the second (filled)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.compare import Comparison
from summitry.report.charts.drawing import INK, Spec, titled, wrap


def dumbbell_chart(comparison: Comparison) -> Spec:
    """A Vega-Lite specification, a block a round; the difference is written at the side."""
    rows = list(_rows(comparison))
    rounds = list(dict.fromkeys(row["round"] for row in rows))
    tiers = list(dict.fromkeys(row["tier"] for row in rows))
    top = max(max(row["before"], row["after"]) for row in rows)
    y = {"field": "tier", "type": "nominal", "sort": tiers, "title": None,
         "axis": {"labelLimit": 420, "domain": False, "ticks": False}}  # fmt: skip
    x = {"type": "quantitative", "title": "pooled probability", "axis": {"format": ".0%"},
         "scale": {"domain": [0, min(top * 1.35, 1.35)]}}  # fmt: skip
    layer = [
        {"mark": {"type": "bar", "height": 4, "color": "#b5b5b5"},
         "encoding": {"y": y, "x": {**x, "field": "before"}, "x2": {"field": "after"}}},
        {"mark": {"type": "point", "opacity": 1, "size": 60, "filled": True, "fill": "white", "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "before"}}},
        {"mark": {"type": "point", "opacity": 1, "size": 60, "filled": True, "fill": INK, "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "after"}}},
        {"mark": {"type": "text", "align": "left", "dx": 10, "fontSize": 11},
         "encoding": {"y": y, "x": {**x, "field": "side"}, "text": {"field": "label"}}},
    ]  # fmt: skip
    body = {
        "data": {"values": rows},
        "facet": {"row": {"field": "round", "type": "nominal", "sort": rounds, "title": None,
                          "header": {"labelOrient": "top", "labelAnchor": "start"}}},
        "spec": {"width": 460, "height": {"step": 28}, "layer": layer},
    }  # fmt: skip
    changed = "; ".join(f"{d.path}: {d.before} → {d.after}" for d in comparison.inputs[:4])
    more = len(comparison.inputs) - 4
    subtitle = [
        comparison.after.title,
        *wrap(
            f"hollow: first, filled: second; {changed}{f' and {more} more' if more > 0 else ''}",
            110,
        ),
    ]
    return titled("What the difference changes", subtitle, body)


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(comparison.rounds, start=1):
        named = f": {one.title}" if one.title else ""
        for tier in reversed(comparison.tiers):
            shift = one.pooled[tier]
            yield {
                "round": f"round {number}{named}{f' ({one.date})' if one.date else ''}",
                "tier": comparison.after.tier_titles[tier],
                "before": shift.before,
                "after": shift.after,
                "side": max(shift.before, shift.after),
                "label": f"{_signed(100 * shift.difference)} ± {100 * shift.standard_error:.1f}",
            }


def _signed(points: float) -> str:
    """Points with their sign, and none where they round to nothing."""
    return f"{points:+.1f}" if abs(points) >= 0.05 else "0.0"
