"""The forecast over time, with the signals that became known and what others said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from summitry.analysis.timeline import News, Timeline
from summitry.report.charts.drawing import LINE, PLOT, Spec, apart, titled, wrap
from summitry.report.charts.palette import INK, PALE, SOFT, tier_colours

DASHES = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [1, 3], [14, 4]]
HEIGHT = 300
LABELLED = 6
MOST_TICKS = 8
END, NEWS = 32, 100  # letters of a line beside and below the plot
DAY = 86_400


def timeline_chart(timeline: Timeline) -> Spec:
    """A Vega-Lite specification: lines above, pulls of the signals below, and which they are."""
    strongest = _strongest(timeline)
    about = timeline.about
    title = timeline.round_title or "the round"
    subtitle = [
        f"{about.title}: pooled probabilities of {title} ({timeline.round_date}), replayed",
        "diamonds: what others said of one outcome, with a number",
    ]
    below = [_pulls(timeline, strongest), _list(strongest)] if strongest else []
    body = {"vconcat": [_lines(timeline), *below], "spacing": 10}
    return titled("The forecast over time", subtitle, body)


def _ends(timeline: Timeline) -> tuple[dt.date, dt.date]:
    first, last = timeline.moments[0].date, timeline.moments[-1].date
    return (first if first < last else first - dt.timedelta(days=15)), last


def ticks(first: dt.date, last: dt.date) -> tuple[list[dt.date], str]:
    """The days on an axis and how they are written: first days of months, or days of a short time."""
    months = [
        dt.date(first.year + k // 12, k % 12 + 1, 1)
        for k in range(first.month, (last.year - first.year) * 12 + last.month)
    ]
    if len(months) >= 3:
        return months[:: -(-len(months) // MOST_TICKS)], "%b %Y"
    days = (last - first).days
    step = max(-(-days // (MOST_TICKS - 1)), 1)
    return [first + dt.timedelta(days=k) for k in range(0, days + 1, step)], "%-d %b"


def _day(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "date": day.day}


def _x(timeline: Timeline, *, axis: bool) -> dict[str, Any]:
    days, form = ticks(*_ends(timeline))
    return {
        "field": "date", "type": "temporal", "title": None,
        "scale": {"domain": [_day(day) for day in _ends(timeline)]},
        "axis": {"format": form, "values": [_day(day) for day in days]} if axis else None,
    }  # fmt: skip


def _lines(timeline: Timeline) -> Spec:
    colours = tier_colours(timeline.tiers)
    rows = [
        {"date": m.date.isoformat(), "tier": tier, "p": m.pooled[tier]}
        for m in timeline.moments
        for tier in timeline.tiers
    ]
    top = 1.12 * max(max(m.pooled.values()) for m in timeline.moments)
    rivals = [
        {"date": r.date.isoformat(), "p": r.probability,
         "fill": colours[r.tiers[0]] if len(r.tiers) == 1 else "white"}
        for r in timeline.rivals
        if r.ours is not None and r.probability is not None and r.probability <= top
        and timeline.moments[0].date <= r.date <= timeline.moments[-1].date
    ]  # fmt: skip
    y = {"field": "p", "type": "quantitative", "title": None, "axis": {"format": ".0%"},
         "scale": {"domain": [0, top], "nice": False}}  # fmt: skip
    x = _x(timeline, axis=True)
    tiers = list(timeline.tiers)
    scale = {"field": "tier", "type": "nominal", "legend": None}
    dash = {**scale, "scale": {"domain": tiers, "range": _dashes(timeline)}}
    colour = {**scale, "scale": {"domain": tiers, "range": [colours[tier] for tier in tiers]}}
    names = _names(timeline, top)
    squares = {"field": "tier", "type": "nominal", "legend": None, "scale": colour["scale"]}
    layer = [
        {"data": {"values": rows},
         "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.2},
         "encoding": {"x": x, "y": y, "strokeDash": dash, "color": colour}},
        {"data": {"values": names},
         "mark": {"type": "text", "align": "left", "dx": 20, "baseline": "middle"},
         "encoding": {"x": x, "y": {**y, "field": "place"}, "text": {"field": "text"}}},
        {"data": {"values": [name for name in names if name["first"]]},
         "mark": {"type": "square", "size": 60, "opacity": 1, "xOffset": 12},
         "encoding": {"x": x, "y": {**y, "field": "place"}, "fill": squares, "stroke": squares}},
        {"data": {"values": rivals},
         "mark": {"type": "point", "opacity": 1, "shape": "diamond", "filled": True, "size": 70,
                  "stroke": INK, "strokeWidth": 1},
         "encoding": {"x": x, "y": y, "fill": {"field": "fill", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    return {"width": PLOT, "height": HEIGHT, "layer": layer}


def _names(timeline: Timeline, top: float) -> list[dict[str, Any]]:
    """The outcomes at the ends of their lines, a row a line of text, none over another."""
    last = timeline.moments[-1]
    told = [
        wrap(f"{timeline.about.tier_titles[tier]}  {100 * last.pooled[tier]:.0f} %", END)
        for tier in timeline.tiers
    ]
    unit = top / HEIGHT
    gap = max(len(lines) for lines in told) * LINE + 4
    places = apart([last.pooled[tier] for tier in timeline.tiers], gap * unit)
    # a block of lines at the foot or the top is moved into the plot
    low = max(0.0, gap / 2 * unit - min(places))
    return [
        {"date": last.date.isoformat(), "text": line, "tier": tier, "first": k == 0,
         "place": place + low + ((len(lines) - 1) / 2 - k) * LINE * unit}
        for tier, lines, place in zip(timeline.tiers, told, places, strict=True)
        for k, line in enumerate(lines)
    ]  # fmt: skip


def _dashes(timeline: Timeline) -> list[list[int]]:
    return [DASHES[k % len(DASHES)] for k in range(len(timeline.tiers))]


def _largest(news: News) -> float:
    return max(abs(p) for p in news.pull.values())


def _strongest(timeline: Timeline) -> list[tuple[dt.date, News]]:
    """The signals with the largest pull, by date."""
    pairs = [(moment.date, news) for moment in timeline.moments for news in moment.news]
    pairs.sort(key=lambda pair: -_largest(pair[1]))
    return sorted(pairs[:LABELLED], key=lambda pair: pair[0])


def _pulls(timeline: Timeline, strongest: list[tuple[dt.date, News]]) -> Spec:
    rows = [
        {"date": m.date.isoformat(), "pull": 100 * _largest(news)}
        for m in timeline.moments
        for news in m.news
    ]
    top = max(100 * _largest(news) for m in timeline.moments for news in m.news)
    x = _x(timeline, axis=False)
    y = {"field": "pull", "type": "quantitative", "title": ["pull,", "points"],
         "scale": {"domain": [0, top * 1.4], "nice": False}, "axis": {"tickCount": 3}}  # fmt: skip
    layer: list[Spec] = [
        {"data": {"values": rows}, "mark": {"type": "rule", "color": SOFT, "strokeWidth": 2},
         "encoding": {"x": x, "y": y, "y2": {"datum": 0}}},
        {"data": {"values": _numbers(timeline, strongest, top)},
         "mark": {"type": "text", "dy": -9},
         "encoding": {"x": x, "y": {**y, "field": "top"}, "text": {"field": "number"}}},
    ]  # fmt: skip
    return {"width": PLOT, "height": 70, "layer": layer}


def _numbers(
    timeline: Timeline, strongest: list[tuple[dt.date, News]], top: float
) -> list[dict[str, Any]]:
    """The numbers of the strongest signals over their days, none over another."""
    first, last = _ends(timeline)
    begin = dt.datetime.combine(first, dt.time())
    unit = (last - first).days / PLOT
    places = apart([float((day - first).days) for day, _ in strongest], 15 * unit)
    over = max(0.0, max(places) - (last - first).days)  # a row of numbers at the end is moved in
    return [
        {
            "date": (begin + dt.timedelta(days=place - over)).isoformat(),
            "number": str(k),
            "top": top,
        }
        for k, place in enumerate(places, start=1)
    ]


def _list(strongest: list[tuple[dt.date, News]]) -> Spec:
    """What the numbers stand for."""
    rows = [
        {"row": row, "number": number, "text": text}
        for row, (number, text) in enumerate(
            (str(k) if first else "", line)
            for k, (day, news) in enumerate(strongest, start=1)
            for first, line in _first_marked(wrap(f"{day}  {news.says} ({news.id})", NEWS))
        )
    ]
    y = {"field": "row", "type": "ordinal", "axis": None}
    return {
        "width": PLOT + 180,
        "height": (LINE + 2) * len(rows),
        "data": {"values": rows},
        "view": {"stroke": PALE},
        "layer": [
            {"mark": {"type": "text", "align": "right", "x": 12},
             "encoding": {"y": y, "text": {"field": "number"}}},
            {"mark": {"type": "text", "align": "left", "x": 20},
             "encoding": {"y": y, "text": {"field": "text"}}},
        ],
    }  # fmt: skip


def _first_marked(lines: list[str]) -> list[tuple[bool, str]]:
    return [(k == 0, line) for k, line in enumerate(lines)]
