"""The forecast over time, with the signals that became known and what others said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from summitry.analysis.timeline import News, Timeline
from summitry.report.charts.drawing import INK, PALE, SOFT, Spec, apart, titled, wrap

DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [12, 4]]
HEIGHT, WIDTH = 300, 680
LABELLED = 6


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


def _domain(timeline: Timeline) -> list[dict[str, int]]:
    first, last = timeline.moments[0].date, timeline.moments[-1].date
    if first == last:
        first -= dt.timedelta(days=15)
    return [{"year": d.year, "month": d.month, "date": d.day} for d in (first, last)]


def _x(timeline: Timeline, *, axis: bool) -> dict[str, Any]:
    return {
        "field": "date", "type": "temporal", "title": None,
        "scale": {"domain": _domain(timeline)},
        "axis": {"format": "%b %Y", "tickCount": 8, "labelOverlap": True} if axis else None,
    }  # fmt: skip


def _lines(timeline: Timeline) -> Spec:
    rows = [
        {"date": m.date.isoformat(), "tier": tier, "p": m.pooled[tier]}
        for m in timeline.moments
        for tier in timeline.tiers
    ]
    top = 1.12 * max(max(m.pooled.values()) for m in timeline.moments)
    rivals = [
        {"date": r.date.isoformat(), "p": r.probability, "by": r.by}
        for r in timeline.rivals
        if r.ours is not None and r.probability is not None and r.probability <= top
        and timeline.moments[0].date <= r.date <= timeline.moments[-1].date
    ]  # fmt: skip
    last = timeline.moments[-1]
    places = apart([last.pooled[tier] for tier in timeline.tiers], top * 27 / HEIGHT)
    labels = [
        {"date": last.date.isoformat(), "place": place, "text": _end(timeline, tier)}
        for tier, place in zip(timeline.tiers, places, strict=True)
    ]
    y = {"field": "p", "type": "quantitative", "title": None, "axis": {"format": ".0%"},
         "scale": {"domain": [0, top], "nice": False}}  # fmt: skip
    x = _x(timeline, axis=True)
    dash = {"field": "tier", "type": "nominal", "legend": None,
            "scale": {"domain": list(timeline.tiers), "range": _dashes(timeline)}}  # fmt: skip
    layer = [
        {"data": {"values": rows},
         "mark": {"type": "line", "interpolate": "step-after", "color": INK, "strokeWidth": 1.6},
         "encoding": {"x": x, "y": y, "strokeDash": dash}},
        {"data": {"values": labels},
         "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 11, "lineHeight": 12,
                  "baseline": "middle"},
         "encoding": {"x": x, "y": {**y, "field": "place"}, "text": {"field": "text"}}},
        {"data": {"values": rivals},
         "mark": {"type": "point", "opacity": 1, "shape": "diamond", "filled": True, "size": 70, "color": SOFT},
         "encoding": {"x": x, "y": y}},
    ]  # fmt: skip
    return {"width": WIDTH, "height": HEIGHT, "layer": layer}


def _dashes(timeline: Timeline) -> list[list[int]]:
    return [DASHES[k % len(DASHES)] for k in range(len(timeline.tiers))]


def _end(timeline: Timeline, tier: str) -> list[str]:
    title = wrap(timeline.about.tier_titles[tier], 34)[:2]
    share = f"{100 * timeline.moments[-1].pooled[tier]:.0f} %"
    return [f"{title[0]}", f"{title[1]}  {share}"] if len(title) > 1 else [f"{title[0]}  {share}"]


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
    first, last = timeline.moments[0].date, timeline.moments[-1].date
    days = max((last - first).days, 1)
    places = apart([float((day - first).days) for day, _ in strongest], 30 * days / WIDTH)
    names = [
        {"date": (first + dt.timedelta(days=round(place))).isoformat(), "name": news.id, "top": top}
        for place, (_, news) in zip(places, strongest, strict=True)
    ]
    x = _x(timeline, axis=False)
    y = {"field": "pull", "type": "quantitative", "title": "pull, points",
         "scale": {"domain": [0, top * 1.4], "nice": False}, "axis": {"tickCount": 3}}  # fmt: skip
    layer: list[Spec] = [
        {"data": {"values": rows}, "mark": {"type": "rule", "color": SOFT, "strokeWidth": 2},
         "encoding": {"x": x, "y": y, "y2": {"datum": 0}}},
        {"data": {"values": names}, "mark": {"type": "text", "dy": -9, "fontSize": 10},
         "encoding": {"x": x, "y": {**y, "field": "top"}, "text": {"field": "name"}}},
    ]  # fmt: skip
    return {"width": WIDTH, "height": 70, "layer": layer}


def _list(strongest: list[tuple[dt.date, News]]) -> Spec:
    rows = [
        {"row": k, "text": f"{news.id}  {day}  {wrap(news.says, 108)[0]}"}
        for k, (day, news) in enumerate(strongest)
    ]
    return {
        "width": WIDTH,
        "height": 15 * len(rows),
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "fontSize": 10.5, "color": INK, "x": 6},
        "encoding": {
            "y": {"field": "row", "type": "ordinal", "axis": None},
            "text": {"field": "text"},
        },
        "view": {"stroke": PALE},
    }
