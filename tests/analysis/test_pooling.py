"""Errors of pooled numbers are those of the draws, all rounds together."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.analysis.pooling import Pooling
from summitry.dossier.schema import ReferenceClass
from summitry.evidence.log_odds_pool import at_least

NAMES = ("none", "low", "middle", "high")
DRAWS = 400
BINNED = [
    {"tiers": ["none"], "count": 6},
    {"tiers": ["low", "middle"], "count": 3},
    {"tiers": ["high"], "count": 1},
]
COUNTED = {"none": 3, "low": 4, "middle": 8, "high": 9}


def known(**more):
    return ReferenceClass.model_validate({"title": "t", **more})


def pooling(classes, draws=DRAWS, tiers=4):
    return Pooling(classes, NAMES[:tiers], 0.5, 0.5, 30.0, np.ones(tiers, bool), draws)


BOTH = {0: [known(bins=BINNED)], 2: [known(counts=COUNTED, covers="process")]}


def played(rng, chance, draws=DRAWS):
    """Draws of three rounds in which talks only ever rise, by their chances: (D, 3, K + 1)."""
    steps = [rng.choice(len(chance), size=draws, p=chance) for _ in range(3)]
    tier = np.maximum.accumulate(np.array(steps), axis=0).T
    return (tier[:, :, None] == np.arange(len(chance))).astype(float)


def errors_of(hits, found):
    return found.errors(hits.mean(axis=0), np.cov(hits.reshape(len(hits), -1), rowvar=False))


@pytest.mark.parametrize("classes", [BOTH, {0: BOTH[0]}, {}], ids=["both", "first", "none"])
def test_errors_are_the_spread_over_many_runs(classes):
    rng, found = np.random.default_rng(0), pooling(classes)
    runs = [played(rng, [0.5, 0.25, 0.15, 0.1]) for _ in range(600)]
    pooled = np.stack([found.pooled(hits.mean(axis=0)) for hits in runs])
    errors = errors_of(runs[0], found)
    assert errors.exactly == pytest.approx(pooled.std(axis=0), rel=0.2)
    assert errors.at_least == pytest.approx(at_least(pooled).std(axis=0), rel=0.2)


def test_what_a_draw_adds_sums_to_the_errors():
    hits, found = played(np.random.default_rng(1), [0.5, 0.25, 0.15, 0.1]), pooling(BOTH)
    mean = hits.mean(axis=0)
    added = (hits - mean).reshape(DRAWS, -1) @ found.slopes(mean).T
    expected = added.std(axis=0, ddof=1).reshape(mean.shape) / np.sqrt(DRAWS)
    assert errors_of(hits, found).exactly == pytest.approx(expected)


def test_rounds_in_which_nothing_happens_have_the_errors_of_the_first():
    hits = played(np.random.default_rng(2), [0.5, 0.25, 0.15, 0.1])
    hits[:] = hits[:, :1]
    for classes in ({}, {0: BOTH[0]}):
        errors = errors_of(hits, pooling(classes)).exactly
        assert errors == pytest.approx(np.tile(errors[0], (3, 1)))
    plain = np.sqrt(hits[:, 0].var(axis=0, ddof=1) / DRAWS)
    assert errors_of(hits, pooling({})).exactly[1] == pytest.approx(plain)


def test_a_number_taken_from_an_earlier_round_has_its_error():
    hits = played(np.random.default_rng(4), [0.5, 0.25, 0.15, 0.1])
    low = known(counts={"none": 300, "low": 0, "middle": 0, "high": 0}, relevance=1)
    found = pooling({0: [known(counts=COUNTED)], 2: [low, low, low]})
    pooled = found.pooled(hits.mean(axis=0))
    assert pooled[2] == pytest.approx(pooled[0])
    errors = errors_of(hits, found)
    assert errors.exactly[2] == pytest.approx(errors.exactly[0])
    assert errors.at_least[2] == pytest.approx(errors.at_least[0])


def test_where_no_draw_hits_the_error_is_a_bound():
    hits = played(np.random.default_rng(3), [0.0, 0.6, 0.4, 0.0])
    errors = errors_of(hits, pooling(BOTH))
    missed = 1 - 0.05 ** (1 / DRAWS)
    assert (errors.exactly[:, [0, 3]] >= missed).all()
    assert errors.at_least[:, [0, 2]] == pytest.approx(missed)
    assert (errors.exactly[:, 1] < 0.04).all() and np.isfinite(errors.exactly).all()


def test_coarse_bins_are_divided_by_the_models_shares():
    model = np.array([[0.4, 0.45, 0.15, 0.0]] * 3)
    [first, second, third] = [pooling(BOTH).of_classes(t, model) for t in range(3)]
    assert first == pytest.approx(np.array([6.5, 2.75, 1.25, 1.5]) / 12)
    assert second is None
    assert third == pytest.approx(np.array([3.5, 4.5, 8.5, 9.5]) / 26)
