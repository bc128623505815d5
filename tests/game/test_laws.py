"""The limits of the theory, as laws that every game obeys."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from summitry.game.beliefs import Population, beliefs
from summitry.game.board import build_board
from summitry.game.kernels.play import COMMITMENT, INFORMATION
from summitry.game.numbers import Stakes, follow
from summitry.game.roadmap import best_roadmap, minimum_trust, stops_of
from summitry.game.run import play
from summitry.game.solutions import after_vetoes, gains, with_roadmap
from tests.strategies import games

FEW = settings(max_examples=40, deadline=None)


def played(rules, stakes, setting, **options):
    """The record of a game whose parties have no types."""
    board = build_board(rules)
    rounds = setting.proposers.shape[1]
    people = [
        Population(np.ones(1), [Stakes(*(x[:, j] for x in stakes))]) for j in range(rules.parties)
    ]
    known = beliefs(board, people, rounds)
    return board, play(board, stakes, setting, follow(stakes), known, **options)


@FEW
@given(games())
def test_the_roadmap_shown_is_a_certificate(game):
    rules, stakes, setting = game
    board = build_board(rules)
    gained = gains(board, stakes, 0)
    stops = stops_of(board, stakes, setting.reversible[0], 0)
    for p, mask in enumerate(board.masks[:24]):
        roadmap = best_roadmap(board, int(mask), gained[p], stops)
        least = minimum_trust(board, int(mask), gained[p], stops)
        if roadmap is None:
            assert least == np.inf
            continue
        assert abs(roadmap.minimum_trust - least) < 1e-9
        moved = [c for step in roadmap.steps for c in step]
        assert sorted(moved) == [k for k in range(len(board.movers)) if int(mask) >> k & 1]


@FEW
@given(games(knowledge=1.0))
def test_full_knowledge_leaves_no_obstacle_of_information(game):
    _, record = played(*game)
    assert not (record.failure == INFORMATION).any()


@FEW
@given(games())
def test_full_trust_and_reversibility_leave_no_obstacle_of_commitment(game):
    rules, stakes, setting = game
    stakes = stakes._replace(trust=np.ones_like(stakes.trust))
    setting = setting._replace(reversible=np.ones_like(setting.reversible))
    _, record = played(rules, stakes, setting)
    assert not (record.failure == COMMITMENT).any()


@FEW
@given(games())
def test_dropping_a_consent_never_shrinks_what_survives_vetoes(game):
    rules, stakes, _ = game
    board = build_board(rules)
    free = build_board(rules._replace(consent=np.zeros_like(rules.consent)))
    for draw in range(len(stakes.trust)):
        gained = gains(board, stakes, draw)
        before, after = after_vetoes(board, gained), after_vetoes(free, gained)
        assert (after | ~before).all()


@FEW
@given(games())
def test_more_trust_never_shrinks_what_can_be_carried_out(game):
    rules, stakes, setting = game
    board = build_board(rules)
    more = stakes._replace(trust=np.minimum(stakes.trust + 0.2, 1.0))
    for draw in range(4):
        gained = gains(board, stakes, draw)
        zone = after_vetoes(board, gained)
        before = with_roadmap(board, gained, zone, stakes, setting.reversible[draw], draw)
        after = with_roadmap(board, gained, zone, more, setting.reversible[draw], draw)
        assert (after | ~before).all()


@FEW
@given(games())
def test_the_unit_of_a_party_changes_no_efficient_choice(game):
    rules, stakes, setting = game
    factor = np.ones(rules.parties)
    factor[0] = 4.0  # a power of two, so that no digit changes
    scaled = Stakes(
        values=stakes.values * factor[:, None],
        linkages=stakes.linkages * factor[:, None],
        reservation=stakes.reservation * factor,
        delay=stakes.delay * factor,
        breach=stakes.breach * factor,
        trust=stakes.trust,
    )
    _, before = played(rules, stakes, setting, protocol="efficient")
    _, after = played(rules, scaled, setting, protocol="efficient")
    assert (before.package == after.package).all()


@FEW
@given(games())
def test_workers_change_nothing(game):
    _, one = played(*game, workers=1)
    _, two = played(*game, workers=2)
    for ours, theirs in zip(one, two, strict=True):
        assert np.array_equal(ours, theirs)
