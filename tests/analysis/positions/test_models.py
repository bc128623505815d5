"""Laws of the bargaining models, and the figures their own tools or papers printed."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.analysis.positions.challenge import challenged
from summitry.analysis.positions.compromise import compromise, pull, salience_pull
from summitry.analysis.positions.exchange import (
    Matter,
    exchange,
    externalities,
    next_positions,
)
from summitry.analysis.positions.ktab import turn_zero
from summitry.analysis.positions.means import mean, salience_mean
from summitry.analysis.positions.medians import median, weighted_median
from summitry.analysis.positions.models import MODELS
from summitry.analysis.positions.nash import nash, nash_from_reference
from summitry.analysis.positions.pce import conditional_pce, markov_pce
from summitry.analysis.positions.scholz import rounds, voted_median
from summitry.analysis.positions.stands import Stands

places = st.lists(st.integers(0, 100), min_size=2, max_size=8)


@st.composite
def stands(draw):
    x = np.array(draw(places), float)
    one_to_ten = st.integers(1, 10)
    s = np.array([draw(one_to_ten) for _ in x]) / 10.0
    c = np.array([draw(one_to_ten) for _ in x], float)
    return Stands(x, s, c, 0.0, 100.0, np.array(float(draw(st.integers(0, 100)))))


@given(stands())
def test_every_model_answers_within_the_positions(given_stands):
    low, high = given_stands.positions.min(), given_stands.positions.max()
    for model in MODELS:
        if model.name == "nash-reference":
            continue  # what stands without agreement may lie outside
        point = float(model.point(given_stands))
        assert low - 0.1 <= point <= high + 0.1, model.name


@given(stands())
def test_what_tells_chances_tells_probabilities(given_stands):
    for model in MODELS:
        if model.chances is not None:
            chances = model.chances(given_stands)
            assert (chances >= 0).all()
            assert chances.sum() == pytest.approx(1.0)


@given(stands())
def test_a_mirrored_scale_mirrors_means_and_elections(given_stands):
    mirrored = given_stands._replace(positions=100.0 - given_stands.positions)
    for model in (compromise, mean, salience_mean):
        assert model(mirrored) == pytest.approx(100.0 - model(given_stands))
    assert markov_pce(mirrored) == pytest.approx(markov_pce(given_stands), abs=1e-6)


@given(stands(), st.integers(0, 7))
def test_the_lever_is_what_the_compromise_moves_by(given_stands, which):
    k = which % len(given_stands.positions)
    moved = given_stands.positions.copy()
    moved[k] += 1.0
    after = compromise(given_stands._replace(positions=moved))
    assert after - compromise(given_stands) == pytest.approx(pull(given_stands)[k])
    cares = given_stands.salience.copy()
    cares[k] += 1e-7
    slope = (compromise(given_stands._replace(salience=cares)) - compromise(given_stands)) / 1e-7
    assert slope == pytest.approx(salience_pull(given_stands)[k], rel=1e-4, abs=1e-4)


@given(stands())
def test_the_weighted_median_beats_every_place_in_a_vote(given_stands):
    winner = weighted_median(given_stands)
    x, w = given_stands.positions, given_stands.weights
    for place in x:
        for_it = w[np.abs(x - winner) < np.abs(x - place)].sum()
        against = w[np.abs(x - winner) > np.abs(x - place)].sum()
        assert for_it >= against - 1e-9


@given(stands(), st.floats(0.1, 10.0))
def test_the_unit_of_power_does_not_matter(given_stands, unit):
    scaled = given_stands._replace(power=given_stands.power * unit)
    for model in (compromise, weighted_median, nash, conditional_pce, markov_pce):
        assert model(scaled) == pytest.approx(model(given_stands), abs=2e-5)


def test_batches_answer_as_single_draws_do():
    random = np.random.default_rng(1)
    many = Stands(*(random.integers(1, 100, (5, 6)).astype(float) for _ in range(3)), 0.0, 100.0)
    for model in (compromise, median, weighted_median, nash, conditional_pce, markov_pce):
        for k in range(5):
            one = many._replace(
                positions=many.positions[k], salience=many.salience[k], power=many.power[k]
            )
            assert model(many)[k] == pytest.approx(model(one), abs=1e-5), model.__name__


def test_from_a_reference_nobody_is_worse_off_where_that_can_be():
    x = np.array([40.0, 60.0, 80.0])
    at = Stands(x, np.ones(3), np.ones(3), 0.0, 100.0, np.array(0.0))
    place = nash_from_reference(at)
    assert (np.abs(x - place) <= x + 1e-9).all()


# the emission standards of 1991 (Bueno de Mesquita 1994, table 1)
EMISSIONS = Stands(
    np.array([4, 7, 4, 4, 10, 10, 10, 7, 4, 7], float),
    np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]),
    np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]),
    4.0,
    10.0,
)


def test_ten_rounds_of_challenges_as_published():
    """Means and medians of ten rounds of the replication (Scholz et al. 2011, table 2)."""
    told = [EMISSIONS._replace(positions=one.positions) for one in islice(rounds(EMISSIONS), 10)]
    assert [round(float(compromise(one)), 3) for one in told] == [
        7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572, 7.325, 7.242,
    ]  # fmt: skip
    assert [round(voted_median(one), 3) for one in told] == [
        8.416, 9.611, 9.962, 9.962, 9.962, 7.472, 8.825, 9.671, 9.671, 7.0,
    ]  # fmt: skip


def test_in_the_text_s_reading_the_weaker_gives_in():
    at = Stands(np.array([0.0, 100.0]), np.ones(2), np.array([9.0, 1.0]), 0.0, 100.0)
    after = challenged(at)
    assert after[0] == 0.0
    assert after[1] < 100.0


def trade_of_two() -> Matter:
    """Two parties opposed on two issues, each caring for another."""
    return Matter(
        np.array([[0.0, 0.0], [100.0, 100.0]]),
        np.array([[0.9, 0.2], [0.3, 0.8]]),
        np.ones((2, 2)),
        np.ones((2, 2), bool),
    )


def test_a_trade_gains_both_alike():
    settled = exchange(trade_of_two())
    effects = externalities(trade_of_two(), settled)
    assert len(settled.trades) == 1
    trade = settled.trades[0]
    assert effects[0] == pytest.approx([trade.gain, trade.gain])
    assert {(trade.i, trade.p), (trade.j, trade.q)} == {(0, 1), (1, 0)}


@st.composite
def matters(draw):
    n, m = draw(st.integers(2, 6)), draw(st.integers(2, 4))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    present = random.random((n, m)) < 0.9
    present[:2] = True
    return Matter(
        random.integers(0, 11, (n, m)) * 10.0,
        random.integers(1, 11, (n, m)) / 10.0,
        random.integers(1, 6, (n, m)).astype(float),
        present,
    )


@pytest.mark.parametrize("reading", ["text", "logs"])
@given(matter=matters())
def test_trades_gain_both_and_end(matter, reading):
    settled = exchange(matter, reading)
    for trade in settled.trades:
        s, shares = matter.salience, matter.shares
        shift_p = shares[trade.i, trade.p] * abs(trade.i_moves[1] - trade.i_moves[0])
        shift_q = shares[trade.j, trade.q] * abs(trade.j_moves[1] - trade.j_moves[0])
        own = s[trade.i, trade.q] * shift_q - s[trade.i, trade.p] * shift_p
        other = s[trade.j, trade.p] * shift_p - s[trade.j, trade.q] * shift_q
        assert own == pytest.approx(trade.gain, abs=1e-9)
        assert other == pytest.approx(trade.gain, abs=1e-9)
    assert (settled.votes >= -1e-9).all()
    assert (settled.votes <= 100 + 1e-9).all()
    assert settled.outcomes == pytest.approx((matter.shares * settled.votes).sum(axis=0))
    after = next_positions(matter, settled.votes)
    assert np.abs(after - matter.positions).max() <= 50.0 + 1e-9


def test_risk_attitudes_span_their_range():
    random = np.random.default_rng(3)
    turn = turn_zero(random.random((6, 2)), random.random((6, 2)) * 50, random.random(6))
    assert (turn.risk.min(), turn.risk.max()) == pytest.approx((-0.5, 1.0))
    assert np.diagonal(turn.values) == pytest.approx(1.0)
    assert turn.chances.sum() == pytest.approx(1.0)
