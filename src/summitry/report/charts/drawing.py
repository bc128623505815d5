"""From a specification to a file, and what all pictures have in common."""

from __future__ import annotations

import importlib.util
import json
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from summitry.report.charts.palette import INK, SOFT

SCALE = 2.0
PAGE = 680  # the width of a whole picture: between the margins of A4 its letters can be read
FONT = 11  # and no letters are smaller
LETTER, LINE = 5.8, 13  # the room of a letter and of a line
LABEL = 34  # letters of a line of a label beside a plot
PLOT = 440  # the width of a plot beside such labels
SUBTITLE, TITLE = 112, 78  # letters of a line
CONFIG = {
    "background": "white",
    "font": "Liberation Sans",
    "padding": 14,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": FONT, "titleFontSize": FONT, "titleFontWeight": "normal",
        "labelLineHeight": LINE, "labelColor": INK, "titleColor": INK, "gridColor": "#e6e6e6", "domainColor": SOFT,
        "tickColor": SOFT, "labelLimit": 0,
    },
    "text": {"fontSize": FONT, "lineHeight": LINE, "color": INK},
    "legend": {
        "labelFontSize": FONT, "titleFontSize": FONT, "titleFontWeight": "normal", "labelLimit": 0,
        "orient": "bottom", "layout": {"bottom": {"direction": "vertical"}},
    },
    "title": {
        "anchor": "start", "fontSize": 14, "subtitleFontSize": FONT, "subtitleColor": SOFT,
        "subtitlePadding": 4, "offset": 12,
    },
    "header": {
        "labelFontSize": 12, "labelFontWeight": "bold", "titleFontSize": FONT, "labelLimit": 0,
    },
}  # fmt: skip
Spec = dict[str, Any]


def titled(title: str, subtitle: Sequence[str], body: Spec) -> Spec:
    """A whole specification with its title and the house's looks."""
    below = [line for text in subtitle for line in wrap(text, SUBTITLE)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": wrap(title, TITLE), "subtitle": below},
        "config": CONFIG,
        **body,
    }


def wrap(text: str, width: int) -> list[str]:
    """A text as lines, as Vega wants it."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def called(titles: Mapping[Any, str], width: int = LABEL) -> str:
    """A `labelExpr` for an axis, a legend or a header: values by their titles, in lines."""
    return f"({json.dumps({value: wrap(title, width) for value, title in titles.items()})})[datum.value]"


def beside(titles: Mapping[Any, str], width: int = LABEL) -> Spec:
    """What an axis beside a plot needs so that titles stand in lines, each in the middle of its row."""
    lines = {value: len(wrap(title, width)) for value, title in titles.items()}
    return {
        "labelExpr": called(titles, width),
        "labelOffset": {
            "condition": [
                {"test": f"({json.dumps(lines)})[datum.value] == {number}", "value": -LINE / 2 * (number - 1)}
                for number in sorted(set(lines.values()))
            ],
            "value": 0,
        },
    }  # fmt: skip


def step_for(titles: Iterable[str], width: int = LABEL, least: int = 26) -> int:
    """The height of a row that holds the tallest of such labels."""
    return max([least, *(LINE * len(wrap(title, width)) + 8 for title in titles)])


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Places for labels near their values, none nearer to another than `gap`."""
    order = sorted(range(len(values)), key=lambda k: values[k])
    placed = [0.0] * len(values)
    blocks: list[tuple[float, list[int]]] = []
    for k in order:
        blocks.append((values[k], [k]))
        while len(blocks) > 1 and _top(blocks[-2], gap) > _bottom(blocks[-1], gap):
            (a, first), (b, second) = blocks[-2], blocks[-1]
            number = len(first) + len(second)
            blocks[-2:] = [((a * len(first) + b * len(second)) / number, first + second)]
    for centre, members in blocks:
        for position, k in enumerate(members):
            placed[k] = centre + gap * (position - (len(members) - 1) / 2)
    return placed


def _top(block: tuple[float, list[int]], gap: float) -> float:
    return block[0] + gap * len(block[1]) / 2


def _bottom(block: tuple[float, list[int]], gap: float) -> float:
    return block[0] - gap * len(block[1]) / 2


def check_file(path: Path) -> None:
    """Raises ValueError where a chart cannot be written under this name."""
    if path.suffix.lower() not in WRITERS:
        raise ValueError(f"{path}: a chart ends in .svg, .png, .pdf or .html")
    if not path.parent.is_dir():
        raise ValueError(f"{path}: there is no folder {path.parent}")
    if importlib.util.find_spec("vl_convert") is None:
        raise ValueError("charts are drawn by vl-convert: pip install 'summitry[charts]'")


def draw(spec: Spec, path: Path) -> None:
    """Write a specification as a picture; the ending of the name says of which kind.

    Raises ValueError for another ending, OSError where it cannot be written.
    """
    check_file(path)
    data = WRITERS[path.suffix.lower()](spec)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def _svg(spec: Spec) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))


def _png(spec: Spec) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, scale=SCALE))


def _pdf(spec: Spec) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_pdf(spec))


def _html(spec: Spec) -> str:
    import vl_convert

    page = str(vl_convert.vegalite_to_html(spec, bundle=True))
    before, mark, rest = page.partition("const spec = ")
    told, end, after = rest.partition("\n")
    # in a script `<` could end it, whatever it stands in
    return "".join((before, mark, told.replace("<", "\\u003c"), end, after))


WRITERS: dict[str, Callable[[Spec], str | bytes]] = {
    ".svg": _svg,
    ".png": _png,
    ".pdf": _pdf,
    ".html": _html,
}
