"""What the protocols look at, checked by hand and against the literal definition."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from summitry.analysis.human_deals.calibration import calibration_of
from summitry.analysis.human_deals.conflict import contested_points
from summitry.analysis.human_deals.forecasts import clustered_error, folds_of
from summitry.analysis.human_deals.game import ROUNDS, Assumed, board_of, play_all, splits_on
from summitry.analysis.human_deals.logit import fit_choice, fit_yes, log_choice
from summitry.analysis.human_deals.pool import fit_pool
from summitry.analysis.human_deals.population import population
from summitry.analysis.human_deals.reading import Negotiations, read_negotiations
from summitry.analysis.human_deals.shares import TERMS, share_terms
from summitry.analysis.human_deals.splits import every_split, scenarios_of, splits_of
from tests.analysis.human_deals.made_up import made_up_file

ONE = Negotiations(np.array([[1, 2, 1]]), np.array([[[4, 1, 4], [2, 2, 4]]]), np.array([[1, 0, 0]]))


def swapped(negotiations: Negotiations) -> Negotiations:
    taken = np.where(
        negotiations.agreed[:, None], negotiations.counts - negotiations.taken, negotiations.taken
    )
    return Negotiations(negotiations.counts, negotiations.values[:, ::-1], taken)


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Negotiations:
    return read_negotiations(made_up_file(tmp_path_factory.mktemp("deals"), 60))[0]


def test_terms_of_a_split_by_hand():
    splits = splits_of(ONE)
    at = int(np.flatnonzero((splits.taken[0] == [1, 0, 0]).all(axis=1))[0])
    assert splits.outcome[0] == at
    assert splits.points[0, at].tolist() == [4, 8]
    terms = dict(zip(TERMS, share_terms(ONE, splits)[0, at], strict=True))
    believed = population(np.array([1, 2, 1])).mean(axis=0)
    envy = max(2 * believed[1] + believed[2] - 4, 0) + max(believed[0] - 8, 0)
    assert terms == pytest.approx(
        {
            "log_nash_product": np.log(4.01 * 8.01),
            "inequality": 4,
            "perceived_envy": envy,
            "dominated": 0,
            "both_halves": 0,
            "double_lead": 8,
            "favourites": 0.5 + 1,
            "kinds_divided": 0,
        }
    )
    assert contested_points(ONE)[0] == 2 + 2 + 4


def test_a_split_is_dominated_where_a_slow_search_finds_a_better_one(many):
    splits = splits_of(many)
    found = share_terms(many, splits)[:, :, list(TERMS).index("dominated")]
    for there, points, marks in zip(splits.there, splits.points, found, strict=True):
        for k in np.flatnonzero(there):
            others = points[there]
            better = (others >= points[k]).all(axis=1) & (others > points[k]).any(axis=1)
            assert marks[k] == better.any()


def test_who_is_called_first_changes_no_term_and_no_scenario(many):
    here, there = splits_of(many), splits_of(swapped(many))
    mine, other = share_terms(many, here), share_terms(swapped(many), there)
    for n, kinds in enumerate(many.counts):
        size = len(every_split(kinds))
        assert np.allclose(mine[n, :size], other[n, :size][::-1])
    assert (scenarios_of(many) == scenarios_of(swapped(many))).all()


def test_no_scenario_is_in_two_folds(many):
    twice = Negotiations(*(np.concatenate(pair) for pair in zip(many, swapped(many), strict=True)))
    folds = folds_of(scenarios_of(twice), 3)
    assert (folds[: len(folds) // 2] == folds[len(folds) // 2 :]).all()
    assert len(set(folds.tolist())) == 10


@pytest.mark.parametrize("kinds", [(1, 4, 1), (2, 2, 2)])
def test_the_packages_of_the_game_are_the_splits(kinds):
    kinds = np.array(kinds)
    assert sorted(splits_on(board_of(kinds), kinds).tolist()) == list(range((kinds + 1).prod()))


def test_efficient_is_the_largest_product_of_gains(many):
    splits = splits_of(many)
    floor = 3.5
    shares = play_all(many, Assumed(floor), "efficient", 2, 0)[0]
    gains = splits.points - floor
    product = np.where(splits.there & (gains > 0).all(axis=2), gains.prod(axis=2), 0.0)
    for row, told in zip(product, shares, strict=True):
        if row.max() == 0:
            assert told.sum() == 0
        else:
            assert told.sum() == pytest.approx(1)
            assert row[np.argmax(told)] == pytest.approx(row.max())


def test_the_rules_alone_bring_an_ultimatum(many):
    """Where no deal brings nothing, the first offer is accepted, and its maker has all."""
    larger = splits_of(many).points.max(axis=2)
    shares = play_all(many, Assumed(0.0), "offers", 8, 0)
    assert len(shares) == ROUNDS
    assert shares[0].sum(axis=1) == pytest.approx(1)
    assert (shares[0] * larger).sum(axis=1) == pytest.approx(10)


def test_without_knowledge_an_offer_maximises_gain_times_chance_in_the_population():
    """Section 4 of the model, literally, for one pair who accept anything."""
    splits = splits_of(ONE)
    vectors = population(ONE.counts[0])
    shares = play_all(ONE, Assumed(0.0, knowledge=0.0), "offers", 32, 0)[0, 0]
    best = set()
    for side, items in ((0, splits.left[0]), (1, splits.taken[0])):
        worth = items @ vectors.T
        chance = norm.cdf(worth.mean(axis=1) / np.maximum(worth.std(axis=1), 1e-12))
        chance[items.sum(axis=1) == 0] = 1.0  # a gain of just 0 is sure, and accepted
        best.add(int(np.argmax(splits.points[0, :, side] * chance)))
    assert set(np.flatnonzero(shares).tolist()) == best


def test_the_game_of_a_pair_does_not_depend_on_the_others_in_the_file(many):
    assumed = Assumed(5.0, 1.0, 0.5, 0.3)
    whole = play_all(many, assumed, "offers", 16, 0)
    few = Negotiations(*(part[:7] for part in many))
    part = play_all(few, assumed, "offers", 16, 0)
    assert np.array_equal(whole[:, :7, : part.shape[2]], part)


def test_a_logit_finds_the_weights_that_made_the_choices():
    generator = np.random.default_rng(0)
    terms = generator.normal(size=(4000, 6, 2))
    there = np.ones((4000, 6), bool)
    logs, _ = log_choice(terms, there, np.array([1.0, -0.5]))
    chosen = np.argmax(logs + generator.gumbel(size=logs.shape), axis=1)
    assert fit_choice(terms, there, chosen) == pytest.approx([1.0, -0.5], abs=0.1)
    yes = terms[:, 0, 0] - 1 + generator.logistic(size=4000) > 0
    assert fit_yes(terms[:, 0], yes) == pytest.approx([-1, 1, 0], abs=0.15)


def test_a_pool_gives_its_weight_to_the_forecast_that_is_right():
    right, wrong = np.full((500, 2), [0.7, 0.3]), np.full((500, 2), [0.2, 0.8])
    outcome = (np.random.default_rng(0).random(500) > 0.7).astype(int)
    rows = np.ones(500, bool)
    weights = fit_pool([right, wrong], outcome, rows)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.9


def test_copies_of_a_negotiation_do_not_make_the_mean_more_certain():
    values = np.random.default_rng(0).normal(size=200)
    once = clustered_error(values, np.arange(200))
    tenfold = clustered_error(np.tile(values, 10), np.tile(np.arange(200), 10))
    assert tenfold == pytest.approx(once)
    assert once == pytest.approx(values.std(ddof=1) / np.sqrt(200))


def test_bins_hold_all_and_their_interval_holds_the_share():
    generator = np.random.default_rng(0)
    told = generator.random(331)
    bins = calibration_of(told, generator.random(331) < told)
    assert sum(one.n for one in bins) == 331
    assert all(one.low < one.share < one.high for one in bins if 0 < one.share < 1)
