"""What the protocols look at, checked by hand and against the literal definition."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.analysis.human_deals.aspirations import (
    Aspirations,
    fit_aspirations,
    forecast_aspirations,
    table_of,
)
from summitry.analysis.human_deals.calibration import calibration_of
from summitry.analysis.human_deals.conflict import contested_points
from summitry.analysis.human_deals.efficient import Efficient, forecast_efficient
from summitry.analysis.human_deals.forecasts import clustered_error, folds_of
from summitry.analysis.human_deals.logit import fit_choice, fit_yes, log_choice
from summitry.analysis.human_deals.pool import fit_pool
from summitry.analysis.human_deals.reading import Negotiations, read_negotiations
from summitry.analysis.human_deals.shares import TERMS, share_terms
from summitry.analysis.human_deals.splits import Splits, every_split, scenarios_of, splits_of
from tests.analysis.human_deals.made_up import made_up_file

KINDS = ("books", "hats", "balls")
ONE = Negotiations(
    KINDS,
    np.array([[1, 2, 1]]),
    np.array([[[4.0, 1.0, 4.0], [2.0, 2.0, 4.0]]]),
    np.array([[1, 0, 0]]),
    np.array([-1]),
)


def swapped(negotiations: Negotiations) -> Negotiations:
    taken = np.where(
        negotiations.agreed[:, None], negotiations.counts - negotiations.taken, negotiations.taken
    )
    return negotiations._replace(values=negotiations.values[:, ::-1], taken=taken)


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Negotiations:
    return read_negotiations(made_up_file(tmp_path_factory.mktemp("deals"), 60))[0]


def test_terms_of_a_split_by_hand():
    splits = splits_of(ONE)
    at = int(np.flatnonzero((splits.taken[0] == [1, 0, 0]).all(axis=1))[0])
    assert splits.outcome[0] == at
    assert splits.points[0, at].tolist() == [4, 8]
    terms = dict(zip(TERMS, share_terms(ONE, splits)[0, at], strict=True))
    believed = np.array([10 / 3, 5 / 3, 10 / 3])
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
            "halved_kinds": 0,
            "most_together": 1,
            "taken_for_nothing": 0,
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
    pairs = zip(many[1:], swapped(many)[1:], strict=True)
    twice = Negotiations(KINDS, *(np.concatenate(pair) for pair in pairs))
    folds = folds_of(scenarios_of(twice), 3)
    assert (folds[: len(folds) // 2] == folds[len(folds) // 2 :]).all()
    assert len(set(folds.tolist())) == 10


def test_efficient_is_the_largest_product_of_gains(many):
    splits = splits_of(many)
    told = forecast_efficient(splits, Efficient(0.0, 0.5))
    product = np.where(splits.there, splits.points.prod(axis=2), -1.0)
    assert told[:, -1] == pytest.approx(0)
    for row, shares in zip(product, told[:, :-1], strict=True):
        assert row[shares > 0] == pytest.approx(row.max())


def test_aspirations_are_those_of_talks_played_out():
    """The literal talks of the two: moods are drawn, and what meets both is chosen from."""
    numbers = Aspirations(firm=1.05, shape=8.0, floor=0.1, choice=3.0, ended=0.1, tremble=0.0)
    splits = splits_of(ONE)
    told = forecast_aspirations(table_of(splits), splits.there, numbers)[0]
    generator, draws = np.random.default_rng(0), 40_000
    gains = splits.points[0] / splits.points[0].max(axis=0)
    asked = numbers.firm / 2 * generator.gamma(numbers.shape, 1 / numbers.shape, (draws, 2))
    met = (gains[None] >= asked[:, None]).all(axis=2)
    weight = met * ((gains + numbers.floor) ** numbers.choice).prod(axis=1)
    found = np.zeros(len(told))
    some = weight.sum(axis=1) > 0
    found[:-1] = (weight[some] / weight[some].sum(axis=1, keepdims=True)).sum(axis=0) / draws
    found[:-1] *= 1 - numbers.ended
    found[-1] = 1 - found[:-1].sum()
    error = np.sqrt(np.maximum(told * (1 - told), 1e-4) / draws)
    assert (np.abs(found - told) < 4 * error).all()


def test_aspirations_are_fitted_where_they_were_made(many):
    splits = splits_of(many)
    table, true = table_of(splits), Aspirations(1.1, 10.0, 0.1, 4.0, 0.1, 0.02)
    told = forecast_aspirations(table, splits.there, true)
    generator = np.random.default_rng(1)
    rows = np.repeat(np.arange(len(told)), 60)
    outcome = np.array([generator.choice(told.shape[1], p=told[row]) for row in rows])
    many_splits = Splits(*(x[rows] for x in splits))._replace(outcome=outcome)
    found = fit_aspirations(table_of(many_splits), many_splits, np.ones(len(rows), bool))
    again = forecast_aspirations(table, splits.there, found)
    # floor and choice make up for each other: what is told comes out again, not each number
    assert again == pytest.approx(told, abs=0.04)
    assert found.firm == pytest.approx(true.firm, rel=0.1)

    def loss(forecast):
        return -np.log(forecast[rows, outcome]).mean()

    assert loss(again) <= loss(told)


def test_who_holds_out_for_more_finds_less(many):
    splits = splits_of(many)
    table = table_of(splits)
    shares = [
        forecast_aspirations(table, splits.there, Aspirations(firm, 12.0, 0.1, 4.0, 0.1, 0.02))[
            :, -1
        ]
        for firm in (0.8, 1.0, 1.3)
    ]
    assert (np.diff(shares, axis=0) >= -1e-12).all()
    assert (shares[-1] > shares[0]).any()


def test_the_scale_of_a_person_changes_nothing_and_swapping_the_two_mirrors(many):
    splits, numbers = splits_of(many), Aspirations(1.0, 12.0, 0.1, 4.0, 0.1, 0.02)
    told = forecast_aspirations(table_of(splits), splits.there, numbers)
    other = splits_of(swapped(many))
    mirrored = forecast_aspirations(table_of(other), other.there, numbers)
    for n, counts in enumerate(many.counts):
        size = len(every_split(counts))
        assert mirrored[n, :size] == pytest.approx(told[n, :size][::-1])


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
