"""States of a conflict as boxes in a grid, and moves between them as arrows."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summitry.report.charts.drawing import LINE, PAGE, Spec, wrap
from summitry.report.charts.palette import INK, PARTIES, ink_on, viridis
from summitry.report.charts.state_graph import ROOM, Grid, Move, curve, head_of

DASHES = ([1, 0], [7, 4], [2, 2.5], [9, 3, 2, 3], [14, 4], [1, 4], [5, 2, 1, 2, 1, 2])
FILLS = {
    "Nash": viridis(0.02),
    "SEQ": viridis(0.36),
    "GMR, SMR or SIM only": viridis(0.8),
    "no equilibrium": "#ffffff",
}
PLAIN = ""  # a box that says nothing of equilibria
RIGHT, TOP = ROOM[0] + 6, ROOM[1] + 2  # room for arcs
LETTER, WIDEST, BESIDE, ABOVE = 6.2, 30, 7, 4  # letters of a line of a heading, and lines


@dataclass(frozen=True)
class Box:
    """A state to draw: its lines, why it is an equilibrium (a key of FILLS), and if it is today's."""

    lines: Sequence[str]
    kind: str
    is_today: bool = False


def graph_panel(grid: Grid, boxes: Sequence[Box], moves: Sequence[Move], meaning: str) -> Spec:
    """A Vega-Lite view of boxes in the cells of a grid; `meaning` says what an arrow is."""
    width, height = grid.size
    letters = max(min(WIDEST, int((PAGE - 60 - RIGHT - width) / LETTER)), 10)
    beside = [cut(row, letters, BESIDE) for row in grid.rows]
    left = 4.0 if grid.over else 14 + LETTER * max(len(line) for row in beside for line in row)
    above = [cut(column, int(grid.step[0] / LETTER) - 1, ABOVE) for column in grid.columns]
    top = TOP + LINE * (max(map(len, above)) - 1)
    axes = _axes((-left, width + RIGHT), (-top, height + 4))
    drawn = [_box(grid, k, box) for k, box in enumerate(boxes)]
    layers = [
        _above(grid, above, top, axes),
        _over(grid, axes) if grid.over else _beside(grid, beside, left, axes),
        *_arrows(grid, moves, axes, meaning),
        *_boxes(drawn, axes),
    ]
    return {
        "width": width + left + RIGHT,
        "height": height + top + 4,
        "layer": layers,
        "resolve": {"legend": {"fill": "independent"}},
    }


def cut(text: str, letters: int, lines: int) -> list[str]:
    """A text as the lines that a box has room for; what is left out shows as dots.

    Words are parted at hyphens only where one is longer than a line.
    """
    is_long = any(len(word) > letters for word in text.split())
    told = textwrap.wrap(text, letters) if is_long else wrap(text, letters)
    if len(told) <= lines:
        return told
    last = told[lines - 1]
    kept = last if len(last) + 4 <= letters else last.rpartition(" ")[0]
    return [*told[: lines - 1], f"{kept} ..."]


def _axes(across: tuple[float, float], down: tuple[float, float]) -> dict[str, Spec]:
    """Pixels as scales: x to the right, y downwards, without axes."""
    plain: Spec = {"type": "quantitative", "axis": None}
    return {
        "x": {**plain, "scale": {"domain": list(across), "nice": False, "zero": False}},
        "y": {**plain, "scale": {"domain": list(down)[::-1], "nice": False, "zero": False}},
    }


def _at(axes: dict[str, Spec], x: str = "x", y: str = "y") -> dict[str, Any]:
    return {"x": {"field": x, **axes["x"]}, "y": {"field": y, **axes["y"]}}


def _above(grid: Grid, told: Sequence[Sequence[str]], top: float, axes: dict[str, Spec]) -> Spec:
    rows = [
        {"x": grid.centre_x(k), "y": -top + LINE, "text": list(lines), "ink": INK}
        for k, lines in enumerate(told)
    ]
    return _text(rows, axes, "center", "italic")


def _beside(grid: Grid, told: Sequence[Sequence[str]], left: float, axes: dict[str, Spec]) -> Spec:
    rows = [
        {"x": -left, "y": _first_line(grid.centre_y(k), lines), "text": list(lines), "ink": INK}
        for k, lines in enumerate(told)
    ]
    return _text(rows, axes, "left", "italic")


def _over(grid: Grid, axes: dict[str, Spec]) -> Spec:
    """What stands over each row, across the whole picture."""
    rows = [
        {"x": 0, "y": grid.centre_y(k) - grid.box[1] / 2 - LINE, "text": [text], "ink": INK}
        for k, text in enumerate(grid.rows)
    ]
    return _text(rows, axes, "left", "italic")


def _text(rows: list[dict[str, Any]], axes: dict[str, Spec], align: str, style: str) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": align, "baseline": "middle", "fontStyle": style},
        "encoding": {
            **_at(axes),
            "text": {"field": "text"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }  # fmt: skip


def _first_line(middle: float, lines: Sequence[str]) -> float:
    """Where the first of several lines stands, so that all of them are in the middle."""
    return middle - LINE / 2 * (len(lines) - 1)


def _arrows(grid: Grid, moves: Sequence[Move], axes: dict[str, Spec], meaning: str) -> list[Spec]:
    if not moves:
        return []
    movers = list(dict.fromkeys(mover for mover, _, _ in moves))
    curves = [(mover, curve(grid, start, end)) for mover, start, end in moves]
    lines = [
        {"edge": k, "order": t, "x": x, "y": y, "mover": mover}
        for k, (mover, points) in enumerate(curves)
        for t, (x, y) in enumerate(points)
    ]
    tips = [
        {"x": x, "y": y, "angle": angle, "mover": mover}
        for mover, points in curves
        for (x, y), angle in [head_of(points)]
    ]
    legend = {
        "title": meaning, "symbolType": "stroke", "symbolSize": 700,
        "symbolStrokeWidth": 1.4, "columns": 4,
    }  # fmt: skip
    dashes = {
        "field": "mover", "type": "nominal", "legend": legend,
        "scale": {"domain": movers, "range": [DASHES[k % len(DASHES)] for k in range(len(movers))]},
    }  # fmt: skip
    colours = [PARTIES[k % len(PARTIES)] for k in range(len(movers))]
    colour = {**dashes, "legend": legend, "scale": {"domain": movers, "range": colours}}
    return [
        {
            "data": {"values": lines},
            "mark": {"type": "line", "strokeWidth": 1.6},
            "encoding": {**_at(axes), "detail": {"field": "edge"}, "order": {"field": "order"},
                         "strokeDash": dashes, "color": colour},
        },
        {
            "data": {"values": tips},
            "mark": {"type": "point", "shape": "triangle", "filled": True, "size": 70,
                     "opacity": 1},
            "encoding": {**_at(axes), "color": {**colour, "legend": None},
                         "angle": {"field": "angle", "type": "quantitative", "scale": None}},
        },
    ]  # fmt: skip


def _box(grid: Grid, k: int, box: Box) -> dict[str, Any]:
    x, y = grid.centre(k)
    wide, tall = grid.box[0] / 2, grid.box[1] / 2
    return {
        "left": x - wide, "right": x + wide, "top": y - tall, "bottom": y + tall, "x": x,
        "y": _first_line(y, box.lines), "text": list(box.lines), "kind": box.kind, "today": box.is_today,
        "ink": ink_on(FILLS.get(box.kind, "#ffffff")),
    }  # fmt: skip


def _boxes(drawn: list[dict[str, Any]], axes: dict[str, Spec]) -> list[Spec]:
    spans = {**_at(axes, "left", "top"), "x2": {"field": "right"}, "y2": {"field": "bottom"}}
    fill = {
        "field": "kind", "type": "nominal",
        "scale": {"domain": [*FILLS, PLAIN], "range": [*FILLS.values(), "#ffffff"]},
        "legend": {"values": list(FILLS), "title": "box: an equilibrium under", "symbolType": "square",
                   "symbolStrokeColor": INK, "columns": 4},
    }  # fmt: skip
    inside = [
        {**box, "left": box["left"] + 4, "right": box["right"] - 4, "top": box["top"] + 4,
         "bottom": box["bottom"] - 4}
        for box in drawn if box["today"]
    ]  # fmt: skip
    return [
        {
            "data": {"values": drawn},
            "mark": {"type": "rect", "stroke": INK, "strokeWidth": 0.8, "cornerRadius": 4},
            "encoding": {**spans, "fill": fill},
        },
        {
            "data": {"values": inside},
            "mark": {"type": "rect", "fillOpacity": 0, "strokeWidth": 1.3, "cornerRadius": 3},
            "encoding": {**spans, "stroke": {"field": "ink", "type": "nominal", "scale": None}},
        },
        _text(drawn, axes, "center", "normal"),
    ]
