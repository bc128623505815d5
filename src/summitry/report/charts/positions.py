"""Each issue as its scale: the forecast's density above, the parties and their trades below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summitry.analysis.positions.answer import Positions
from summitry.analysis.positions.issue import IssueForecast, Standing
from summitry.analysis.positions.trading import Move
from summitry.report.charts.drawing import Spec, titled, wrap
from summitry.report.charts.palette import INK, KINDS, SOFT
from summitry.report.numbers import figure

WIDTH, ABOVE, LINE = 500, 64, 16
TITLE = 90  # letters of a line
LETTER = 6.8  # the room of a letter of a name, capitals among them
ARROWS = 4
BIGGEST = 260.0
TRADED, LIKELY = KINDS[3], KINDS[4]
Row = dict[str, Any]


def positions_chart(answer: Positions) -> Spec:
    """A Vega-Lite specification: a panel an issue, below each other."""
    panels = [_panel(issue, answer) for issue in answer.issues]
    arrows = "; arrows are votes that would be traded" if answer.trading else ""
    resolved = any(issue.resolution is not None for issue in answer.issues)
    subtitle = [
        f"{answer.about.title}{f', as of {answer.about.as_of}' if answer.about.as_of else ''}",
        "Above each line the probability of the outcome; on it the median and the middle 50 and 90 %",
        f"Below it the parties, by power x salience{arrows}"
        f"{'; dashed: the outcome' if resolved else ''}",
    ]
    return titled("What is to be expected, issue by issue", subtitle, {"vconcat": panels})


def _panel(issue: IssueForecast, answer: Positions) -> Spec:
    names = answer.about.names
    parties, depth = _parties(issue, names)
    arrows, depth = _arrows(issue, answer, names, depth)
    x = {
        "type": "quantitative", "title": None,
        "scale": {"domain": [issue.low, issue.high], "nice": False, "zero": False},
        "axis": {"grid": False, "offset": 4, "format": ".6~g", **_ticks(issue)},
    }  # fmt: skip
    y = {
        "type": "quantitative", "axis": None,
        "scale": {"domain": [-depth, ABOVE], "nice": False, "zero": False},
    }  # fmt: skip
    return {
        "title": {
            "text": wrap(issue.title, TITLE),
            "fontSize": 12,
            "anchor": "start",
            "frame": "group",
            "offset": 6,
        },
        "width": WIDTH,
        "height": ABOVE + depth,
        "layer": [
            *_outcome(issue, x, y),
            *_density(issue, x, y),
            *_marks(parties, x, y),
            *_traded(arrows, x, y),
        ],
    }


def _ticks(issue: IssueForecast) -> Spec:
    """Ticks at the places that mean something, where more than the ends do."""
    places = sorted(float(place) for place in issue.scale)
    return {"values": places} if len(places) > 2 else {}


def _outcome(issue: IssueForecast, x: Spec, y: Spec) -> list[Spec]:
    """A dashed line where the outcome was, if the dossier says."""
    if issue.resolution is None:
        return []
    return [
        {"data": {"values": [{"x": issue.resolution, "y": 0, "top": ABOVE}]},
         "mark": {"type": "rule", "color": INK, "strokeDash": [3, 3]},
         "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "y2": {"field": "top"}}}
    ]  # fmt: skip


def _density(issue: IssueForecast, x: Spec, y: Spec) -> list[Spec]:
    """The histogram, the scale's line, and the intervals on it."""
    wide = (issue.high - issue.low) / (len(issue.histogram) - 1)
    top = max(issue.histogram)
    cells = [
        {"from": max(issue.low + (k - 0.5) * wide, issue.low),
         "to": min(issue.low + (k + 0.5) * wide, issue.high),
         "high": ABOVE * share / top, "zero": 0}
        for k, share in enumerate(issue.histogram)
    ]  # fmt: skip
    spans = [
        {"from": ends[0], "to": ends[1], "y": 0, "size": size}
        for ends, size in ((issue.interval_90, 2.0), (issue.interval_50, 6.0))
    ]
    line = [{"from": issue.low, "to": issue.high, "y": 0}]
    middle = [{"x": issue.point, "y": 0, "text": figure(issue.point)}]
    start, end = {"x": {**x, "field": "from"}}, {"x2": {"field": "to"}}
    at = {"y": {**y, "field": "y"}}
    return [
        {"data": {"values": cells}, "mark": {"type": "bar", "color": LIKELY},
         "encoding": {**start, **end, "y": {**y, "field": "high"}, "y2": {"field": "zero"}}},
        {"data": {"values": line}, "mark": {"type": "rule", "color": SOFT},
         "encoding": {**start, **end, **at}},
        {"data": {"values": spans}, "mark": {"type": "rule", "color": INK},
         "encoding": {**start, **end, **at,
                      "strokeWidth": {"field": "size", "type": "quantitative", "scale": None}}},
        {"data": {"values": middle},
         "mark": {"type": "point", "shape": "diamond", "size": 90, "fill": "white", "stroke": INK,
                  "opacity": 1},
         "encoding": {"x": {**x, "field": "x"}, **at}},
    ]  # fmt: skip


def _parties(issue: IssueForecast, names: Mapping[str, str]) -> tuple[list[Row], float]:
    """A mark for each party, in lanes where neither marks nor names cover each other."""
    biggest = max(one.share for one in issue.parties) or 1.0
    per_unit = WIDTH / (issue.high - issue.low)
    taken: list[float] = []
    rows = []
    for one in sorted(issue.parties, key=lambda party: (party.position, -party.share)):
        row = _party(one, biggest, names)
        left = (one.position - issue.low) * per_unit - row["radius"]
        text = LETTER * len(row["label"]) + 8
        right = left + 2 * row["radius"] + text
        row["side"] = "left" if right > WIDTH and left - text > 0 else "right"
        span = (left - text, left + 2 * row["radius"]) if row["side"] == "left" else (left, right)
        lane = next((k for k, end in enumerate(taken) if end + 4 <= span[0]), len(taken))
        taken[lane : lane + 1] = [span[1]]
        row["y"] = -LINE * (lane + 1)
        rows.append(row)
    return rows, LINE * (len(taken) + 1)


def _party(one: Standing, biggest: float, names: Mapping[str, str]) -> Row:
    size = max(14.0, BIGGEST * one.share / biggest)
    return {
        "x": one.position,
        "size": size,
        "radius": (size / 3.1416) ** 0.5,
        "label": names.get(one.party, one.party),
    }


def _marks(rows: Sequence[Row], x: Spec, y: Spec) -> list[Spec]:
    place = {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}}
    marks: list[Spec] = [
        {"data": {"values": list(rows)},
         "mark": {"type": "point", "filled": True, "fill": INK, "opacity": 0.85},
         "encoding": {**place, "size": {"field": "size", "type": "quantitative", "scale": None}}}
    ]  # fmt: skip
    for side, align, sign in (("right", "left", 1), ("left", "right", -1)):
        told = [row for row in rows if row["side"] == side]
        if told:
            marks.append(
                {"data": {"values": told},
                 "mark": {"type": "text", "align": align, "dx": sign * 12},
                 "encoding": {**place, "text": {"field": "label"}}}
            )  # fmt: skip
    return marks


def _arrows(
    issue: IssueForecast, answer: Positions, names: Mapping[str, str], depth: float
) -> tuple[list[Row], float]:
    """The first moves of votes on this issue that trades would bring, one a line."""
    moves = [move for move in _moves(answer) if move.issue == issue.issue][:ARROWS]
    rows = [
        {"from": move.start, "to": move.end, "y": -depth - LINE * k,
         "label": names.get(move.party, move.party), "angle": 90 if move.end > move.start else -90,
        }
        for k, move in enumerate(moves)
    ]  # fmt: skip
    return rows, depth + LINE * len(moves)


def _moves(answer: Positions) -> Iterator[Move]:
    for bargain in answer.trading.bargains if answer.trading else ():
        yield from bargain.moves


def _traded(rows: Sequence[Row], x: Spec, y: Spec) -> list[Spec]:
    if not rows:
        return []
    data = {"data": {"values": list(rows)}}
    at = {"y": {**y, "field": "y"}}
    return [
        {**data, "mark": {"type": "rule", "color": TRADED, "strokeWidth": 1.5},
         "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, **at}},
        {**data,
         "mark": {"type": "point", "shape": "triangle", "filled": True, "color": TRADED,
                  "size": 50, "opacity": 1},
         "encoding": {"x": {**x, "field": "to"}, **at,
                      "angle": {"field": "angle", "type": "quantitative", "scale": None}}},
        {**data,
         "mark": {"type": "text", "align": "left", "x": WIDTH + 10, "color": TRADED},
         "encoding": {**at, "text": {"field": "label"}}},
    ]  # fmt: skip
