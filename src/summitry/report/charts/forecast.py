"""The tiers over the rounds: what is signed by the end of each, and what of it is carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from summitry.report.charts.drawing import PAGE, Spec, called, titled
from summitry.report.charts.palette import ink_on, tier_colours

HEIGHT, ABREAST = 320, 4
ROUND, TIER = 22, 46  # letters of a line of a title
LABELLED = 0.045  # a part of a bar that has room for its number
NAMES = {"pooled": "signed", "carried_out": "carried out"}


class Expected(Protocol):
    """A round of a forecast."""

    @property
    def title(self) -> str | None:
        """What it is called."""

    @property
    def date(self) -> dt.date | None:
        """Its day."""

    @property
    def pooled(self) -> Mapping[str, float]:
        """The probability that exactly this tier is signed by its end."""

    @property
    def carried_out(self) -> Mapping[str, float]:
        """The same of what is carried out."""


class Forecast(Protocol):
    """What is drawn of a forecast."""

    @property
    def title(self) -> str:
        """What it is of."""

    @property
    def as_of(self) -> dt.date | None:
        """What was known on this day counts."""

    @property
    def rounds(self) -> Sequence[Expected]:
        """Its rounds, in their order."""

    @property
    def tiers(self) -> Sequence[str]:
        """All outcomes, lowest first."""

    @property
    def tier_titles(self) -> Mapping[str, str]:
        """What a reader calls them."""


def forecast_chart(forecast: Forecast) -> Spec:
    """A Vega-Lite specification: two bars a round, the highest tier at the foot of each."""
    rows = list(_rows(forecast))
    colours = tier_colours(forecast.tiers)
    ranked = list(reversed(forecast.tiers))
    rounds = [_named(number, one) for number, one in enumerate(forecast.rounds, start=1)]
    abreast = min(len(rounds), ABREAST)
    wide = min(260, (PAGE - 90) // abreast - 20)
    x = {
        "field": "what", "type": "nominal", "title": None, "sort": list(NAMES.values()),
        "axis": {"labelAngle": 0, "domain": False, "ticks": False},
    }  # fmt: skip
    y = {
        "field": "from", "type": "quantitative", "title": "probability",
        "axis": {"format": ".0%"}, "scale": {"domain": [0, 1]},
    }  # fmt: skip
    fill = {
        "field": "tier", "type": "nominal",
        "scale": {"domain": ranked, "range": [colours[tier] for tier in ranked]},
        "legend": {"title": None, "columns": 2, "symbolType": "square",
                   "labelExpr": called(forecast.tier_titles, TIER)},
    }  # fmt: skip
    layer = [
        {"mark": {"type": "bar", "width": 0.33 * wide, "stroke": "white", "strokeWidth": 1},
         "encoding": {"x": x, "y": y, "y2": {"field": "to"}, "fill": fill}},
        {"transform": [{"filter": "datum.label != ''"}],
         "mark": {"type": "text", "baseline": "middle"},
         "encoding": {"x": x, "y": {**y, "field": "middle"}, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    body = {
        "data": {"values": rows},
        "facet": {"field": "round", "type": "ordinal", "title": None,
                  "header": {"labelExpr": called(dict(enumerate(rounds)), ROUND)}},
        "columns": abreast,
        "spacing": 20,
        "spec": {"width": wide, "height": HEIGHT, "layer": layer},
    }  # fmt: skip
    dated = f", as of {forecast.as_of}" if forecast.as_of else ""
    subtitle = [
        f"{forecast.title}{dated}",
        "by the end of each round: the highest outcome signed, and what of it is carried out",
    ]
    return titled("What is to be expected", subtitle, body)


def _named(number: int, one: Expected) -> str:
    return f"{number}. {one.title or 'round'} {one.date or ''}".rstrip()


def _rows(forecast: Forecast) -> Iterator[dict[str, Any]]:
    """The parts of the bars, from the foot up."""
    colours = tier_colours(forecast.tiers)
    for number, one in enumerate(forecast.rounds):
        for field, what in NAMES.items():
            foot = 0.0
            for tier in reversed(forecast.tiers):
                share = getattr(one, field)[tier]
                yield {
                    "round": number,
                    "what": what,
                    "tier": tier,
                    "from": foot,
                    "to": foot + share,
                    "middle": foot + share / 2,
                    "label": f"{100 * share:.0f}" if share >= LABELLED else "",
                    "ink": ink_on(colours[tier]),
                }
                foot += share
