"""What a picture must not leave out or pretend."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.report.charts.frontier import frontier_chart
from summitry.report.charts.ladder import ladder_chart

THREE = """title: Three principals
parties: {a: {name: Alba}, b: {name: Borea}, c: {name: Carinthia}}
commitments:
  x: {by: a, requires: [z]}
  y: {by: b, requires: [x]}
  z: {by: c, reversible: 0}
values:
  a: {x: -2, y: 4, z: 1}
  b: {x: 3, y: -1, z: 2}
  c: {x: 2, y: 2, z: -1}
trust: {a: 0.2, b: 0.2, c: 0.3}
"""


@pytest.fixture
def three(tmp_path):
    path = tmp_path / "three.yaml"
    path.write_text(THREE)
    return str(path)


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


def test_what_a_third_party_must_trust_is_written_in_its_step(three):
    answer = summitry.roadmap(three, package=["x", "y", "z"], draws=8)
    assert answer.order.steps[0].asked == {"c": 0.25}
    assert "1. z (Carinthia: trust 0.25, has 0.30)" in json.dumps(ladder_chart(answer))
