"""The roadmap as a ladder: time runs down; the trust each step asks, and what each party then holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.orders import Order, OrderStep
from summitry.analysis.roadmap import Roadmap
from summitry.report.charts.drawing import Spec, beside, called, step_for, titled, wrap
from summitry.report.charts.palette import INK, PALE, SOFT, party_colours
from summitry.report.frame import trust

STEP = 46  # letters of a line of a step
TRUST, HELD, ALONE = 150, 190, 370  # widths: of the panel of trust, of the other beside it or alone
LANE = 9  # between the bars of a step's movers


def ladder_chart(roadmap: Roadmap) -> Spec:
    """A Vega-Lite specification of the order shown: the sliced one where slicing was asked."""
    order = _order(roadmap)
    about = roadmap.about
    if order is None:
        body: Spec = {"data": {"values": [{}]}, "mark": {"type": "text", "fontSize": 13},
                      "encoding": {"text": {"value": "no order of moves works at any trust"}}}  # fmt: skip
        return titled("Who moves first, and in which order", [about.title], body)
    steps = {
        number: _told(roadmap, step, number) for number, step in enumerate(order.steps, start=1)
    }
    asking = list(_asking(order))
    subtitle = [
        f"{about.title}, at the {roadmap.point}; time runs down",
        "bars: the least trust a step asks of a mover (its number) and the trust that it has (pale)"
        if asking
        else "no step asks anybody for trust",
        "lines: what each party holds if all stops after the step, in its own points",
        "tempted: would gain by stopping before the step; those who move earlier have to trust it"
        if order.tempted
        else "nobody would gain by stopping on the way",
    ]
    panels = [_trust(roadmap, steps, asking)] if asking else []
    panels.append(_held(roadmap, order, steps, first=not asking))
    body = {"hconcat": panels, "spacing": 16}
    return titled("Who moves first, and in which order", subtitle, body)


def _order(roadmap: Roadmap) -> Order | None:
    tranches = roadmap.tranches
    if tranches is not None and tranches.order is not None:
        return tranches.order
    return roadmap.order


def _told(roadmap: Roadmap, step: OrderStep, number: int) -> str:
    names = roadmap.about.names
    done = " ⇄ ".join(
        f"{names[c]} ({step.part[c]})" if c in step.part else names[c] for c in step.commitments
    )
    who = (f"{names[p]} (tempted)" if p in step.tempted else names[p] for p in step.movers)
    return f"{number}. {', '.join(who)}: {done}"


def _asking(order: Order) -> Iterator[dict[str, Any]]:
    """The movers that need some trust: a bar each, those of one step above each other."""
    for number, step in enumerate(order.steps, start=1):
        asked = {p: x for p, x in step.asked.items() if x is None or x >= 0.005}
        for lane, (party, least) in enumerate(asked.items()):
            yield {
                "step": number,
                "party": party,
                "zero": 0,
                "asked": 1.0 if least is None else least,
                "has": step.trust[party],
                "label": trust(least),
                "beside": max(1.0 if least is None else least, step.trust[party]),
                "lane": 2 * lane - len(asked) + 1,
            }


def _y(steps: dict[int, str], *, named: bool) -> Spec:
    plain = {"domain": False, "ticks": False, "grid": True}
    told = {**beside(steps, STEP), "labelPadding": 8} if named else {"labels": False}
    return {
        "field": "step", "type": "ordinal", "title": None, "axis": {**plain, **told},
        "scale": {"domain": list(steps), "paddingInner": 0, "paddingOuter": 0},
    }  # fmt: skip


def _tall(steps: dict[int, str]) -> int:
    """The height of a step, the same in both panels."""
    return step_for(steps.values(), STEP, 34)


def _colour(roadmap: Roadmap) -> Spec:
    """The colours of those that hold or ask something, the same in both panels."""
    order = _order(roadmap)
    parties = list(order.demand) if order else []
    colours = party_colours(parties)
    return {
        "field": "party", "type": "nominal",
        "scale": {"domain": parties, "range": [colours[party] for party in parties]},
        "legend": {"title": None, "columns": 4, "symbolType": "square",
                   "labelExpr": called(roadmap.about.names, 30)},
    }  # fmt: skip


def _trust(roadmap: Roadmap, steps: dict[int, str], rows: list[dict[str, Any]]) -> Spec:
    tall = _tall(steps)
    rows = [row | {"shift": tall / 2 + LANE * row["lane"]} for row in rows]
    y, shift = _y(steps, named=True), {"field": "shift", "type": "quantitative", "scale": None}
    x = {"type": "quantitative", "title": "trust",
         "axis": {"values": [0, 0.5, 1], "grid": False}, "scale": {"domain": [0, 1.25], "nice": False}}  # fmt: skip
    place = {"y": y, "yOffset": shift}
    layer = [
        {"mark": {"type": "rule", "strokeWidth": 13, "color": PALE},
         "encoding": {**place, "x": {**x, "field": "zero"}, "x2": {"field": "has"}}},
        {"mark": {"type": "rule", "strokeWidth": 7},
         "encoding": {**place, "x": {**x, "field": "zero"}, "x2": {"field": "asked"},
                      "color": _colour(roadmap)}},
        {"mark": {"type": "text", "align": "left", "dx": 5, "baseline": "middle"},
         "encoding": {**place, "x": {**x, "field": "beside"}, "text": {"field": "label"}}},
    ]  # fmt: skip
    return {
        "data": {"values": rows}, "width": TRUST, "height": tall * len(steps), "layer": layer,
    }  # fmt: skip


def _held(roadmap: Roadmap, order: Order, steps: dict[int, str], *, first: bool) -> Spec:
    """What each mover holds after each step, a line each."""
    rows = [
        {"step": number, "party": party, "held": step.held[party], "size": 150 / (k + 1)}
        for number, step in enumerate(order.steps, start=1)
        for k, party in enumerate(order.demand)  # where several hold the same, all can be seen
    ]
    y = _y(steps, named=first)
    x = {"field": "held", "type": "quantitative", "title": wrap("holds after the step, in its own points", 40),
         "axis": {"tickCount": 5}, "scale": {"padding": 10}}  # fmt: skip
    colour = _colour(roadmap)
    layer = [
        {"mark": {"type": "rule", "color": SOFT, "strokeWidth": 1}, "encoding": {"x": {**x, "datum": 0}}},
        {"mark": {"type": "line", "strokeWidth": 2},
         "encoding": {"x": x, "y": y, "order": {"field": "step"}, "color": colour}},
        {"mark": {"type": "point", "filled": True, "opacity": 1, "stroke": INK, "strokeWidth": 0.7},
         "encoding": {"x": x, "y": y, "fill": colour,
                      "size": {"field": "size", "type": "quantitative", "scale": None}}},
    ]  # fmt: skip
    return {
        "data": {"values": rows}, "width": ALONE if first else HELD,
        "height": _tall(steps) * len(steps), "layer": layer,
    }  # fmt: skip
