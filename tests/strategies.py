"""Hypothesis strategies for whole small games."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from summitry.game.board import Rules
from summitry.game.numbers import Setting, Stakes

MOST = 6


@st.composite
def games(draw, draws: int = 8, knowledge: float | None = None, rounds: int = 2):
    """Rules, stakes and setting of a game with 2 or 3 parties and 3 to 6 commitments."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    parties, number = int(rng.integers(2, 4)), int(rng.integers(3, MOST + 1))
    linkages = int(rng.integers(0, 3))
    principals = 2
    movers = rng.integers(1, 1 << parties, number).astype(np.uint32)
    single = rng.random(number) < 0.7
    movers = np.where(single, 1 << rng.integers(0, parties, number), movers).astype(np.uint32)
    masks = np.zeros(number, np.uint32)
    requires, only_with, excludes = masks.copy(), masks.copy(), masks.copy()
    for k in range(1, number):
        if rng.random() < 0.3:
            requires[k] = 1 << rng.integers(0, k)
        if rng.random() < 0.15:
            only_with[k] = 1 << rng.integers(0, k)
        if rng.random() < 0.1:
            excludes[k] = 1 << rng.integers(0, k)
    consent = np.zeros(number, np.uint32)
    if parties > principals:
        consent = np.where(rng.random(number) < 0.4, 1 << (parties - 1), 0).astype(np.uint32)
    pairs = [sum(1 << c for c in rng.choice(number, 2, replace=False)) for _ in range(linkages)]
    rules = Rules(
        parties=parties,
        principals=(1 << principals) - 1,
        movers=movers,
        consent=consent,
        requires=requires,
        only_with=only_with,
        excludes=excludes & ~requires & ~only_with,
        instant=rng.random(number) < 0.4,
        linkages=np.array(pairs, np.uint32),
        chances=(),
        tier_all=np.array([0, 1 << (number - 1)], np.uint32),
        tier_any=np.zeros(2, np.uint32),
    )
    stakes = Stakes(
        values=rng.normal(2, 12, (draws, parties, number)),
        linkages=rng.normal(0, 5, (draws, parties, linkages)),
        reservation=rng.normal(0, 2, (draws, parties)),
        delay=rng.uniform(0, 2, (draws, parties)),
        breach=rng.uniform(0, 5, (draws, parties)),
        trust=rng.uniform(0, 1, (draws, parties)),
    )
    setting = Setting(
        reversible=rng.choice([0.0, 0.5, 0.9, 1.0], (draws, number)),
        knowledge=np.full(draws, rng.uniform() if knowledge is None else knowledge),
        learning=np.full(draws, 0.5),
        power=np.ones((draws, parties)),
        chance=np.zeros((draws, 0)),
        granted=np.zeros((draws, 0), bool),
        proposers=rng.integers(0, principals, (draws, rounds)),
        ends=np.zeros((draws, rounds), bool),
    )
    return rules, stakes, setting
