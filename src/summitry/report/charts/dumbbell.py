"""Two forecasts: each outcome's probability in the first (hollow) and the second (filled)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.compare import Comparison
from summitry.report.charts.drawing import LABEL, PLOT, Spec, beside, called, step_for, titled
from summitry.report.charts.palette import INK, MIDDLE, tier_colours
from summitry.report.frame import dated


def dumbbell_chart(comparison: Comparison) -> Spec:
    """A Vega-Lite specification, a block a round; the difference is written at the side."""
    rows = list(_rows(comparison))
    titles, colours = comparison.after.tier_titles, tier_colours(comparison.tiers)
    tiers = list(reversed(comparison.tiers))
    top = max(max(row["before"], row["after"]) for row in rows)
    y = {"field": "tier", "type": "nominal", "sort": tiers, "title": None,
         "axis": {"domain": False, "ticks": False, **beside(titles)}}  # fmt: skip
    fill = {"field": "tier", "type": "nominal", "legend": None,
            "scale": {"domain": tiers, "range": [colours[tier] for tier in tiers]}}  # fmt: skip
    x = {"type": "quantitative", "title": "pooled probability", "axis": {"format": ".0%"},
         "scale": {"domain": [0, min(top * 1.35, 1.35)]}}  # fmt: skip
    layer = [
        {"mark": {"type": "bar", "height": 4, "color": MIDDLE},
         "encoding": {"y": y, "x": {**x, "field": "before"}, "x2": {"field": "after"}}},
        {"mark": {"type": "point", "opacity": 1, "size": 70, "filled": True, "fill": "white",
                  "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "before"}}},
        {"mark": {"type": "point", "opacity": 1, "size": 70, "filled": True, "stroke": INK},
         "encoding": {"y": y, "x": {**x, "field": "after"}, "fill": fill}},
        {"mark": {"type": "text", "align": "left", "dx": 10},
         "encoding": {"y": y, "x": {**x, "field": "side"}, "text": {"field": "label"}}},
    ]  # fmt: skip
    body = {
        "data": {"values": rows},
        "facet": {"row": {"field": "round", "type": "ordinal", "title": None,
                          "header": {"labelOrient": "top", "labelAnchor": "start",
                                     "labelExpr": called(_rounds(comparison), 2 * LABEL)}}},
        "spec": {"width": PLOT, "height": {"step": step_for(titles.values())}, "layer": layer},
    }  # fmt: skip
    changed = "; ".join(f"{d.path}: {d.before} → {d.after}" for d in comparison.inputs[:4])
    more = len(comparison.inputs) - 4
    subtitle = [
        comparison.after.title,
        f"hollow: first, filled: second; {changed}{f' and {more} more' if more > 0 else ''}",
    ]
    return titled("What the difference changes", subtitle, body)


def _rounds(comparison: Comparison) -> dict[int, str]:
    return {
        number: dated(f"round {number}{f': {one.title}' if one.title else ''}", one.date)
        for number, one in enumerate(comparison.rounds, start=1)
    }


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(comparison.rounds, start=1):
        for tier in reversed(comparison.tiers):
            shift = one.pooled[tier]
            yield {
                "round": number,
                "tier": tier,
                "before": shift.before,
                "after": shift.after,
                "side": max(shift.before, shift.after),
                "label": f"{_signed(100 * shift.difference)} ± {100 * shift.standard_error:.1f}",
            }


def _signed(points: float) -> str:
    """Points with their sign, and none where they round to nothing."""
    return f"{points:+.1f}" if abs(points) >= 0.05 else "0.0"
