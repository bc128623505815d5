"""What stands in the way of each tier, as stacked bars: one row a tier, one block a round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.analysis.obstacles import Obstacles
from summitry.report.charts.drawing import Spec, titled

NAMES = {
    "reached": "reached",
    "interests": "interests",
    "veto": "veto",
    "commitment": "commitment",
    "information": "information",
    "left-on-the-table": "left on the table",
    "settled-lower": "settled lower",
}
GREYS = ["#1a1a1a", "#f7f7f7", "#bdbdbd", "#737373", "#d9d9d9", "#969696", "#ededed"]
LIGHT = {"reached", "commitment", "left-on-the-table"}
WIDTH = 640


def stack_chart(obstacles: Obstacles) -> Spec:
    """A Vega-Lite specification; every part is labelled where it stands."""
    rows = list(_rows(obstacles))
    rounds = list(dict.fromkeys(row["round"] for row in rows))
    tiers = list(dict.fromkeys(row["tier"] for row in rows))
    y = {
        "field": "tier",
        "type": "nominal",
        "sort": tiers,
        "title": None,
        "axis": {"domain": False, "ticks": False},
    }
    shades = {
        "field": "what", "type": "nominal",
        "scale": {"domain": list(NAMES.values()), "range": GREYS},
        "legend": {"title": None, "symbolStrokeColor": "#111111", "symbolStrokeWidth": 1, "columns": 7},
    }  # fmt: skip
    bar = {
        "mark": {"type": "bar", "stroke": "#111111", "strokeWidth": 0.7, "height": 26},
        "encoding": {
            "y": y,
            "x": {"field": "from", "type": "quantitative", "title": "share of draws",
                  "axis": {"format": ".0%"}, "scale": {"domain": [0, 1]}},
            "x2": {"field": "to"},
            "color": shades,
        },
    }  # fmt: skip
    text = {
        "transform": [{"filter": "datum.label != ''"}],
        "mark": {"type": "text", "fontSize": 10, "baseline": "middle"},
        "encoding": {
            "y": y,
            "x": {"field": "middle", "type": "quantitative"},
            "text": {"field": "label"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
    body = {
        "data": {"values": rows},
        "facet": {"row": {"field": "round", "type": "nominal", "sort": rounds, "title": None,
                          "header": {"labelOrient": "top", "labelAnchor": "start"}}},
        "spec": {"width": WIDTH, "height": {"step": 34}, "layer": [bar, text]},
    }  # fmt: skip
    about = obstacles.about
    subtitle = [
        f"{about.title}{f', as of {about.as_of}' if about.as_of else ''}; share of draws in the model"
    ]
    return titled("What stands in the way of at least ...", subtitle, body)


def _rows(obstacles: Obstacles) -> Iterator[dict[str, Any]]:
    asked = [tier.tier for tier in obstacles.tiers]
    for number, one in enumerate(obstacles.rounds, start=1):
        title = f"by round {number}{f': {one.title}' if one.title else ''} {f' ({one.date})' if one.date else ''}"
        for tier in asked:
            start = 0.0
            for name, shown in NAMES.items():
                share = one.tiers[tier][name]
                if share > 0:
                    yield {
                        "round": title,
                        "tier": tier,
                        "what": shown,
                        "from": start,
                        "to": start + share,
                        "middle": start + share / 2,
                        "label": _label(shown, share),
                        "ink": "white" if name in LIGHT else "#111111",
                    }
                start += share


def _label(shown: str, share: float) -> str:
    """As much of a label as its part of the bar has room for."""
    number = f"{100 * share:.0f}"
    room = share * WIDTH / 5.6
    if len(shown) + len(number) + 1 <= room:
        return f"{shown} {number}"
    return number if len(number) + 1 <= room else ""
