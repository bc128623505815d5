"""What a picture must not leave out or pretend, and that it can be read on a page of A4."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.report.charts.drawing import FONT, PAGE, draw
from summitry.report.charts.forecast import forecast_chart
from summitry.report.charts.frontier import frontier_chart
from summitry.report.charts.ladder import ladder_chart
from summitry.report.charts.palette import KINDS, NONE, PARTIES, ink_on, luminance, tier_colours
from summitry.report.charts.timeline import ticks
from tests.report.every_page import CASES, CHARTED, every_page

DRAWN = [case for case, words in CASES.items() if words[0] in CHARTED]
THREE = """title: Three principals
parties: {a: {name: Alba}, b: {name: Borea}, c: {name: Carinthia}}
commitments:
  x: {by: a, requires: [z], reversible: 0, title: "Withdraw"}
  y: {by: b, requires: [x], title: "Pay"}
  z: {by: c, reversible: 0, title: "Open the pass"}
values:
  a: {x: -2, y: 4, z: 1}
  b: {x: 3, y: -1, z: 2}
  c: {x: 2, y: 2, z: -1}
trust: {a: 0.3, b: 0.2, c: 0.3}
"""
TIERS = ("none", "text", "freeze", "peace")
TITLES = {
    "none": "no agreement",
    "text": 'A "text"',
    "freeze": "A <freeze>",
    "peace": "Peace ⇄ trade",
}


@pytest.fixture
def three(tmp_path):
    path = tmp_path / "three.yaml"
    path.write_text(THREE)
    return str(path)


def rows(spec, field):
    """All records in a specification that have a field."""
    if isinstance(spec, list):
        return [row for part in spec for row in rows(part, field)]
    if not isinstance(spec, dict):
        return []
    own = [spec] if field in spec else []
    return own + [row for part in spec.values() for row in rows(part, field)]


def svg(spec, tmp_path) -> str:
    """The picture."""
    draw(spec, tmp_path / "picture.svg")
    return (tmp_path / "picture.svg").read_text()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The pictures of dossiers whose names are not much longer than names are."""
    return every_page(tmp_path_factory.mktemp("plain"), "[x]")


@pytest.mark.parametrize("case", DRAWN)
def test_a_picture_is_no_wider_than_a_page_and_its_letters_are_large_enough(case, plain, tmp_path):
    (spec,) = plain[case].charts
    picture = svg(spec, tmp_path)
    assert float(re.search(r'width="([\d.]+)"', picture)[1]) <= PAGE + 20
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', picture)) >= FONT
    assert "/tmp" not in json.dumps(spec) and "ledger.sqlite3" not in json.dumps(spec)


@pytest.mark.parametrize("number", range(1, 9))
def test_a_higher_tier_is_darker_and_none_is_grey(number):
    tiers = [f"t{k}" for k in range(number)]
    colours = tier_colours(["none", *tiers])
    light = [luminance(colours[tier]) for tier in tiers]
    assert light == sorted(light, reverse=True) and len(set(colours.values())) == number + 1
    assert colours["none"] == NONE and light[0] < luminance(NONE) - 0.15
    # seen in grey print: each step is a fifth darker at least
    steps = [(a + 0.05) / (b + 0.05) for a, b in itertools.pairwise(light)]
    assert min(steps, default=2) > 1.15
    for colour in colours.values():
        ink = ink_on(colour)
        low, high = sorted((luminance(ink), luminance(colour)))
        assert (high + 0.05) / (low + 0.05) > 4  # the contrast of letters on it


def test_kinds_and_parties_differ():
    assert len(set(KINDS)) == len(KINDS) and len(set(PARTIES)) == len(PARTIES)


def test_a_tier_has_its_colour_in_every_picture(pages):
    specs = {
        case: json.dumps(pages[case].charts) for case in ("deals", "levers", "timeline", "compare")
    }
    for colour in tier_colours(["none", "contact", "exchange"]).values():
        assert {case for case, told in specs.items() if colour in told} >= {
            "levers",
            "timeline",
            "compare",
        }
    assert tier_colours(["none", "contact", "exchange"])["exchange"] in specs["deals"]


@pytest.mark.parametrize("days", [1, 5, 20, 45, 70, 200, 800, 4000])
def test_no_tick_of_a_time_axis_says_what_another_says(days):
    first = dt.date(2018, 1, 24)
    shown, form = ticks(first, first + dt.timedelta(days=days))
    told = [day.strftime(form) for day in shown]
    assert len(set(told)) == len(told) and len(told) <= 9
    assert all(first <= day <= first + dt.timedelta(days=days) for day in shown)


def test_labels_of_the_timeline_do_not_cover_each_other(pages):
    from summitry.report.charts.timeline import HEIGHT

    (spec,) = pages["timeline"].charts
    top = spec["vconcat"][0]["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
    places = sorted(
        row["place"] / top * HEIGHT for row in rows(spec["vconcat"][0]["layer"][1], "place")
    )
    assert min(b - a for a, b in itertools.pairwise(places)) >= 12.9
    assert places[0] >= 0


def test_a_forecast_is_drawn_signed_beside_carried_out(tmp_path):
    signed, done = (0.4, 0.3, 0.2, 0.1), (0.5, 0.3, 0.15, 0.05)
    one = SimpleNamespace(title="Hanoi", date=dt.date(2019, 2, 28),
                          pooled=dict(zip(TIERS, signed, strict=True)),
                          carried_out=dict(zip(TIERS, done, strict=True)))  # fmt: skip
    other = SimpleNamespace(title=None, date=None, pooled=one.pooled, carried_out=one.carried_out)
    forecast = SimpleNamespace(
        title="Talks", as_of=None, tiers=TIERS, tier_titles=TITLES, rounds=[one, other]
    )
    spec = forecast_chart(forecast)
    parts = rows(spec["data"], "tier")
    assert [(p["tier"], p["from"], p["to"]) for p in parts[:4]] == [
        ("peace", 0.0, 0.1), ("freeze", 0.1, pytest.approx(0.3)),
        ("text", pytest.approx(0.3), pytest.approx(0.6)), ("none", pytest.approx(0.6), pytest.approx(1)),
    ]  # fmt: skip
    assert [p["what"] for p in parts] == (["signed"] * 4 + ["carried out"] * 4) * 2
    picture = svg(spec, tmp_path)
    for told in ("A &lt;freeze&gt;", "Peace ⇄ trade", "1. Hanoi 2019-02-28", "2. round"):
        assert told in picture


def test_no_title_can_end_the_script_of_a_page(tmp_path):
    spec = {"title": "a</script><script>alert(1)</script>", "mark": "bar", "data": {"values": []}}
    draw(spec, tmp_path / "page.html")
    assert "alert(1)</script>" not in (tmp_path / "page.html").read_text()


def test_the_frontier_of_three_is_no_line_and_who_is_left_out_is_named(three):
    drawn = frontier_chart(summitry.deals(three, draws=8))
    assert '"type": "line"' not in json.dumps(drawn)
    assert "1 more principal is not shown: Carinthia" in " ".join(drawn["title"]["subtitle"])
    two = json.dumps(frontier_chart(summitry.deals("camp-david-1978", draws=8)))
    assert '"type": "line"' in two and "not shown" not in two


def test_where_there_is_no_deal_page_and_picture_say_so(tmp_path):
    path = tmp_path / "none.yaml"
    path.write_text(
        "title: None\nparties: {a: {}, b: {}}\ncommitments: {x: {by: a}, y: {by: b}}\n"
        "values: {a: {x: -5, y: 2}, b: {x: 2, y: -4}}\n"
    )
    told = "there is no package that both principals prefer to no deal"
    shown = CliRunner().invoke(main, ["deals", str(path), "--draws", "8"]).output
    assert told in " ".join(shown.split()) and "Pareto" not in shown
    assert "alone is short in 100 % of these draws, by 5.0 of its points" in " ".join(shown.split())
    drawn = frontier_chart(summitry.deals(str(path), draws=8))
    assert told in " ".join(drawn["encoding"]["text"]["value"])


def test_a_ladder_shows_what_each_step_asks_and_what_everybody_then_holds(three):
    answer = summitry.roadmap(three, package=["x", "y", "z"], draws=8)
    drawn = ladder_chart(answer)
    asked, *_ = rows(drawn["hconcat"][0]["data"], "asked")
    assert (asked["party"], asked["asked"], asked["has"]) == ("c", 0.25, 0.3)
    assert "1. Carinthia: Open the pass" in json.dumps(drawn)
    assert "3. Borea (tempted): Pay" in json.dumps(drawn)
    assert len(rows(drawn["hconcat"][1], "held")) == 9


def test_a_ladder_that_asks_nobody_for_trust_shows_what_everybody_holds():
    answer = summitry.roadmap("camp-david-1978", draws=8)
    drawn = ladder_chart(answer)
    assert "no step asks anybody for trust" in drawn["title"]["subtitle"]
    held = rows(drawn["hconcat"], "held")
    assert len(held) == len(answer.order.steps) * len(answer.order.demand) > 0
