"""Reference classes: counts to probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.dossier.schema import ReferenceClass
from summitry.evidence.classes import class_forecast

TIERS = ("none", "low", "high")
EVEN = np.full(3, 1 / 3)


def known(**more):
    return ReferenceClass.model_validate({"title": "t", **more})


@pytest.mark.parametrize(
    "classes, expected",
    [
        ([], [0.5, 0.5, 0.5]),
        ([known(counts={"none": 5, "low": 3, "high": 0})], [5.5, 3.5, 0.5]),
        ([known(counts={"none": 5, "low": 3, "high": 0}, relevance=0.5)], [3.0, 2.0, 0.5]),
        ([known(counts={"none": 60, "low": 30, "high": 10})], [18.5, 9.5, 3.5]),
        (
            [known(counts={"none": 1, "low": 0, "high": 0}), known(counts={"high": 2})],
            [1.5, 0.5, 2.5],
        ),
    ],
    ids=["prior alone", "counts", "half as relevant", "at most 30 cases", "two classes"],
)
def test_the_mean_of_the_dirichlet(classes, expected):
    found = class_forecast(classes, TIERS, EVEN)
    assert found == pytest.approx(np.array(expected) / sum(expected))


@pytest.mark.parametrize(
    "model, shares",
    [([0.4, 0.45, 0.15], [0.75, 0.25]), ([1.0, 0.0, 0.0], [0.5, 0.5])],
    ids=["as the model divides them", "evenly where it has none"],
)
def test_a_coarse_bin_is_divided(model, shares):
    bins = [{"tiers": ["none"], "count": 4}, {"tiers": ["low", "high"], "count": 8}]
    found = class_forecast([known(bins=bins)], TIERS, np.array(model))
    expected = np.array([4.5, 8 * shares[0] + 0.5, 8 * shares[1] + 0.5])
    assert found == pytest.approx(expected / expected.sum())
