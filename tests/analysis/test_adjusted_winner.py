"""Adjusted Winner on two published tables of points, and the laws that it is known by."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from summitry.analysis.adjusted_winner import adjusted_winner, divide, division_of
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reader import load
from summitry.dossier.schema import Dossier
from summitry.game.compile import compile_game
from summitry.game.solutions import egalitarian, gains, nash, pareto, utilitarian
from summitry.game.variation import CENTRAL
from summitry.report.divisible import page
from summitry.report.style import console

PANAMA = {
    "US defense rights": (22, 9, 1),
    "Use rights": (22, 15, 1),
    "Land and water": (15, 15, Fraction(2, 15)),
    "Expansion rights": (14, 3, 1),
    "Duration": (11, 15, 0),
    "Expansion routes": (6, 5, 1),
    "Compensation": (4, 11, 0),
    "Jurisdiction": (2, 7, 0),
    "US military rights": (2, 7, 0),
    "Defense role of Panama": (2, 13, 0),
}
CAMP_DAVID = {
    "Sinai": (35, 55, Fraction(1, 6)),
    "Diplomatic recognition": (10, 5, 1),
    "West Bank/Gaza Strip": (20, 10, 1),
    "Linkage": (10, 5, 1),
    "Palestinian rights": (5, 20, 0),
    "Jerusalem": (20, 5, 1),
}
CASES = [
    ("panama-canal-1974", PANAMA, Fraction(66), "land-and-water"),
    ("camp-david-1978", CAMP_DAVID, Fraction(395, 6), "sinai"),
]


@pytest.mark.parametrize("name, issues, points, divided", CASES)
def test_the_published_divisions(name, issues, points, divided):
    result = divide(name)
    assert {item.title: (*item.points, item.share) for item in result.items} == issues
    assert result.points == (points, points)
    assert result.divided == divided
    assert not result.normalised


def test_what_is_handed_over_first():
    panama, camp_david = (divide(name) for name, *_ in CASES)
    # the United States is ahead and gives at 15/15, 6/5, 22/15, 22/9, 14/3 points for a point
    assert list(panama.order) == [
        "land-and-water", "expansion-routes", "use-rights", "us-defense-rights", "expansion-rights",
    ]  # fmt: skip
    # Egypt is ahead and gives at 55/35, then 20/5
    assert list(camp_david.order) == ["sinai", "palestinian-rights"]


INDIVISIBLE = [
    ("panama-canal-1974", 1024, 20, (64, 68),
     {"US defense rights", "Use rights", "Expansion rights", "Expansion routes"}),
    ("camp-david-1978", 64, 11, (60, 75),
     {"Diplomatic recognition", "West Bank/Gaza Strip", "Linkage", "Jerusalem"}),
]  # fmt: skip


@pytest.mark.parametrize("name, packages, efficient, points, given_up", INDIVISIBLE)
def test_the_same_tables_without_division(name, packages, efficient, points, given_up):
    dossier = load(name).dossier
    game = compile_game(dossier, draws=1, seed=0, variation=CENTRAL)
    masks, gained = game.board.masks, gains(game.board, game.stakes(0), 0)
    assert len(masks) == packages
    assert len({tuple(row) for row in gained[pareto(gained)]}) == efficient
    best = {nash(gained, masks, np.ones(2)), egalitarian(gained, masks), utilitarian(gained, masks)}
    assert len(best) == 1
    mask = best.pop()
    assert tuple(gained[masks == mask][0]) == points
    inside = [c for k, c in enumerate(dossier.commitments.values()) if mask >> k & 1]
    assert {c.title for c in inside if len(c.by) == 1} == given_up


@st.composite
def tables(draw):
    """Points of two parties for up to seven issues, zeros and ties among them, each 100 in all."""
    number = draw(st.integers(1, 7))
    one = st.lists(st.integers(0, 12), min_size=number, max_size=number).filter(any)
    first, second = draw(one), draw(one)
    return tuple([Fraction(100 * p, sum(own)) for p in own] for own in (first, second))


def points_of(table, shares):
    first, second = table
    mine = sum(a * s for a, s in zip(first, shares, strict=True))
    return mine, sum(b * (1 - s) for b, s in zip(second, shares, strict=True))


@given(tables())
def test_equitable_free_of_envy_and_one_issue_divided(table):
    shares, _ = adjusted_winner(*table)
    mine, theirs = points_of(table, shares)
    assert mine == theirs >= 50
    assert all(0 <= share <= 1 for share in shares)
    assert sum(0 < share < 1 for share in shares) <= 1


@given(tables())
def test_no_exchange_helps_one_and_hurts_nobody(table):
    shares, _ = adjusted_winner(*table)
    first, second = table
    for i, held in enumerate(shares):
        for j, other in enumerate(shares):
            # the first party gives some of i for some of j
            if held > 0 and other < 1:
                assert first[i] * second[j] >= first[j] * second[i]


@given(tables())
def test_no_division_at_all_is_better_for_both(table):
    shares, _ = adjusted_winner(*table)
    equal = float(points_of(table, shares)[0])
    first, second = (np.array([float(p) for p in own]) for own in table)
    # the most that the first can have where the second keeps its points, and the other way round
    for goal, other in ((first, second), (second, first)):
        found = linprog(-goal, A_ub=[other], b_ub=[100 - equal + 1e-9], bounds=(0, 1))
        assert -found.fun == pytest.approx(equal, abs=1e-6)


@given(tables())
def test_the_order_of_the_parties_changes_no_points(table):
    one, other = (points_of(t, adjusted_winner(*t)[0]) for t in (table, table[::-1]))
    assert one == other


@given(tables())
def test_whoever_is_behind_keeps_all_it_had(table):
    shares, order = adjusted_winner(*table)
    first, second = table
    kept = [k for k in range(len(shares)) if k not in order]
    assert all(shares[k] == (first[k] >= second[k]) for k in kept)


def test_equal_points_go_to_the_first_and_come_back_first():
    half = [Fraction(50), Fraction(50)]
    shares, order = adjusted_winner(half, half)
    assert (shares, order) == ([0, 1], [0, 1])
    lone = [Fraction(100)]
    assert adjusted_winner(lone, lone) == ([Fraction(1, 2)], [0])


def test_an_issue_worth_nothing_to_both_moves_nothing():
    zero, most = Fraction(0), Fraction(100)
    shares, _ = adjusted_winner([zero, most, zero], [zero, zero, most])
    assert shares == [1, 1, 0]


@pytest.mark.parametrize("first, second", [([100], [99]), ([120, -20], [50, 50])])
def test_points_that_cannot_be_compared(first, second):
    with pytest.raises(ValueError, match="equal sums"):
        adjusted_winner([Fraction(p) for p in first], [Fraction(p) for p in second])


def negotiation(*, roles=("principal", "principal"), **parts):
    """Upland would give `water`, Lowland `money`: both alone, for each other's points."""
    commitments = {"water": {"by": ["up"]}, "money": {"by": ["low"]}}
    values = {"up": {"water": -30, "money": 10.5}, "low": {"water": 6, "money": -2}}
    for party, worth in parts.pop("values", {}).items():
        values[party] = values.get(party, {}) | worth
    return Dossier.model_validate(
        {
            "title": "Water and money",
            "parties": dict(
                zip(("up", "low", "third"), ({"role": r} for r in roles), strict=False)
            ),
            "commitments": commitments | parts.pop("commitments", {}),
            "values": values,
            **parts,
        }
    )


def test_what_a_party_gives_is_worth_to_it_what_it_costs():
    result = division_of(negotiation())
    water, money = result.items
    # Upland: 30 and 10.5 of 40.5; Lowland: 6 and 2 of 8; each scaled to 100
    assert water.points == (Fraction(2000, 27), 75)
    assert money.points == (Fraction(700, 27), 25)
    assert result.normalised


def test_ranges_count_by_their_medians():
    ranged = negotiation(values={"up": {"water": "-40 to -20"}})
    assert division_of(ranged).items == division_of(negotiation()).items


def test_joint_commitments_without_worth_are_no_issues():
    result = division_of(negotiation(commitments={"text": {"by": ["up", "low"]}}))
    assert [item.id for item in result.items] == ["water", "money"]


THREE = ("principal", "principal", "principal")
WITNESS = ("principal", "principal", "stakeholder")


@pytest.mark.parametrize(
    "dossier, message",
    [
        (negotiation(roles=THREE), "two principals; this dossier has 3"),
        (negotiation(roles=("principal", "stakeholder")), "two principals; this dossier has 1"),
        (negotiation(linkages=[{"together": ["water", "money"], "values": {"up": 1}}]), "linkages"),
        (negotiation(commitments={"dam": {"by": ["up", "low"]}}, values={"up": {"dam": 2}}),
         "`dam` is no issue"),
        (negotiation(roles=WITNESS, commitments={"aid": {"by": ["third"]}}), "`aid` is no issue"),
        (negotiation(values={"up": {"water": 1}}), "`water` is no issue.* cost up"),
        (negotiation(values={"up": {"money": -1}}), "`money` is no issue.* points to up"),
        (negotiation(values={"low": {"water": 0, "money": 0}}), "nothing to divide"),
        (Dossier.model_validate({"title": "Nothing", "parties": {"a": {}, "b": {}}}),
         "nothing to divide"),
    ],
)  # fmt: skip
def test_dossiers_that_cannot_be_divided(dossier, message):
    with pytest.raises(CannotAnswer, match=message):
        division_of(dossier)


def test_told_as_data_and_as_rows():
    result = divide("panama-canal-1974")
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    land = told["items"][2]
    assert (land["share"], land["points"]) == ("2/15", ["15", "15"])
    assert land["share_value"] == pytest.approx(2 / 15)
    assert told["points_value"] == [66.0, 66.0]
    assert result.rows()[2] == {
        "issue": "land-and-water", "usa": 15.0, "panama": 15.0, "share_of_first": "2/15",
    }  # fmt: skip
    assert len(result.to_frame()) == 10


def test_the_page_says_who_gets_what():
    out = console()
    with out.capture() as captured:
        out.print(page(divide("camp-david-1978")))
    text = captured.get()
    assert "Israel 1/6, Egypt 5/6" in text
    assert "395/6 (65.83)" in text
    assert "scaled" not in text
