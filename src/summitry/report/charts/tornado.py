"""The swing of each tier's probability between the ends of each number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.levers import Levers
from summitry.report.charts.drawing import Spec, beside, called, step_for, titled
from summitry.report.charts.palette import INK, MIDDLE, SOFT, tier_colours
from summitry.report.levers import between

MOST = 15
WIDTH, NUMBER, TIER = 360, 46, 46  # of the plot; letters of a line of a number, of an outcome


def tornado_chart(levers: Levers) -> Spec:
    """A Vega-Lite specification: of one outcome both ends, of several the change between them."""
    single = len(levers.asked) == 1
    numbers = {number: _named(between(lever)) for number, lever in enumerate(levers.levers[:MOST])}
    y = {"field": "number", "type": "ordinal", "title": None,
         "axis": {"domain": False, "ticks": False, "grid": not single,
                  **beside(numbers, NUMBER)}}  # fmt: skip
    about = levers.about
    subtitle = [
        f"{about.title}{f', as of {about.as_of}' if about.as_of else ''}; pooled probability by "
        f"round {levers.round + 1}",
        _ends(levers)
        if single
        else "what each outcome gains (right) or loses (left) from the "
        "number's low end to its high end",
        f"the changes are those on {levers.rerun_draws:,} draws, counted from the forecast on "
        f"{about.draws:,} a combination of types",
    ]
    body = {
        "width": WIDTH,
        "height": {"step": step_for(numbers.values(), NUMBER, 24)},
        **(_one(levers, levers.asked[0], y) if single else _all(levers, y)),
    }
    return titled("What moves the forecast", subtitle, body)


def _named(number: str) -> str:
    """A number with its two ends, which stay on one line."""
    label, mark, ends = number.rpartition(" (")
    return f"{label}{mark}{ends.replace(' ', chr(0xA0))}"


def _ends(levers: Levers) -> str:
    title = levers.about.tier_titles[levers.asked[0]]
    return (
        f"{title}; hollow: the number at its low end, filled: at its high end; dashed: the forecast "
        "as it stands"
    )


def _one(levers: Levers, tier: str, y: Spec) -> Spec:
    """From the probability at a number's low end to that at its high end."""
    rows = list(_rows(levers, tier))
    ends = [row[key] for row in rows for key in ("low", "high")]
    x = {
        "type": "quantitative", "title": None, "axis": {"format": ".0%", "tickCount": 5},
        "scale": {"zero": False, "nice": True, "domain": _domain([*ends, levers.base[tier]])},
    }  # fmt: skip
    point = {"type": "point", "opacity": 1, "size": 60, "filled": True, "stroke": INK}
    fill = tier_colours(levers.tiers)[tier]
    layer = [
        {"mark": {"type": "rule", "strokeDash": [4, 3], "color": SOFT},
         "encoding": {"x": {**x, "datum": levers.base[tier]}}},
        {"mark": {"type": "bar", "height": 5, "color": MIDDLE},
         "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
        {"mark": {**point, "fill": "white"}, "encoding": {"y": y, "x": {**x, "field": "low"}}},
        {"mark": {**point, "fill": fill}, "encoding": {"y": y, "x": {**x, "field": "high"}}},
    ]  # fmt: skip
    return {"data": {"values": rows}, "layer": layer}


def _all(levers: Levers, y: Spec) -> Spec:
    """The change of every outcome, one dot each, in its colour."""
    rows = [row for tier in levers.tiers for row in _rows(levers, tier)]
    tiers, colours = list(levers.tiers), tier_colours(levers.tiers)
    x = {"field": "swing", "type": "quantitative", "title": "points of probability",
         "axis": {"format": "+d"}, "scale": {"nice": True}}  # fmt: skip
    fill = {
        "field": "tier", "type": "nominal",
        "scale": {"domain": tiers, "range": [colours[tier] for tier in tiers]},
        "legend": {"title": None, "columns": 2, "symbolType": "circle", "symbolStrokeColor": INK,
                   "labelExpr": called(levers.about.tier_titles, TIER)},
    }  # fmt: skip
    layer = [
        {"mark": {"type": "rule", "color": SOFT}, "encoding": {"x": {**x, "datum": 0}}},
        {"mark": {"type": "circle", "opacity": 1, "size": 80, "stroke": INK, "strokeWidth": 0.7},
         "encoding": {"y": y, "x": x, "fill": fill}},
    ]  # fmt: skip
    return {"data": {"values": rows}, "layer": layer}


def _domain(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    room = max((high - low) * 0.08, 0.01)
    return [max(low - room, 0.0), min(high + room, 1.0)]


def _rows(levers: Levers, tier: str) -> Iterator[dict[str, Any]]:
    for number, lever in enumerate(levers.levers[:MOST]):
        yield {
            "number": number,
            "tier": tier,
            "low": lever.low[tier],
            "high": lever.high[tier],
            "swing": 100 * lever.swing[tier],
        }
