"""Of whom each obstacle is, against the literal version's packages one by one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from summitry.analysis.aftermath import refused_consents
from summitry.analysis.blame import draws_with, refusals_of, scan_all
from summitry.analysis.insisting import deadlock_of
from summitry.analysis.movers import Case
from summitry.analysis.outcomes import OBSTACLES, obstacle_codes, play_all
from summitry.analysis.stalling import stall_of
from summitry.game.board import build_board
from summitry.game.compile import Game
from summitry.game.numbers import Population, Stakes
from summitry.game.run import How
from tests.literal.games import game_of, lots_of, played, stand_of
from tests.literal.ground import coming_into_force
from tests.literal.packages import must_consent, needs_of, tier_of
from tests.literal.roadmaps import minimum_trust
from tests.literal.solutions import nash
from tests.literal.stakes import TOLERANCE, gain
from tests.literal.talks import (
    NOTHING_TO_LEARN,
    STRANGERS,
    levels_above,
    powers,
    principal_gains,
)
from tests.literal.zones import all_content, of_tiers, on_the_table, zones_of
from tests.strategies import told_games

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from oracles.games import read_numbers, read_rules

DRAWS = 8


def setup_of(told, t: int):
    """What the analysis reads of a forecast, from a game as it is told."""
    rules = read_rules(told)
    board = build_board(rules)
    stakes, setting = read_numbers(told, rules, board)
    parties = (*told["principals"], *told["stakeholders"])
    populations = tuple(
        Population(np.ones(1), [Stakes(*(numbers[:, i] for numbers in stakes))])
        for i in range(len(parties))
    )
    game = Game(
        parties=parties,
        commitments=rules.names,
        tiers=tuple(f"tier {k}" for k in range(len(told["tiers"]))),
        chances=tuple((rules.names[c], "outside") for c, _ in rules.chances),
        rules=rules,
        board=board,
        populations=populations,
        setting=setting,
        strata=np.zeros((1, len(parties)), int),
    )
    return SimpleNamespace(
        game=game,
        outcomes=play_all(game, How(), 1),
        weights=np.ones(1),
        question=SimpleNamespace(detail=t, protocol="aspirations"),
        run=SimpleNamespace(workers=1),
    )


def standing(game, d: int, t: int):
    """Where the parties stand in a draw by the end of a round, and what is in the way of each tier."""
    told = played(game, d).rounds[t]
    stand = stand_of(game, d)._replace(waited=t, signed=told.signed, first=not told.signed)
    return stand, told.tiers


def most(i: int, packages, stand) -> float:
    """The most that a party gains by any of these packages."""
    return max((gain(i, p, stand) for p in packages), default=-np.inf)


def alone(i: int, table, stand):
    """The packages that all others accept whose word counts before this party's or with it."""
    rules = stand.rules
    if i in rules.principals:
        return [p for p in table if all_content(rules.principals - {i}, p, stand)]
    return [
        p
        for p in table
        if i in must_consent(p, rules) and all_content(must_consent(p, rules) - {i}, p, stand)
    ]


def who_insists(k: int, d: int, game, stand):
    """Who could bring a deal alone by asking for less: party to what it asks for and is offered."""
    told, rules, principals = game.told, game.rules, sorted(game.rules.principals)
    level = STRANGERS - (STRANGERS - NOTHING_TO_LEARN) * known(told, stand.waited)
    for tiers in levels_above(stand.signed, stand, lots_of(game, d)):
        zone = of_tiers(tiers, zones_of(stand), stand).signable
        if max(tiers) < k or not zone:
            continue
        share = {i: rules.power[i] / sum(powers(stand)) for i in principals}
        ideal = {i: most(i, zone, stand) for i in principals}
        asks = {
            i: stand.parties[i].firmness * level * share[i] * max(ideal[i], 0) for i in principals
        }
        found = {}
        for i in principals:
            others = [
                p
                for p in zone
                if all(gain(j, p, stand) >= asks[j] - TOLERANCE for j in principals if j != i)
            ]
            if others and most(i, others, stand) < asks[i] - TOLERANCE:
                found[i] = (asks[i], most(i, others, stand))
        return found
    return None


def known(told, rounds: int) -> float:
    """The knowledge after so many rounds."""
    knowledge = told["knowledge"]
    for _ in range(rounds):
        knowledge += (1 - knowledge) * told["learning"]
    return knowledge


@settings(max_examples=60, deadline=None)
@given(told_games(draws=DRAWS))
def test_of_whom_an_obstacle_is_follows_from_looking_at_every_package(told):
    game = game_of(told)
    t, tiers = len(told["draws"][0]["goes_on"]) - 1, range(1, len(told["tiers"]) + 1)
    setup = setup_of(told, t)
    (scanned,) = scan_all(setup, list(tiers))
    for k in tiers:
        codes = obstacle_codes(setup.outcomes, t, k)[0]
        for d in range(DRAWS):
            stand, in_the_way = standing(game, d, t)
            obstacle = in_the_way.get(k)
            assert obstacle == (OBSTACLES[codes[d]] if codes[d] >= 0 else None)
            table = [p for p in on_the_table(stand) if tier_of(p, stand.rules) >= k]
            if obstacle in ("interests", "veto"):
                for i in range(len(stand.parties)):
                    if (i in stand.rules.principals) == (obstacle == "interests"):
                        best = most(i, alone(i, table, stand), stand)
                        assert scanned.best[d, k - 1, i] == pytest.approx(best)
                    if setup.game.board.concerned >> i & 1:
                        assert scanned.own[d, k - 1, i] == pytest.approx(most(i, table, stand))
            elif obstacle == "commitment":
                stall = stall_of(setup, Case(0, d, 1.0), k)
                left = of_tiers(range(k, tiers[-1] + 1), zones_of(stand), stand).consented
                mask = nash(principal_gains(left, stand), powers(stand))
                chosen = next(p for p in left if sum(1 << c for c in p) == mask)
                party = stand.parties[setup.game.parties.index(stall.party)]
                assert party.trust + TOLERANCE < stall.asked
                assert stall.asked <= minimum_trust(chosen, stand) + TOLERANCE
                assert stall.doubted
            elif obstacle == "holding-out":
                found = deadlock_of(setup, Case(0, d, 1.0), k)
                claims = {c.party: (c.asks, c.offered) for c in found.claims}
                insisting = who_insists(k, d, game, stand)
                assert claims.keys() == insisting.keys()
                for i, pair in claims.items():
                    assert pair == pytest.approx(insisting[i])
                assert not (found.together and claims)


@settings(max_examples=40, deadline=None)
@given(told_games(draws=DRAWS))
def test_the_shares_of_who_refuses_count_the_draws(told):
    game = game_of(told)
    t, tiers = len(told["draws"][0]["goes_on"]) - 1, range(1, len(told["tiers"]) + 1)
    setup = setup_of(told, t)
    scanned = scan_all(setup, list(tiers))
    for k in tiers:
        draws = np.flatnonzero(draws_with(setup, k, "interests")[0])
        for one in refusals_of(setup, scanned, k, "interests"):
            i, never = setup.game.parties.index(one.party), 0
            for d in draws:
                stand, _ = standing(game, d, t)
                table = [p for p in on_the_table(stand) if tier_of(p, stand.rules) >= k]
                never += bool(table) and most(i, table, stand) < -TOLERANCE
            assert one.refuses_all == pytest.approx(never / len(draws))
            assert max(one.alone, one.refuses_all) <= one.share + 1e-12


@settings(max_examples=40, deadline=None)
@given(told_games(draws=DRAWS))
def test_a_consent_is_blamed_where_it_is_asked_for_and_refused(told):
    game = game_of(told)
    t = len(told["draws"][0]["goes_on"]) - 1
    setup = setup_of(told, t)
    for k in range(1, len(told["tiers"]) + 1):
        asked, blamed, signed, failed = {}, {}, 0, 0
        for d in range(DRAWS):
            draw = played(game, d)
            package = draw.rounds[t].signed
            if tier_of(package, game.rules) < k:
                continue
            force = coming_into_force(package, draw.granted, game.rules)
            lost = tier_of(force, game.rules) < k
            signed, failed = signed + 1, failed + lost
            for c in draw.granted:
                if c in needs_of(package, game.rules):
                    asked[c] = asked.get(c, 0) + 1
                    blamed[c] = blamed.get(c, 0) + (lost and not draw.granted[c])
        found = {game.ids.index(one.commitment): one for one in refused_consents(setup, k)}
        assert found.keys() == asked.keys()
        for c, one in found.items():
            assert one.asked == pytest.approx(asked[c] / signed)
            assert one.share == pytest.approx(blamed[c] / failed if failed else 0)
