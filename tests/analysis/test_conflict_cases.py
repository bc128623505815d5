"""Published conflicts: the bundled dossiers bring the published equilibria."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summitry.analysis.stability import stability
from summitry.analysis.state_graph import Graph

KOREA = Path(__file__).parents[2] / "docs" / "cases" / "korea-2017.md"
BASE = {"status-quo", "conventional-war", "nuclear-war", "settlement"}
DETERRED = {"status-quo", "nuclear-war", "settlement", "war-after-disarmament"}
DISARMED = {"withdrawn-alone", "disarmed-alone", "settlement", "war-after-disarmament"}
AT_WAR = {"status-quo", "conventional-war", "nuclear-war"}
RUNS = {  # (preferences, invasion irreversible, concept): the equilibria of Jacobi (2017)
    ("base", False, "seq"): BASE,
    ("base", False, "smr"): BASE | {"war-after-disarmament"},
    ("base", True, "seq"): {"status-quo", "nuclear-war", "settlement"},
    ("bloodthirsty", True, "seq"): {"nuclear-war", "war-after-disarmament"},
    ("bloodthirsty", True, "smr"): {"nuclear-war", "war-after-disarmament"},
    ("deterrence", True, "seq"): DETERRED,
    ("deterrence", True, "smr"): DETERRED,
    ("pacifist", True, "seq"): AT_WAR,
    ("pacifist", True, "smr"): AT_WAR | DISARMED,
}


def documented() -> tuple[str, dict[str, list[str]]]:
    """What the page says is to be set: for an irreversible invasion, and for each run."""
    barred, runs = re.findall(r"```text\n(.*?)```", KOREA.read_text(), re.DOTALL)
    told = [block.splitlines() for block in runs.strip().split("\n\n")]
    return barred.strip(), {"base": []} | {name: changes for name, *changes in told}


def published(graph: Graph, concept: str) -> set[str]:
    """The equilibria by the essays' rule: SIM decides where both could leave."""
    return {
        node.state
        for node in graph.nodes
        if len(node.stable_for[concept]) == 2
        or (not node.stable_for[concept] and len(node.stable_for["sim"]) == 2)
    }


@pytest.mark.parametrize("run", RUNS, ids=lambda run: "-".join(map(str, run)))
def test_all_nine_runs_on_korea_come_out_as_published(run):
    name, is_irreversible, concept = run
    barred, changes = documented()
    chosen = [*changes[name], *([barred] if is_irreversible else [])]
    answer = stability("korea-2017", changes=chosen)
    assert published(answer.graph, concept) == RUNS[run]


def test_the_missile_crisis_comes_to_rest_where_it_did():
    answer = stability("cuba-1962")
    found = {name: set(states) for name, states in answer.equilibria.items()}
    threats = {"missiles-stay", "struck", "blockaded", "gone-after-both"}
    foreseen = {"missiles-gone", "gone-after-strike", "gone-under-blockade"}
    assert found["nash"] == found["sim"] == {"gone-after-strike"}
    assert found["seq"] == foreseen
    assert found["smr"] == found["gmr"] == foreseen | threats


@pytest.mark.parametrize("package", [["settlement"], ["withdraw", "abandon"]], ids=str)
def test_a_state_is_asked_about_by_its_name_or_by_its_commitments(package):
    answer = stability("korea-2017", package=package)
    assert [s.state for s in answer.states if "package" in s.roles] == ["settlement"]
