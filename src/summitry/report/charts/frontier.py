"""The deals in the plane of two principals' gains, numbered as in the list below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.bargain import Deal, Deals
from summitry.report.charts.drawing import Spec, called, titled, wrap
from summitry.report.charts.matrix import Held, matrices
from summitry.report.charts.palette import INK, MIDDLE, tier_colours
from summitry.report.deals import no_zone

WIDTH, HEIGHT, TIER = 590, 380, 46
SHAPES = {"often signed": "square", "on the frontier": "circle", "a solution": "diamond"}


def frontier_chart(deals: Deals) -> Spec:
    """A Vega-Lite specification: the first two principals' gains.

    The frontier of two principals is a line; that of more is none in the plane of two.
    """
    first, second = deals.principals[0], deals.principals[min(1, len(deals.principals) - 1)]
    named = dict(_told(deals))
    rows = [
        _row(deal, number, number in named, (first, second))
        for number, deal in enumerate(deals.deals, start=1)
    ]
    _place_numbers([row for row in rows if row["number"]])
    rows.sort(key=lambda row: list(SHAPES).index(row["kind"]))  # what comes last covers the others
    names, about = deals.about.names, deals.about
    told = (
        f"{about.title}{f', as of {about.as_of}' if about.as_of else ''}; gains at the {deals.point}, "
        f"in each party's own points{_left_out(deals)}"
    )
    if not rows:
        none: Spec = {"width": WIDTH, "data": {"values": [{}]}, "mark": {"type": "text", "fontSize": 13},
                      "encoding": {"text": {"value": wrap(no_zone(deals), 70)}}}  # fmt: skip
        return titled("Which deals there are", [told], none)
    plane = len(deals.principals) <= 2
    x = _axis("x", f"gain of {names[first]}", rows)
    y = _axis("y", f"gain of {names[second]}", rows)
    line: Spec = {
        "transform": [{"filter": "datum.front"}],
        "mark": {"type": "line", "color": MIDDLE, "strokeWidth": 1.2, "interpolate": "linear"},
        "encoding": {"x": x, "y": y, "order": {"field": "x"}},
    }
    layer: list[Spec] = [
        *([line] if plane else []),
        {"mark": {"type": "point", "opacity": 1, "filled": True, "stroke": INK, "strokeWidth": 1},
         "encoding": {
             "x": x, "y": y,
             "shape": {"field": "kind", "type": "nominal",
                       "legend": {"title": None, "orient": "top", "offset": 2},
                       "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())}},
             "size": {"field": "size", "type": "quantitative", "scale": None},
             "fill": _tiers(deals)}},
        {"mark": "text",
         "encoding": {"x": {**x, "field": "tx"}, "y": {**y, "field": "ty"},
                      "text": {"field": "number"}}},
    ]  # fmt: skip
    plot = {"width": WIDTH, "height": HEIGHT, "data": {"values": rows}, "layer": layer}
    body = {"vconcat": [plot, *_packages(deals)], "spacing": 24,
            "resolve": {"legend": {"fill": "independent", "shape": "independent"}}}  # fmt: skip
    return titled("Which deals there are", [told], body)


def _tiers(deals: Deals) -> Spec:
    """What each package reaches, in the colours of the tiers."""
    tier_titles = deals.about.tier_titles
    reached = [tier for tier in tier_titles if any(deal.tier == tier for deal in deals.deals)]
    colours = tier_colours(list(tier_titles))
    return {
        "field": "tier", "type": "nominal",
        "scale": {"domain": reached, "range": [colours[tier] for tier in reached]},
        "legend": {"title": None, "columns": 2, "symbolType": "circle", "symbolStrokeColor": INK,
                   "labelExpr": called(tier_titles, TIER)},
    }  # fmt: skip


def _left_out(deals: Deals) -> str:
    """Who is not in the picture, and what that means for the frontier."""
    rest = [deals.about.names[name] for name in deals.principals[2:]]
    if not rest:
        return ""
    number = "1 more principal is" if len(rest) == 1 else f"{len(rest)} more principals are"
    return (
        f"; {number} not shown: {', '.join(rest)}. The frontier is over all of them, so a point on "
        "it may lie below others here"
    )


def _told(deals: Deals) -> Iterator[tuple[int, Deal]]:
    """The deals that are named below; where packages are not listed, the solutions alone."""
    for number, deal in enumerate(deals.deals, start=1):
        if deals.zone is not None or deal.solutions:
            yield number, deal


def _row(deal: Deal, number: int, told: bool, shown: tuple[str, str]) -> dict[str, Any]:
    x, y = (deal.gains[name] for name in shown)
    kind = "on the frontier" if deal.on_frontier else "often signed"
    return {
        "number": str(number) if told else "",
        "size": 80 if told else 12,
        "x": x,
        "y": y,
        "tx": x,
        "ty": y,
        "front": deal.on_frontier,
        "kind": "a solution" if deal.solutions else kind,
        "tier": deal.tier,
    }


def _axis(field: str, title: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    values = [row[field] for row in rows]
    low, high = min([0.0, *values]), max([1.0, *values])
    room = (high - low) * 0.06
    return {
        "field": field, "type": "quantitative", "title": title,
        "scale": {"domain": [low - room, high + room], "nice": False, "zero": False},
    }  # fmt: skip


def _place_numbers(rows: list[dict[str, Any]]) -> None:
    """Put each number beside its point, where it hides neither points nor other numbers."""
    if not rows:
        return
    wide = (max(r["x"] for r in rows) - min(0.0, *(r["x"] for r in rows)) or 1.0) * 1.12 / WIDTH
    high = (max(r["y"] for r in rows) - min(0.0, *(r["y"] for r in rows)) or 1.0) * 1.12 / HEIGHT
    taken = [(r["x"] / wide, r["y"] / high, 7.0) for r in rows]
    for row in rows:
        x, y = row["x"] / wide, row["y"] / high
        spots = [(x + r * dx, y + r * dy) for r in (13, 19, 26, 34) for dx, dy in AROUND]
        clear = [max(_overlap(spot, other) for other in taken) for spot in spots]
        best = spots[
            min(range(len(spots)), key=lambda k: (clear[k] > 0, clear[k] > 0 and clear[k], k))
        ]
        taken.append((*best, 8.0))
        row["tx"], row["ty"] = best[0] * wide, best[1] * high


AROUND = [(0.0, 1.0), (1.0, 0.6), (1.0, -0.6), (0.0, -1.0), (-1.0, -0.6), (-1.0, 0.6)]


def _overlap(spot: tuple[float, float], other: tuple[float, float, float]) -> float:
    """How deep a number placed at a spot reaches into what stands at another."""
    gap = ((spot[0] - other[0]) ** 2 + (spot[1] - other[1]) ** 2) ** 0.5
    return max(0.0, 7.0 + other[2] - gap)


def _packages(deals: Deals) -> Iterator[Spec]:
    """What the numbers stand for."""
    told, colours = list(_told(deals)), tier_colours(list(deals.about.tier_titles))
    solved = "; ".join(f"{k}: {', '.join(deal.solutions)}" for k, deal in told if deal.solutions)
    columns = [Held(k, deal.commitments, colours[deal.tier]) for k, deal in told]
    yield from matrices("What each package holds", solved, columns, deals.about.names)
