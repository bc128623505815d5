"""The compiled version plays every game as the literal one does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from summitry.analysis.outcomes import OBSTACLES, obstacle_codes
from summitry.game.kernels.paths import self_enforcing as enforced
from summitry.game.kernels.play import AGREED, COMMITMENT, INFORMATION, INTERESTS, VETO
from summitry.game.kernels.stops import make_trail
from summitry.game.roadmap import best_roadmap, minimum_trust, stops_of
from summitry.game.run import play
from tests.literal import roadmaps
from tests.literal.bridge import compiled, stratum_stakes
from tests.literal.games import (
    game_of,
    play_efficient,
    play_offers,
    read_games,
    results_of,
    state_of,
    strata_of,
)
from tests.literal.packages import mask_of, possible_packages, tier_of
from tests.literal.shares import obstacle_by, shares_by, tiers_by
from tests.literal.zones import better_tier, gains_of, highest_tiers, zones_of
from tests.strategies import told_games

KNOWN = Path(__file__).parents[1] / "game" / "games.json"
CODES = {
    INTERESTS: "interests",
    VETO: "veto",
    COMMITMENT: "commitment",
    INFORMATION: "information",
    AGREED: None,
}
PLAYS = {"offers": play_offers, "efficient": play_efficient}
FEW = settings(max_examples=25, deadline=None)


def same(ours, theirs) -> bool:
    if isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in theirs)
    if isinstance(theirs, float) and isinstance(ours, float):
        return abs(ours - theirs) <= 1e-9
    return ours == theirs


def rounds_of(record, board, d):
    """What each round of a draw gave, and the package agreed on."""
    when = int(record.when[d])
    failed = [CODES[code] for code in record.failure[d, :when].tolist()]
    if when == record.failure.shape[1]:
        return failed, None
    return [*failed, None], int(board.masks[record.package[d]])


class _Records:
    """The records of all strata in the shape that the obstacles are read from."""

    def __init__(self, records, board):
        for field in ("when", "failure", "zones", "better"):
            setattr(self, field, np.stack([getattr(record, field) for record in records]))
        tiers = np.append(board.tiers, 0)[np.stack([record.package for record in records])]
        rounds = np.arange(self.failure.shape[2])
        self.tier = np.where(self.when[..., None] <= rounds, tiers[..., None], 0)


@pytest.mark.parametrize("k", range(3))
def test_the_literal_version_knows_the_known_results(k):
    game = read_games(KNOWN)[k]
    ours, expected = results_of(game), game.told["expected"]
    for kind in expected:
        assert same(ours[kind], expected[kind]), kind


@pytest.mark.parametrize("protocol", PLAYS)
@FEW
@given(told=told_games(draws=6, rounds=3, everything=True))
def test_every_draw_of_every_stratum_is_played_alike(protocol, told):
    game, fast = game_of(told), compiled(told)
    records, outcomes = [], {}
    for s, (stratum, stakes) in enumerate(
        zip(strata_of(game), stratum_stakes(fast.populations), strict=True)
    ):
        record = play(
            fast.board, stakes, fast.setting, fast.ghosts, fast.beliefs, protocol=protocol
        )
        records.append(record)
        for d in range(len(told["draws"])):
            slow = outcomes[s, d] = PLAYS[protocol](game, stratum, d)
            rounds, agreed = rounds_of(record, fast.board, d)
            number = len(slow.rounds)  # after a breakdown the last round is repeated
            assert rounds[:number] == list(slow.rounds)
            assert agreed == (None if slow.agreed is None else mask_of(slow.agreed))
            check_zones(game, stratum, d, slow, record)
    check_obstacles(game, outcomes, _Records(records, fast.board))


def check_zones(game, stratum, d, slow, record):
    """The highest tier in each zone, round by round, and what dominated the agreement."""
    for t in range(len(slow.rounds)):
        state = state_of(game, stratum, d, t)
        zones = zones_of(state, game.rules)
        assert tuple(record.zones[d, t]) == highest_tiers(zones, game.rules)
    if slow.agreed is not None:
        better = better_tier(slow.agreed, zones, state, game.rules)
        higher = better if better > tier_of(slow.agreed, game.rules) else 0
        assert record.better[d] == higher


def check_obstacles(game, outcomes, records):
    """What kept each draw from each tier by each round; the shares sum to 1."""
    for tier in range(1, len(game.rules.tiers) + 1):
        for t in range(records.failure.shape[2]):
            codes = obstacle_codes(records, t, tier)
            for (s, d), outcome in outcomes.items():
                told = obstacle_by(game, strata_of(game)[s], d, outcome, t, tier)
                assert told == (None if codes[s, d] < 0 else OBSTACLES[codes[s, d]])
            shares = shares_by(game, outcomes, t, tier)
            reached = sum(p for k, p in tiers_by(game, outcomes, t).items() if k >= tier)
            assert sum(shares.values()) == pytest.approx(1)
            assert shares.get(None, 0) == pytest.approx(reached)


@FEW
@given(told=told_games(draws=2))
def test_the_same_roadmap_is_shown(told):
    game, fast = game_of(told), compiled(told)
    state = state_of(game, strata_of(game)[0], 0, 0)
    order = roadmaps.order_of(game.rules, state.parties, state.reversible)
    stakes = stratum_stakes(fast.populations)[0]
    stops = stops_of(fast.board, stakes, fast.setting.reversible[0], 0)
    trail = make_trail(fast.board.parties, len(fast.board.movers), len(fast.board.linkages))
    for package in possible_packages(game.rules):
        gains = gains_of(package, state, game.rules)
        mask, gained = mask_of(package), np.array(gains)
        least = roadmaps.minimum_trust(package, gains, order)
        assert minimum_trust(fast.board, mask, gained, stops) == pytest.approx(least, abs=1e-9)
        kept = roadmaps.self_enforcing(package, gains, order, stops.trust)
        assert enforced(np.uint32(mask), gained, fast.board, stops, trail) == kept
        slow = roadmaps.roadmap_to_show(package, gains, order)
        ours = best_roadmap(fast.board, mask, gained, stops)
        if slow is None:
            assert ours is None
            continue
        assert ours.steps == slow.steps
        assert ours.demand == pytest.approx(slow.demand, abs=1e-9)
        assert ours.exposure == pytest.approx(slow.exposure, abs=1e-9)
        assert ours.temptation == pytest.approx(slow.temptation, abs=1e-9)
