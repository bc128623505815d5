"""Conflict models of GMCR+ as dossiers: what is said where, and what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summitry.dossier.errors import DossierError
from summitry.dossier.reader import check, load
from summitry.formats.gmcr import read_gmcr

CHICKEN = Path(__file__).parent / "chicken.gmcr"


def test_a_file_becomes_a_dossier_without_mistakes(tmp_path, snapshot):
    text = read_gmcr(CHICKEN)
    assert text == snapshot
    path = tmp_path / "chicken.yaml"
    path.write_text(text)
    assert not [problem for problem in check(path) if not problem.is_note]


def test_any_name_becomes_an_id_that_a_dossier_takes(tmp_path):
    names = ["123", "null", "not", "1e3", "2019-01-01", "Y", "~", "Été", "a: b", "a b"]
    told = {
        "options": [{"name": name} for name in names],
        "decisionMakers": [
            {"name": "12", "options": list(range(5)), "preferences": [[[0, "Y"], [9, "N"]]]},
            {"name": "true", "options": list(range(5, 10)), "preferences": [[[2, "Y"]]]},
        ],
    }
    (tmp_path / "names.gmcr").write_text(json.dumps(told))
    (tmp_path / "names.yaml").write_text(read_gmcr(tmp_path / "names.gmcr"))
    dossier = load(tmp_path / "names.yaml").dossier
    assert [commitment.title for commitment in dossier.commitments.values()] == names
    assert [*dossier.parties] == ["party-12", "party-true"]
    assert [*dossier.commitments][-3:] == ["ete", "a-b", "a-b-10"]


def test_a_ranking_is_taken_where_the_file_says_so(tmp_path):
    told = json.loads(CHICKEN.read_text())
    told["useManualPreferenceRanking"] = True
    path = tmp_path / "ranked.gmcr"
    path.write_text(json.dumps(told))
    (tmp_path / "ranked.yaml").write_text(read_gmcr(path))
    preferences = load(tmp_path / "ranked.yaml").dossier.stability.preferences
    assert preferences["row"].ranking[:2] == [["N Y N"], ["N N N", "Y N N"]]
    assert len(preferences["column-sons"].ranking) == 1


BROKEN = {
    "no JSON": ('"Row"', "Row", "8:12: not valid JSON"),
    "a name that is a number": (
        '"Sell the car"',
        "7",
        "4:12: a text is needed here: `7` is read as a number",
    ),
    "no such direction": ('"fwd"', '"forward"', "4:50: `forward` is not known here"),
    "no such option": ('[[1, "N"]]', '[[9, "N"]]', "9:22: there is no option 9"),
    "no such letter": ('[[1, "N"]]', '[[1, "X"]]', "9:25: `X` is not known here"),
    "an option twice": (
        '[0, "Y"], [1, "Y"]',
        '[0, "Y"], [0, "N"]',
        "17:18: an option stands twice",
    ),
    "an option held twice": ('"options": [2]', '"options": [2, 0]', "3:3: the option `Swerve` is"),
    "an option of nobody": ('"options": [2]', '"options": []', "5:3: the option `Swerve` is no"),
    "no list of makers": ('"decisionMakers"', '"makers"', "1:1: `decisionMakers` is missing"),
    "no such maker": ("[[0, 1]]", "[[0, 5]]", "18:17: there is no decision maker 5"),
    "an empty pattern": ('[[0, "Y"], [1, "Y"]]', "[]", "17:18: at least 1 needed here"),
    "nothing feasible": (
        '[[0, "Y"], [1, "Y"]]',
        '[[0, "Y"]], [[0, "N"]]',
        "17:2: no state is left",
    ),
}


@pytest.mark.parametrize("before, after, message", BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_told_with_its_place(tmp_path, before, after, message):
    path = tmp_path / "broken.gmcr"
    path.write_text(CHICKEN.read_text().replace(before, after, 1))
    with pytest.raises(DossierError) as raised:
        read_gmcr(path)
    assert f"{path}:{message}" in str(raised.value)


@pytest.mark.parametrize(
    "ranking, message",
    [
        ([3, [1, 2], 4, 5], "these states of `Row` are not ranked: 6"),
        ([3, [1, 2], 4, 5, 6, 7], "there is no state 7; the feasible ones are 1 to 6"),
        ([3, [1, 2], 4, 5, 6, 6], "state 6 is ranked more than once"),
    ],
    ids=["missing", "no such state", "twice"],
)
def test_a_ranking_holds_every_state_once(tmp_path, ranking, message):
    told = json.loads(CHICKEN.read_text())
    told["useManualPreferenceRanking"] = True
    told["decisionMakers"][0]["preferenceRanking"] = ranking
    path = tmp_path / "ranked.gmcr"
    path.write_text(json.dumps(told))
    with pytest.raises(DossierError, match=message):
        read_gmcr(path)


def test_more_options_than_a_dossier_holds_are_refused(tmp_path):
    told = json.loads(CHICKEN.read_text())
    told["options"] += [{"name": f"more {k}"} for k in range(18)]
    path = tmp_path / "large.gmcr"
    path.write_text(json.dumps(told))
    with pytest.raises(
        DossierError, match="21 options; the states of at most 20 commitments are listed"
    ):
        read_gmcr(path)


@pytest.mark.parametrize("text", ["", "[]", "[" * 5000, "{}", "null", '{"options": []}'], ids=repr)
def test_what_is_no_conflict_is_refused(tmp_path, text):
    path = tmp_path / "odd.gmcr"
    path.write_text(text)
    with pytest.raises(DossierError):
        read_gmcr(path)
