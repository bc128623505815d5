"""The literal version gives every known result, and agrees with itself where it goes two ways."""

from __future__ import annotations

import copy
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.literal.comparing import differences
from tests.literal.games import game_of, played, read_games, results_of, stand_of
from tests.literal.measures import describe, in_parts
from tests.literal.packages import mask_of, possible_packages, tier_of
from tests.literal.roadmaps import is_self_enforcing, minimum_trust, roadmap, steps_from
from tests.literal.shares import why_not_carried_out, why_not_signed
from tests.literal.stakes import TOLERANCE, gain, kept
from tests.strategies import told_games

ROOT = Path(__file__).parents[2]
FEW = ROOT / "tests" / "game" / "games_second_form.json"
ALL = ROOT.parent / "shared" / "oracles" / "games_second_form.json"
FEW_GAMES = settings(max_examples=40, deadline=None)


@pytest.mark.parametrize(
    "path",
    [
        FEW,
        pytest.param(
            ALL, marks=pytest.mark.skipif(not ALL.exists(), reason="larger collection not here")
        ),
    ],
    ids=["few", "all"],
)
def test_every_known_result(path):
    for game in read_games(path):
        expected = game.told["expected"]
        assert list(differences(results_of(game), expected, game.told["name"])) == []


def test_a_changed_number_changes_the_results():
    told = copy.deepcopy(read_games(FEW)[0].told)
    for draw in told["draws"]:
        draw["honest"] = {name: not honest for name, honest in draw["honest"].items()}
    found = list(differences(results_of(game_of(told)), told["expected"]))
    assert found
    assert all(line.startswith("/aspirations/") and "/after/" in line for line in found)


def every_order(package, stand):
    """All roadmaps, by trying every order, with their measures."""

    def orders(done):
        if done == package:
            yield ()
        for step in steps_from(done, package, stand.rules):
            yield from ((step, *rest) for rest in orders(done | set(step)))

    return [describe(steps, package, stand) for steps in orders(stand.signed)]


def best_of(shown):
    """The roadmap that is signed by the order of the text, of those that may be; None if none."""
    if not shown:
        return None
    fewest = min(len(one.tempted) for one in shown)
    shown = [one for one in shown if len(one.tempted) == fewest]
    least = min(max(one.demand) for one in shown)
    shown = [one for one in shown if max(one.demand) <= least + TOLERANCE]
    return min(shown, key=lambda one: (sorted(one.tempted), len(one.steps), one.steps)).steps


@settings(max_examples=300, deadline=None)
@given(told_games(draws=1), st.data())
def test_the_roadmap_signed_is_the_best_of_all_orders(told, data):
    stand = stand_of(game_of(told), 0)
    possible = possible_packages(stand.rules)
    package = data.draw(st.sampled_from([p for p in possible if len(p) <= 5] or possible[:1]))
    before = [p for p in possible if p < package]
    if before and data.draw(st.booleans()):  # an addition
        stand = stand._replace(signed=data.draw(st.sampled_from(before)), first=False)
    shown = every_order(package, stand)
    trusting = [party.trust + TOLERANCE for party in stand.parties]
    within = [s for s in shown if all(a <= b for a, b in zip(s.demand, trusting, strict=True))]
    assert roadmap(package, stand, bounded=False) == best_of(shown)
    assert roadmap(package, stand, bounded=True) == best_of(within)
    least = min((max(one.demand) for one in shown), default=math.inf)
    assert minimum_trust(package, stand) == least
    assert is_self_enforcing(package, stand) == any(not one.tempted for one in shown)


@FEW_GAMES
@given(told_games(draws=6))
def test_obstacles_and_success_share_all_draws(told):
    game = game_of(told)
    draws, rules = [played(game, d) for d in range(6)], game.rules
    for t in range(len(draws[0].rounds)):
        for tier in range(1, len(rules.tiers) + 1):
            signed = sum(tier_of(draw.rounds[t].signed, rules) >= tier for draw in draws) / 6
            shares = why_not_signed(draws, t, tier)
            assert sum(shares.values()) == pytest.approx(1)
            assert shares.get(None, 0) == pytest.approx(signed)
            became = why_not_carried_out(draws, t, tier, rules)
            assert sum(became.values()) == pytest.approx(signed)


@FEW_GAMES
@given(told_games(draws=1), st.data())
def test_parts_add_up_to_the_whole(told, data):
    stand = stand_of(game_of(told), 0)
    parts = {c: data.draw(st.integers(1, 3)) for c in data.draw(st.sets(st.integers(0, 1)))}
    at, cut = in_parts(parts, stand)
    for package in possible_packages(stand.rules):
        whole = frozenset(place for (c, _), place in at.items() if c in package)
        assert tier_of(whole, cut.rules) == tier_of(package, stand.rules)
        for i in range(len(stand.parties)):
            assert gain(i, whole, cut) == pytest.approx(gain(i, package, stand))
            assert kept(i, whole, cut) == pytest.approx(kept(i, package, stand))
    if set(parts.values()) <= {1}:
        some = data.draw(st.sampled_from(possible_packages(stand.rules)))
        assert mask_of(some) in {mask_of(p) for p in possible_packages(cut.rules)}
        assert minimum_trust(some, cut) == minimum_trust(some, stand)
