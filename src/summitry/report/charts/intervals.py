"""Shares of several classes as dots with their intervals, one line each."""

from __future__ import annotations

from summitry.analysis.reference_classes import ReferenceClasses
from summitry.report.charts.drawing import Spec, beside, called, step_for, titled
from summitry.report.charts.palette import INK, MIDDLE, SOFT

WIDTH, OUTCOME, CLASS = 340, 38, 60  # of the plot; letters of a line of a label, of a title


def intervals_chart(found: ReferenceClasses) -> Spec:
    """A Vega-Lite specification: a row for each class and outcome, the share and its interval."""
    rows = [
        {
            "class": number,
            "line": rate.title,
            "rate": rate.rate,
            "low": rate.low,
            "high": rate.high,
            "cases": f"{rate.k:,} of {rate.n:,}",
        }
        for number, one in enumerate(found.classes)
        for rate in one.rates
    ]
    outcomes = {
        rate.title: rate.title.split(": ", 1)[-1] for one in found.classes for rate in one.rates
    }
    titles = {number: one.title for number, one in enumerate(found.classes)}
    y = {"field": "line", "type": "nominal", "sort": None, "title": None,
         "axis": {"ticks": False, "domain": False, **beside(outcomes, OUTCOME)}}  # fmt: skip
    x = {"field": "rate", "type": "quantitative", "title": "share of the cases",
         "scale": {"domain": [0, 1]}, "axis": {"format": ".0%"}}  # fmt: skip
    one = {
        "width": WIDTH,
        "height": {"step": step_for(outcomes.values(), OUTCOME, 22)},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3, "color": MIDDLE},
             "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": INK},
             "encoding": {"y": y, "x": x}},
            {"mark": {"type": "text", "align": "left", "x": WIDTH + 8, "color": SOFT},
             "encoding": {"y": y, "text": {"field": "cases"}}},
        ],
    }  # fmt: skip
    header = {"labelOrient": "top", "labelAnchor": "start", "labelPadding": 2,
              "labelExpr": called(titles, CLASS)}  # fmt: skip
    body = {
        "data": {"values": rows},
        "facet": {"row": {"field": "class", "type": "ordinal", "title": None, "header": header}},
        "spacing": 8,
        "resolve": {"scale": {"y": "independent"}},
        "spec": one,
    }
    subtitle = [
        f"{found.interval} intervals, {100 * found.confidence:.0f} %; k of n cases at the right"
    ]
    return titled("What past cases brought", subtitle, body)
