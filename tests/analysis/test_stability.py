"""Stability of dossiers: the shares draw by draw, orders without points, the real case."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

import summitry
from summitry.analysis.conflict import conflict_of
from summitry.analysis.stability import stability
from summitry.cli import main
from summitry.dossier.library import bundled_path
from summitry.dossier.reader import load
from tests.literal.stability import CONCEPTS, Conflict, coalition_stable

STARTER = str(bundled_path("starter"))
TWO = """title: Two
parties: {a: {}, b: {}}
commitments: {x: {by: a}, y: {by: b}}
"""
CHICKEN = """stability:
  preferences:
    a: {ranking: ["Y N", "N N", "N Y", "Y Y"]}
    b: {ranking: ["N Y", "N N", "Y N", "Y Y"]}
"""


def asked(tmp_path, text, **options):
    path = tmp_path / "two.yaml"
    path.write_text(text)
    return stability(path, **options)


def literal(conflict, payoffs):
    """The same conflict by its definitions, with the payoffs (N, F) of one draw."""
    model = conflict.model
    states = model.states.tolist()
    parties = range(len(model.parties))
    owners = [frozenset(i for i in parties if owner >> i & 1) for owner in model.owners]
    rows = [dict(zip(states, row.tolist(), strict=True)) for row in payoffs]
    return Conflict(states, owners, rows, model.adds, model.drops)


def test_shares_are_those_of_the_draws_one_by_one():
    draws = 40
    answer = stability(STARTER, draws=draws, seed=3)
    conflict = conflict_of(load(STARTER), {"draws": draws, "seed": 3}, "closure")
    for state in answer.states:
        mask = sum(1 << conflict.model.options.index(name) for name in state.commitments)
        hits = {name: np.zeros(draws) for name in (*CONCEPTS, "coalition")}
        for kinds, weight in conflict.strata:
            for d, payoffs in enumerate(conflict.worths.payoffs(kinds, slice(0, draws))):
                one = literal(conflict, payoffs)
                for name, stable in CONCEPTS.items():
                    hits[name][d] += weight * all(stable(one, i, mask, "closure") for i in (0, 1))
                hits["coalition"][d] += weight * coalition_stable(one, mask)
        for name, hit in hits.items():
            assert state.shares[name].share == pytest.approx(hit.mean())
            error = hit.std(ddof=1) / np.sqrt(draws)
            assert state.shares[name].standard_error == pytest.approx(error, abs=1e-9)


def test_threads_change_nothing():
    one, more = (stability(STARTER, draws=80, workers=n).to_dict() for n in (1, 3))
    assert one == more


def test_no_agreement_is_worth_the_reservation_value(tmp_path):
    text = TWO + "values: {a: {x: -1}, b: {y: -1}}\ntiers: [{id: both, all: [x, y]}]\n"
    held = asked(tmp_path, text + "no_agreement: {a: -5, b: -5}\n", package=["x", "y"])
    left = asked(tmp_path, text + "no_agreement: {a: 0, b: 0}\n", package=["x", "y"])
    assert held.states[1].equilibrium["nash"]
    assert not left.states[1].equilibrium["gmr"]


def test_orders_are_enough_and_views_count(tmp_path):
    right = asked(tmp_path, TWO + CHICKEN)
    assert (right.uncertain, right.states[0].shares) == (False, {})
    assert set(right.equilibria["nash"]) == {"x", "y"}
    assert not right.states[0].equilibrium["seq"]
    assert right.states[0].equilibrium["gmr"]
    # who thinks that the other would rather crash than yield is deterred
    stubborn = '  views: {V: {W: {ranking: ["N Y", "N N", "Y Y", "Y N"]}}}\n'
    feared = asked(tmp_path, TWO + CHICKEN + stubborn.replace("V", "a").replace("W", "b"))
    assert feared.states[0].stable["seq"] == {"a": True, "b": False}
    assert feared.states[0].stable["gmr"] == right.states[0].stable["gmr"]


def test_two_by_two_games_are_looked_ahead_on(tmp_path):
    ahead = asked(tmp_path, TWO + CHICKEN).ahead
    assert {start: sorted(ends) for start, ends in ahead.items()} == {
        "nothing": ["nothing"],
        "y": ["nothing", "x"],
        "x,y": ["x", "y"],
        "x": ["nothing", "y"],
    }


def test_what_cannot_be_taken_back_and_what_is_barred(tmp_path):
    lasting = TWO.replace("x: {by: a}", "x: {by: a, reversible: 0}")
    moves = {(e.start, e.end) for e in asked(tmp_path, lasting + CHICKEN).graph.moves}
    assert (0, 1) in moves and (1, 0) not in moves
    barred = "  irreversible: [{by: a, from: x and y, to: not x}]\n"
    moves = {(e.start, e.end) for e in asked(tmp_path, TWO + CHICKEN + barred).graph.moves}
    assert (1, 0) in moves and (3, 2) not in moves
    unseen = '  unseen: {a: "Y N"}\n'
    moves = {(e.start, e.end) for e in asked(tmp_path, TWO + CHICKEN + unseen).graph.moves}
    assert (0, 1) not in moves and (2, 3) in moves


def test_hanoi_nothing_moves_but_all_could_gain():
    answer = stability("hanoi-2019", draws=16)
    today = answer.states[0]
    assert today.roles[0] == "today"
    assert today.equilibrium["nash"] and not today.equilibrium["coalition"]
    tiers = [role for state in answer.states for role in state.roles if role.startswith("best of")]
    assert len(tiers) == 5
    for state in answer.states:
        movers = {party for party, stable in state.stable["nash"].items() if not stable}
        assert {story.party for story in state.stories} == movers
        # an exchange, a freeze only with tourism, takes movers of different parties at once
        assert (state.way.moves is None) == ("freeze" in state.commitments)
    json.dumps(answer.to_dict(), allow_nan=False)
    assert len(answer.rows()) == len(answer.states) * 5 * len(answer.parties)


def test_other_questions_say_what_an_ordered_dossier_lacks():
    with pytest.raises(summitry.CannotAnswer, match="needs `values`"):
        summitry.expect("cuba-1962")


def test_worth_that_nobody_gives_is_asked_for(tmp_path):
    with pytest.raises(summitry.CannotAnswer, match="every state is worth the same"):
        asked(tmp_path, TWO)
    assert asked(tmp_path, TWO + "values: {a: {x: 1}}\n").indifferent == ["b"]


def run(*words):
    return CliRunner().invoke(main, ["stability", *words])


def test_the_page(snapshot):
    told = run(STARTER, "--draws", "64", "--package", "hotline,data")
    assert told.output == snapshot


@pytest.mark.parametrize(
    "words",
    [
        ("hanoi-2019", "--package", "freez"),
        ("hanoi-2019", "--package", "kumgang"),
        ("hanoi-2019", "--draws", "1"),
        ("hanoi-2019", "--sanctions", "twice"),
        ("hanoi-2019", "--set", "values.usa.freez=1"),
    ],
    ids=lambda words: " ".join(words[1:]),
)
def test_bad_input_ends_with_two_and_no_traceback(words):
    done = run(*words)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(("worth", "beyond"), [(2, True), (-2, False)])
def test_a_tie_makes_an_equilibrium_but_does_not_break_one(tmp_path, worth, beyond):
    """A party leaves only for what it strictly prefers."""
    text = TWO + f"values: {{a: {{x: {worth}}}, b: {{y: 1}}}}\n"
    state = package_in(asked(tmp_path, text, package=["x", "y"]))
    (change,) = state.nearest_flips["nash"].changes
    assert (change.points, change.beyond) == (-worth, beyond)
    tied = asked(tmp_path, text.replace(f"x: {worth}", "x: 0"), package=["x", "y"])
    assert package_in(tied).equilibrium["nash"]


def package_in(answer):
    return next(state for state in answer.states if "package" in state.roles)


def test_where_every_move_is_joint_that_is_said(tmp_path):
    text = TWO.replace("x: {by: a}", "x: {by: [a, b]}").replace("{by: b}", "{by: b, requires: [x]}")
    path = tmp_path / "two.yaml"
    path.write_text(text + "values: {a: {x: 1}, b: {x: 1, y: -1}}\n")
    today = stability(path).states[0]
    assert today.movers == [["a", "b"]]
    assert all(today.equilibrium[name] for name in CONCEPTS)
    told = run(str(path)).output
    assert "nobody can move alone" in told and "by no change of preferences" not in told
