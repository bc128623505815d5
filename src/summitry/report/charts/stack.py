"""What stands in the way of each tier, as stacked bars: one row a tier, one block a round.

Before the signature and after it: what is signed is divided in what is carried out and the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.obstacles import Obstacles
from summitry.report.charts.drawing import (
    LABEL,
    LETTER,
    PLOT,
    Spec,
    beside,
    called,
    step_for,
    titled,
)
from summitry.report.charts.palette import KINDS, ink_on, paler, tier_colours
from summitry.report.frame import dated
from summitry.report.reasons import OBSTACLES

CARRIED, SIGNED = "carried out", "signed only"
OWN = [CARRIED, SIGNED]
SHADES = dict(zip(OBSTACLES, KINDS, strict=False))


def stack_chart(obstacles: Obstacles) -> Spec:
    """A Vega-Lite specification: what is signed in the tier's colour, then the obstacles."""
    titles = obstacles.about.tier_titles
    tiers = [tier.tier for tier in obstacles.tiers]
    rounds = {
        number: dated(f"by round {number}{f': {one.title}' if one.title else ''}", one.date)
        for number, one in enumerate(obstacles.rounds, start=1)
    }
    y = {
        "field": "tier", "type": "nominal", "sort": tiers, "title": None,
        "axis": {"domain": False, "ticks": False, **beside(titles)},
    }  # fmt: skip
    fill = {
        "field": "what", "type": "nominal",
        "scale": {"domain": list(SHADES), "range": list(SHADES.values())},
        "legend": {"title": "the rest", "titleOrient": "left", "symbolType": "square",
                   "symbolStrokeWidth": 0, "columns": 4, "labelExpr": called(OBSTACLES)},
    }  # fmt: skip
    x = {"field": "from", "type": "quantitative", "title": "share of draws",
         "axis": {"format": ".0%"}, "scale": {"domain": [0, 1]}}  # fmt: skip
    place = {"y": y, "x": x, "x2": {"field": "to"}}
    bar = {"type": "bar", "stroke": "white", "strokeWidth": 1, "height": 24}
    layer = [
        {"transform": [{"filter": f"indexof({OWN}, datum.what) >= 0"}], "mark": bar,
         "encoding": {**place, "fill": {"field": "shade", "type": "nominal", "scale": None}}},
        {"transform": [{"filter": f"indexof({OWN}, datum.what) < 0"}], "mark": bar,
         "encoding": {**place, "fill": fill}},
        {"transform": [{"filter": "datum.label != ''"}],
         "mark": {"type": "text", "baseline": "middle"},
         "encoding": {"y": y, "x": {**x, "field": "middle"}, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    body = {
        "data": {"values": list(_rows(obstacles))},
        "facet": {"row": {"field": "round", "type": "ordinal", "title": None,
                          "header": {"labelOrient": "top", "labelAnchor": "start",
                                     "labelExpr": called(rounds, 2 * LABEL)}}},
        "spec": {"width": PLOT, "layer": layer,
                 "height": {"step": step_for(titles[tier] for tier in tiers)}},
    }  # fmt: skip
    about = obstacles.about
    subtitle = [
        f"{about.title}{f', as of {about.as_of}' if about.as_of else ''}; share of draws in the model",
        "at the left, in the outcome's colour: at least it is signed and carried out; paler: signed only",
    ]
    return titled("What stands in the way of at least ...", subtitle, body)


def _rows(obstacles: Obstacles) -> Iterator[dict[str, Any]]:
    colours = tier_colours(list(obstacles.about.tier_titles))
    for number, one in enumerate(obstacles.rounds, start=1):
        for tier in (tier.tier for tier in obstacles.tiers):
            start = 0.0
            lost = sum(one.afterwards[tier].values())
            shares = {CARRIED: one.tiers[tier]["reached"] - lost, SIGNED: lost, **one.tiers[tier]}
            own = {CARRIED: colours[tier], SIGNED: paler(colours[tier])}
            for name, shown in {CARRIED: CARRIED, SIGNED: SIGNED, **OBSTACLES}.items():
                share = shares[name]
                shade = {**SHADES, **own}[name]
                if share > 0:
                    yield {
                        "round": number,
                        "tier": tier,
                        "what": name,
                        "shade": shade,
                        "from": start,
                        "to": start + share,
                        "middle": start + share / 2,
                        "label": _label(shown, share),
                        "ink": ink_on(shade),
                    }
                start += share


def _label(shown: str, share: float) -> str:
    """As much of a label as its part of the bar has room for."""
    number = f"{100 * share:.0f}"
    room = share * PLOT / LETTER
    if len(shown) + len(number) + 2 <= room:
        return f"{shown} {number}"
    return number if len(number) + 1 <= room else ""
