"""The forecast of an issue, and its fit: laws, and what makes it move."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.analysis.positions import grid
from summitry.analysis.positions.fitting import fit, folds_of
from summitry.analysis.positions.measured import measured
from summitry.analysis.positions.mixture import (
    Features,
    Procedure,
    features_of,
    forecast,
    prevailing,
    settled_chance,
)
from tests.analysis.positions.test_models import stands

SHIPPED = measured().constants


def masses_of(at, procedure=Procedure()):  # noqa: B008
    return forecast(features_of(at, procedure), SHIPPED)


@given(stands())
def test_it_is_a_distribution_that_turns_with_the_scale(at):
    masses = masses_of(at)
    assert masses.sum() == pytest.approx(1.0)
    assert (masses > 0).all()  # nothing is held to be impossible
    turned = at._replace(positions=100.0 - at.positions, no_agreement=100.0 - at.no_agreement)
    assert masses_of(turned) == pytest.approx(masses[::-1], abs=1e-6)


def three():
    from summitry.analysis.positions.stands import Stands

    return Stands(
        np.array([0.0, 40.0, 100.0]), np.array([0.5, 0.5, 0.9]), np.array([5.0, 4.0, 5.0]), 0.0, 100.0
    )  # fmt: skip


def test_what_stands_now_and_a_parliament_make_a_position_likelier():
    plain = prevailing(features_of(three()), SHIPPED)
    standing = prevailing(features_of(three()._replace(no_agreement=np.array(0.0))), SHIPPED)
    heard = prevailing(features_of(three(), Procedure(parliament=1)), SHIPPED)
    proposed = prevailing(features_of(three(), Procedure(agenda_setter=2)), SHIPPED)
    assert standing[0] > plain[0]
    assert heard[1] > plain[1]
    assert proposed[2] > plain[2]


def test_a_position_near_the_compromise_settles_the_matter():
    near = three()._replace(positions=np.array([0.0, 57.0, 100.0]))
    chances = [float(settled_chance(features_of(at), SHIPPED)) for at in (three(), near)]
    assert chances[0] < chances[1]
    alike = features_of(three(), Procedure(unanimity=True))
    assert settled_chance(alike, SHIPPED) > chances[0]


def test_where_all_agree_the_matter_is_settled():
    agreed = three()._replace(positions=np.full(3, 40.0))
    assert settled_chance(features_of(agreed), SHIPPED) == 1.0
    assert masses_of(agreed)[400] == pytest.approx(0.99, abs=1e-3)


def test_the_score_is_that_of_its_definition():
    masses = np.zeros(1001)
    masses[[0, 500, 1000]] = 0.2, 0.5, 0.3
    places = np.array([0.0, 50.0, 100.0])
    weights = np.array([0.2, 0.5, 0.3])
    outcome = 30.0
    expected = (weights * np.abs(places - outcome)).sum()
    expected -= (weights[:, None] * weights * np.abs(places[:, None] - places)).sum() / 2
    assert grid.crps(masses, np.array(outcome)) == pytest.approx(expected, abs=0.11)
    assert grid.quantile(masses, 0.2) == 0.0
    assert grid.quantile(masses, 0.21) == 50.0
    assert grid.covered(masses, np.array(50.0), 0.5)
    assert grid.log_score(masses, np.array(50.3)) == pytest.approx(-np.log(0.5))


def made_up(issues: int, seed: int):
    """Issues whose outcomes are drawn from the forecast itself."""
    random = np.random.default_rng(seed)
    from summitry.analysis.positions.stands import Stands

    made, outcomes = [], []
    for _ in range(issues):
        at = Stands(
            random.choice(np.arange(0, 101, 10.0), 6), random.random(6) + 0.1,
            random.random(6) + 0.1, 0.0, 100.0, np.array(float(random.integers(0, 101))),
        )  # fmt: skip
        made.append(features_of(at, Procedure(unanimity=bool(random.random() < 0.3))))
        masses = forecast(made[-1], SHIPPED)
        outcomes.append(random.choice(grid.PLACES, p=masses / masses.sum()))
    stacked = {name: np.stack([getattr(one, name) for one in made]) for name in Features._fields}
    return Features(**stacked), np.array(outcomes)


def test_the_fit_finds_what_made_the_outcomes():
    features, outcomes = made_up(1500, seed=4)
    found = fit(features, outcomes, np.ones(len(outcomes), bool))
    assert found.election == pytest.approx(SHIPPED.election, abs=0.2)
    assert found.status_quo == pytest.approx(SHIPPED.status_quo, abs=0.35)
    assert found.spread == pytest.approx(SHIPPED.spread, abs=6.0)
    assert found.settled == pytest.approx(SHIPPED.settled, abs=0.35)


@given(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=1), st.integers(0, 5))
def test_folds_never_part_a_proposal(proposals, seed):
    folds = folds_of(proposals, seed)
    assert all(
        len({f for f, p in zip(folds, proposals, strict=True) if p == q}) == 1 for q in proposals
    )
