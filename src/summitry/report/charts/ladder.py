"""The roadmap as a ladder: time runs down, who moves stands left or right, trust as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summitry.analysis.orders import Order, OrderStep
from summitry.analysis.roadmap import Roadmap
from summitry.report.charts.drawing import INK, SOFT, Spec, titled, wrap

STEP = 34


def ladder_chart(roadmap: Roadmap) -> Spec:
    """A Vega-Lite specification of the order shown: the sliced one where slicing was asked."""
    order = _order(roadmap)
    about = roadmap.about
    if order is None:
        body: Spec = {"data": {"values": [{}]}, "mark": {"type": "text", "fontSize": 13},
                      "encoding": {"text": {"value": "no order of moves works at any trust"}}}  # fmt: skip
        return titled("Who moves first, and in which order", [about.title], body)
    sides = _sides(order)
    subtitle = [
        f"{about.title}, at the {roadmap.point}; time runs down",
        "dot: moves in this step; bar: the least trust the step asks; dashed: the trust it has",
    ]
    left, right = sides[:1], sides[1:]
    panels = [
        *(_panel(roadmap, order, name, mirrored=True) for name in left),
        _middle(roadmap, order, sides),
        *(_panel(roadmap, order, name, mirrored=False) for name in right),
    ]
    body = {"hconcat": panels, "spacing": 6, "bounds": "flush"}
    return titled("Who moves first, and in which order", subtitle, body)


def _order(roadmap: Roadmap) -> Order | None:
    tranches = roadmap.tranches
    if tranches is not None and tranches.order is not None:
        return tranches.order
    return roadmap.order


def _sides(order: Order) -> list[str]:
    """The movers that get a side of their own: the two that are in most steps."""
    times = {name: sum(name in step.movers for step in order.steps) for name in order.demand}
    return sorted(times, key=lambda name: -times[name])[:2]


def _y(number: int) -> dict[str, Any]:
    return {
        "field": "step", "type": "ordinal", "axis": None,
        "scale": {"domain": list(range(1, number + 1))},
    }  # fmt: skip


def _panel(roadmap: Roadmap, order: Order, name: str, *, mirrored: bool) -> Spec:
    rows = [
        {
            "step": number,
            "asked": 1.0 if step.asked[name] is None else step.asked[name],
            "label": _asked(step.asked[name]),
            # beyond the dashed line too: it would cross the figure
            "beside": max(step.asked[name] or 0.0, roadmap.trust[name]),
            "name": name,
        }
        for number, step in enumerate(order.steps, start=1)
        if name in step.movers
    ]
    y = _y(len(order.steps))
    x = {"type": "quantitative", "title": "trust",
         "axis": {"values": [0, 0.5, 1], "grid": False},
         "scale": {"domain": [1.12, -0.06] if mirrored else [-0.06, 1.12], "nice": False}}  # fmt: skip
    align, dx = ("right", -6) if mirrored else ("left", 6)
    layer = [
        {"mark": {"type": "rule", "strokeDash": [4, 3], "color": SOFT},
         "encoding": {"x": {**x, "datum": roadmap.trust[name]}}},
        {"mark": {"type": "bar", "height": 12, "color": "#8a8a8a"},
         "encoding": {"y": y, "x": {**x, "field": "asked"}, "x2": {"datum": 0}}},
        {"mark": {"type": "point", "opacity": 1, "filled": True, "size": 60, "color": INK},
         "encoding": {"y": y, "x": {**x, "datum": 0}}},
        {"transform": [{"filter": "datum.label != ''"}],
         "mark": {"type": "text", "align": align, "dx": dx, "fontSize": 11},
         "encoding": {"y": y, "x": {**x, "field": "beside"}, "text": {"field": "label"}}},
    ]  # fmt: skip
    return {
        "title": {
            "text": roadmap.about.names[name],
            "anchor": "middle",
            "fontSize": 12,
            "offset": 4,
        },
        "data": {"values": rows},
        "width": 190,
        "height": STEP * len(order.steps),
        "layer": layer,
    }


def _asked(value: float | None) -> str:
    if value is None:
        return "never"
    return f"{value:.2f}" if value >= 0.005 else ""


def _middle(roadmap: Roadmap, order: Order, sides: Sequence[str]) -> Spec:
    """The steps themselves, between the two sides, with whoever else moves."""
    rows = [
        {"step": number, "text": _told(roadmap, step, number, sides)}
        for number, step in enumerate(order.steps, start=1)
    ]
    return {
        "title": {"text": " ", "fontSize": 12, "offset": 4},
        "data": {"values": rows},
        "width": 270,
        "height": STEP * len(order.steps),
        "mark": {"type": "text", "align": "center", "fontSize": 11, "lineHeight": 12,
                 "baseline": "middle"},
        "encoding": {"y": _y(len(order.steps)), "text": {"field": "text"}},
    }  # fmt: skip


def _told(roadmap: Roadmap, step: OrderStep, number: int, sides: Sequence[str]) -> list[str]:
    done = " ⇄ ".join(f"{c} ({step.part[c]})" if c in step.part else c for c in step.commitments)
    others = [_other(roadmap, step, mover) for mover in step.movers if mover not in sides]
    together = "with " if len(others) < len(step.movers) else ""
    told = f" ({together}{', '.join(others)})" if others else ""
    return wrap(f"{number}. {done}{told}", 46)


def _other(roadmap: Roadmap, step: OrderStep, mover: str) -> str:
    """A mover without a side of its own, with the trust it needs where it needs some."""
    name, asked = roadmap.about.names[mover], step.asked[mover]
    if asked is None:
        return f"{name}, which would rather stop"
    return f"{name}: trust {asked:.2f}, has {step.trust[mover]:.2f}" if asked >= 0.005 else name
