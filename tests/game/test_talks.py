"""Laws of the talks by aspirations, on games near those with known results."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.game.board import ranks_of
from summitry.game.numbers import in_force, with_chances
from summitry.game.roadmap import stops_of
from summitry.game.run import How, Match, play_matches
from summitry.game.solutions import after_vetoes, gains, that_can_be_signed

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from oracles.games import read_game  # noqa: E402

GAMES = json.loads((Path(__file__).parent / "games_second_form.json").read_text())
FEW = settings(max_examples=40, deadline=None)


@st.composite
def games(draw):
    """A game with known results whose values and trust are moved at random."""
    read = read_game(GAMES[draw(st.integers(0, len(GAMES) - 1))])
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    stakes = read.stakes._replace(
        values=read.stakes.values + rng.normal(3, 8, read.stakes.values.shape),
        trust=rng.uniform(size=read.stakes.trust.shape),
        breach=rng.uniform(0, 4, read.stakes.breach.shape),
    )
    return read._replace(stakes=stakes)


def played(read, protocol="aspirations", workers=1):
    match = Match(
        board=read.board,
        worths=with_chances(read.stakes, read.setting.chance, read.rules),
        stakes=read.stakes,
        setting=read.setting,
        in_force=in_force(read.setting.granted, read.rules),
        ranks=ranks_of(read.rules),
        tiers=len(read.game["tiers"]),
    )
    return play_matches([match], How(protocol), workers)[0]


def signed(read):
    record, _ = played(read)
    return record.chain[:, 0] >= 0


@FEW
@given(games())
def test_the_unit_of_a_party_changes_nothing(read):
    factor = np.ones(read.rules.parties)
    factor[0] = 4.0  # a power of two, so that no digit changes
    stakes = read.stakes
    scaled = stakes._replace(
        values=stakes.values * factor[:, None],
        linkages=stakes.linkages * factor[:, None],
        **{name: getattr(stakes, name) * factor for name in ("reservation", "delay", "breach")},
    )
    for ours, theirs in zip(played(read), played(read._replace(stakes=scaled)), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            assert np.array_equal(one, other)


@FEW
@given(games(), st.floats(1.0, 2.0))
def test_more_firmness_never_brings_an_agreement(read, factor):
    firmer = read.stakes._replace(firmness=read.stakes.firmness * factor)
    assert (signed(read) | ~signed(read._replace(stakes=firmer))).all()


@FEW
@given(games(), st.floats(0.0, 1.0))
def test_more_knowledge_and_momentum_never_lose_an_agreement(read, more):
    knowledge = read.setting.knowledge + more * (1 - read.setting.knowledge)
    wiser = read.setting._replace(knowledge=knowledge, goes_on=np.ones_like(read.setting.goes_on))
    assert (signed(read._replace(setting=wiser)) | ~signed(read)).all()


@FEW
@given(games())
def test_more_trust_never_shrinks_what_can_be_signed(read):
    more = read.stakes._replace(trust=np.minimum(read.stakes.trust + 0.2, 1.0))
    for draw in range(4):
        gained = gains(read.board, read.stakes, draw)
        zone, reversible = after_vetoes(read.board, gained), read.setting.reversible[draw]
        before, after = (
            that_can_be_signed(read.board, gained, zone, stops_of(read.board, s, reversible, draw))
            for s in (read.stakes, more)
        )
        assert (after | ~before).all()


@FEW
@given(games())
def test_the_honest_do_what_comes_into_force_where_all_consents_are_sure(read):
    sure = read.setting._replace(
        chance=np.ones_like(read.setting.chance), granted=np.ones_like(read.setting.granted)
    )
    honest = read.stakes._replace(honesty=np.ones_like(read.stakes.honesty))
    record, deeds = played(read._replace(stakes=honest, setting=sure))
    for d, chain in enumerate(record.chain):
        last = [int(read.board.masks[p]) for p in chain if p >= 0]
        if last:
            assert deeds.done[d, len(last) - 1] == last[-1]
            assert not deeds.stopped[d].any()


@FEW
@given(games())
def test_shares_of_obstacles_and_tiers_are_complete(read):
    record, _ = played(read)
    tiers = np.append(read.board.tiers, 0)[record.chain]
    for t in range(record.why.shape[1]):
        reached = np.where(record.when <= t, tiers, 0).max(axis=1)
        for k in range(1, record.stands.shape[2] + 1):
            assert ((record.stands[:, t, k - 1] == 0) == (reached >= k)).all()


@pytest.mark.parametrize("protocol", ["aspirations", "efficient"])
def test_workers_change_nothing(protocol):
    for game in GAMES:
        read = read_game(game)
        one, two = played(read, protocol), played(read, protocol, workers=2)
        for ours, theirs in zip((*one[0], *one[1]), (*two[0], *two[1]), strict=True):
            assert np.array_equal(ours, theirs)
