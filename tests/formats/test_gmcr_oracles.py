"""Conflict models as GMCR+ has them: read as dossiers they bring its published results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summitry.analysis.stability import stability
from summitry.formats.gmcr import read_gmcr
from summitry.formats.gmcr_file import Conflict, feasible

ORACLES = Path(__file__).parents[3] / "shared" / "oracles" / "stability"
CASES = ["gmcr_cuban", "gmcr_prisoners", "gmcr_si_misp", "gmcr_syriairaq"]
CONCEPTS = {"R": "nash", "GMR": "gmr", "SMR": "smr", "SEQ": "seq", "SIM": "sim"}
DIRECTIONS = {"both": "both", "N->Y only": "fwd", "Y->N only": "back"}

pytestmark = pytest.mark.skipif(
    not ORACLES.is_dir(), reason="the known results are not beside the repository"
)


def cells(pattern: str) -> list[list[Any]]:
    return [[k, letter] for k, letter in enumerate(pattern) if letter != "-"]


def statement(told: str | list[str]) -> Any:
    if isinstance(told, str):
        return cells(told)
    return {"compound": True, "members": [cells(pattern) for pattern in told]}


def maker(oracle: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """A decision maker with both statements and ranking."""
    name = told["name"]
    payoffs = oracle["payoffs_ordinal_higher_better"][name]
    ranking = [
        [k for k, payoff in enumerate(payoffs, start=1) if payoff == worth]
        for worth in sorted(set(payoffs), reverse=True)
    ]
    statements = oracle.get("preference_statements_most_important_first", {}).get(name, [])
    return {
        "name": name,
        "options": told["options"],
        "preferences": [statement(one) for one in statements],
        "misperceptions": [cells(p) for p in oracle.get("misperceived_patterns", {}).get(name, [])],
        "preferenceRanking": [group[0] if len(group) == 1 else group for group in ranking],
    }


def model(oracle: dict[str, Any], is_ranked: bool) -> dict[str, Any]:
    """A known case in the form of the file."""
    return {
        "options": [
            {"name": option["name"], "permittedDirection": DIRECTIONS[option["direction"]]}
            for option in oracle["options"]
        ],
        "decisionMakers": [maker(oracle, told) for told in oracle["decision_makers"]],
        "infeasibles": [cells(pattern) for pattern in oracle.get("infeasible_patterns", [])],
        "useManualPreferenceRanking": is_ranked,
    }


@pytest.mark.parametrize("is_ranked", [False, True], ids=["statements", "ranking"])
@pytest.mark.parametrize("case", CASES)
def test_a_known_case_has_its_known_labels(tmp_path, case, is_ranked):
    oracle = json.loads((ORACLES / f"{case}.json").read_text())
    content = model(oracle, is_ranked)
    path = tmp_path / f"{case}.gmcr"
    path.write_text(json.dumps(content))
    known = [state["decimal"] for state in oracle["states"]]
    assert feasible(Conflict.model_validate(content)).tolist() == known
    (tmp_path / "case.yaml").write_text(read_gmcr(path))
    answer = stability(tmp_path / "case.yaml")
    solved = oracle.get("reference", {}).get("closure") or oracle["gmcr_plus_dense_solver"]
    by_name = {answer.about.names[party]: party for party in answer.parties}
    for label, concept in CONCEPTS.items():
        for name, states in solved["stable_by_dm"][label].items():
            found = [
                number
                for number, node in enumerate(answer.graph.nodes, start=1)
                if by_name[name] in node.stable_for[concept]
            ]
            assert found == states, (label, name)
