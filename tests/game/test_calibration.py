"""Of offers given a chance of 0.7, about 0.7 find consent."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.game.board import Rules
from summitry.game.numbers import Setting, Stakes
from tests.game.test_laws import played

DRAWS = 6000


def one_offer(knowledge: float):
    """Every package has one mover's action; gains are normal, as the stated chances assume."""
    rng = np.random.default_rng(7)
    number, parties = 3, 2
    nothing = np.zeros(number, np.uint32)
    rules = Rules(
        parties=parties, principals=3, movers=np.array([1, 2, 2], np.uint32), consent=nothing,
        requires=nothing, only_with=nothing, excludes=nothing, instant=np.ones(number, bool),
        linkages=np.zeros(0, np.uint32), chances=(), tier_all=np.zeros(1, np.uint32),
        tier_any=np.zeros(1, np.uint32),
    )  # fmt: skip
    flat = np.zeros((DRAWS, parties))
    stakes = Stakes(
        values=rng.normal([[2, 1, 3], [1, 2, -1]], 4, (DRAWS, parties, number)),
        linkages=np.zeros((DRAWS, parties, 0)), reservation=rng.normal(0, 2, (DRAWS, parties)),
        delay=flat, breach=flat + 1, trust=flat + 1,
    )  # fmt: skip
    setting = Setting(
        reversible=np.ones((DRAWS, number)), knowledge=np.full(DRAWS, knowledge),
        learning=np.full(DRAWS, 0.5), power=flat + 1, chance=np.zeros((DRAWS, 0)),
        granted=np.zeros((DRAWS, 0), bool), proposers=np.zeros((DRAWS, 1), int),
        ends=np.zeros((DRAWS, 1), bool),
    )  # fmt: skip
    return played(rules, stakes, setting, ask_always=True)[1]


@pytest.mark.parametrize("knowledge", [0.0, 0.3, 0.6, 0.9])
def test_stated_chances_of_acceptance_are_calibrated(knowledge):
    record = one_offer(knowledge)
    made = record.offered[:, 0] >= 0
    stated, accepted = record.chance[made, 0], record.consented[made, 0]
    for low in np.arange(0.1, 1.0, 0.2):
        inside = (stated >= low) & (stated < low + 0.2)
        if inside.sum() < 100:
            continue
        expected = stated[inside].mean()
        error = np.sqrt(expected * (1 - expected) / inside.sum())
        # draws share ghosts and means, so the bound is four standard errors and a margin
        assert abs(accepted[inside].mean() - expected) < 4 * error + 0.01
