"""Game trees for Gambit: one decision for each mover of a step, payoffs of the model."""

from __future__ import annotations

import re

import pytest

from summitry.analysis.roadmap import roadmap
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.library import bundled_path
from summitry.formats.efg import game_tree
from tests.analysis.talks import BARE, write

STARTER = bundled_path("starter")
LINE = re.compile(
    r'(?P<kind>[pt]) "(?P<label>[^"]*)"(?: (?P<player>\d+) \d+ "[^"]*" \{ "stop" "go on" \} 0'
    r'| \d+ "[^"]*" \{ (?P<payoffs>[-0-9. ]+) \})$'
)


def nodes_of(text: str) -> list[re.Match[str]]:
    """The nodes of a tree in their order; every line but the prologue is one."""
    lines = text.rstrip().split("\n\n")[1].split("\n")
    matches = [LINE.match(line) for line in lines]
    assert all(matches), lines
    return matches


def solved(nodes: list[re.Match[str]]) -> list[float]:
    """The payoffs of backward induction; who is indifferent goes on."""
    held = payoffs(nodes[-1])
    for decision, stop in reversed([*zip(nodes[:-1:2], nodes[1:-1:2], strict=True)]):
        mover = int(decision["player"]) - 1
        if payoffs(stop)[mover] > held[mover] + 1e-9:
            held = payoffs(stop)
    return held


def payoffs(node: re.Match[str]) -> list[float]:
    return [float(x) for x in node["payoffs"].split()]


@pytest.mark.parametrize("package", [["hotline"], ["data", "payment"], ["hotline", "data"]])
@pytest.mark.parametrize("draw", [None, 1, 2])
def test_the_tree_is_finished_just_where_nobody_is_tempted(package, draw):
    answer = roadmap(STARTER, package=package, draw=draw, draws=4)
    if answer.order is None:
        with pytest.raises(CannotAnswer, match="no order of moves"):
            game_tree(answer)
        return
    nodes = nodes_of(game_tree(answer))
    movers = [mover for step in answer.order.steps for mover in step.movers]
    assert len(nodes) == 2 * len(movers) + 1
    assert len({node["label"] for node in nodes}) == len(nodes)
    done = [answer.gains[party] for party in answer.order.demand]
    assert payoffs(nodes[-1]) == pytest.approx(done, abs=1e-8)
    finished = solved(nodes) == pytest.approx(done, abs=1e-8)
    assert finished == (max(answer.order.temptation.values()) <= 1e-9)


@pytest.mark.parametrize(("added", "tempted"), [([], ["a"]), (["border"], [])])
def test_it_ends_where_somebody_is_tempted(tmp_path, added, tempted):
    answer = roadmap(write(tmp_path), package=[*BARE, *added], draws=4)
    assert answer.order.tempted == tempted
    done = [answer.gains[party] for party in answer.order.demand]
    assert (solved(nodes_of(game_tree(answer))) != pytest.approx(done)) == bool(tempted)


def test_a_title_with_quotation_marks_is_escaped(tmp_path):
    path = tmp_path / "quoted.yaml"
    text = STARTER.read_text().replace("name: Upland,", "name: 'The \"Upper\" Land',")
    path.write_text(text)
    assert r'"The \"Upper\" Land"' in game_tree(roadmap(path, package=["hotline"], draws=2))


def test_gambit_reads_it(tmp_path):
    gambit = pytest.importorskip("pygambit", reason="pygambit is not installed")
    path = tmp_path / "starter.efg"
    path.write_text(game_tree(roadmap(STARTER, package=["data", "payment"], draws=4)))
    game = gambit.read_efg(path)
    assert sorted(getattr(player, "label", player) for player in game.players) == [
        "Lowland",
        "Upland",
    ]
    assert game.is_perfect_recall
