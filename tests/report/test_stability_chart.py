"""The picture of a conflict: nothing hides anything, and it says what the answer says."""

from __future__ import annotations

import itertools

import pytest

from summitry.analysis.stability import stability
from summitry.report.charts.graph_panel import cut
from summitry.report.charts.stability import stability_chart
from summitry.report.charts.stability_table import Cell, stability_table
from summitry.report.charts.state_graph import balanced, curve, grid_of

SHAPES = {"2+2": [0b0011, 0b1100], "1+3": [0b0001, 0b1110], "1+1+2": [1, 2, 12], "4": [15]}


def marks(spec, kind):
    """The data of every layer that draws one kind of mark."""
    panel = spec["vconcat"][0]
    return [
        row
        for layer in panel["layer"]
        if layer["mark"]["type"] == kind
        for row in layer["data"]["values"]
    ]


@pytest.mark.parametrize("owned", SHAPES.values(), ids=SHAPES)
def test_no_arrow_between_sixteen_states_runs_through_a_box(owned):
    states = list(range(16))
    grid = grid_of(states, balanced(states, owned), "abcd")
    wide, tall = grid.box[0] / 2 - 1, grid.box[1] / 2 - 1
    assert len(set(grid.cells)) == 16
    pairs = [
        (a, b) for own in owned for a, b in itertools.permutations(states, 2) if (a ^ b) & ~own == 0
    ]
    for a, b in pairs:
        for x, y in curve(grid, a, b):
            for state in states:
                cx, cy = grid.centre(state)
                assert abs(x - cx) > wide or abs(y - cy) > tall, (a, b, state)


def test_every_move_that_pays_is_an_arrow_and_every_state_a_box():
    answer = stability("cuba-1962")
    spec = stability_chart(answer)
    boxes = [row for row in marks(spec, "rect") if not row["today"]]
    assert {" ".join(row["text"]) for row in boxes} == {
        node.state.replace("-", " ") for node in answer.graph.nodes if not node.is_today
    }
    assert len(marks(spec, "point")) == sum(move.gains for move in answer.graph.moves)
    assert [row["text"] for row in boxes if row["kind"] == "Nash"] == [["gone after strike"]]


def test_the_table_holds_every_state_party_and_concept():
    answer = stability("korea-2017")
    rows = stability_chart(answer)["vconcat"][1]["data"]["values"]
    assert len(rows) == 12 * 3 * 5
    held = {row["state"] for row in rows if row["party"] == "for all" and row["share"] == 1}
    named = {name for names in answer.equilibria.values() for name in names}
    assert held == {name.replace("-", " ") for name in named}


def test_a_large_conflict_is_drawn_by_its_stories():
    answer = stability("hanoi-2019", draws=2)
    spec = stability_chart(answer)
    told = [story for state in answer.states for story in state.stories]
    assert answer.graph is None
    assert 0 < len(marks(spec, "point")) <= 2 * len(told)
    assert f"of {answer.feasible:,} states" in " ".join(spec["title"]["subtitle"])


def test_shares_are_written_out_where_the_draws_differ():
    cells = [Cell("s", "p", "Nash", share) for share in (0.0, 0.001, 0.5, 0.999, 1.0)]
    rows = stability_table(cells)["data"]["values"]
    assert [row["label"] for row in rows] == ["", "1", "50", "99", ""]


def test_a_long_text_is_cut_between_words():
    assert cut("one two three four five six", 9, 2) == ["one two", "three ..."]
    assert cut("stay-out of-it", 9, 2) == ["stay-out", "of-it"]
    assert cut("withdrawal-of-all-troops", 12, 3) == ["withdrawal-", "of-all-", "troops"]


@pytest.mark.parametrize("name", ["cuba-1962", "korea-2017"])
def test_it_can_be_drawn(name):
    convert = pytest.importorskip("vl_convert")
    svg = convert.vegalite_to_svg(stability_chart(stability(name)))
    assert svg.startswith("<svg") and "for all" in svg
