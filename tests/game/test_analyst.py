"""Copies of a dossier by other analysts: other centres, the same dice."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logit, ndtri

from summitry.dossier.numbers import Number
from summitry.estimates import REAL, UNIT, analyst_level, fixed, parse_estimate
from summitry.game.draw import Sampler
from summitry.game.variation import Variation

SEED, DRAWS, COPIES = 5, 64, 400
RANGE, SHARE = parse_estimate("2 to 8", REAL), parse_estimate("0.1 to 0.6", UNIT)


def sampler(analyst=None, **more):
    return Sampler(SEED, DRAWS, Variation(analyst=analyst, **more))


def test_every_analyst_uses_the_same_dice_about_a_centre_of_its_own():
    plain, copy = sampler(), sampler(3)
    level = analyst_level(SEED, "trust.a", 3)
    for estimate, scale in ((RANGE, np.asarray), (SHARE, logit)):
        number, sd = Number(estimate), estimate.parameters[1]
        drawn = scale(copy.draw(number, "trust.a", estimate))
        moved = drawn - scale(plain.draw(number, "trust.a", estimate))
        assert moved == pytest.approx(np.full(DRAWS, sd * ndtri(level)))
    assert (copy.draw(None, "trust.a", fixed(0.3)) == 0.3).all()
    again = sampler(3).draw(Number(RANGE), "trust.a", RANGE)
    assert (again == copy.draw(Number(RANGE), "trust.a", RANGE)).all()
    held = sampler(3, everywhere=0.5).draw(Number(RANGE), "trust.a", RANGE)
    assert held == pytest.approx(np.full(DRAWS, 5 + RANGE.parameters[1] * ndtri(level)))


def test_centres_of_the_values_of_one_party_go_together():
    appetite = np.zeros(1)

    def centres(analyst):
        one = Sampler(SEED, 1, Variation(everywhere=0.5, analyst=analyst))
        return [one.draw_with(appetite, 0.3, f"values.a.{c}", RANGE)[0] for c in ("x", "y")]

    found = (np.array([centres(k) for k in range(COPIES)]) - 5) / RANGE.parameters[1]
    # four standard errors of 400 copies
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(0.3, abs=0.18)
    assert found.std(axis=0) == pytest.approx([1, 1], abs=0.14)


def test_analysts_differ_on_certain_consents_and_on_priors():
    path = "commitments.x.consent.council"
    chances = [sampler(k).draw_chance(Number(fixed(0.3)), path) for k in range(COPIES)]
    odds = logit(np.array(chances)) - logit(0.3)
    assert np.ptp(odds, axis=1) == pytest.approx(np.zeros(COPIES))
    assert odds[:, 0].std() == pytest.approx(0.5, abs=0.07)
    spread = sampler(2).draw_chance(Number(SHARE), path)
    assert (spread == sampler(2).draw(Number(SHARE), path, SHARE)).all()
    prior, paths = np.array([0.3, 0.7]), ["types.a.x.prior", "types.a.y.prior"]
    apart = [logit(sampler(k).prior(prior, paths)[0]) - logit(0.3) for k in range(COPIES)]
    assert np.std(apart) == pytest.approx(0.5 * np.sqrt(2), abs=0.1)
    assert (sampler().prior(prior, paths) == prior).all()
    assert (sampler().draw_chance(Number(fixed(0.3)), path) == 0.3).all()
