"""How many packages are weighed: counted, priced, refused before memory is taken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from summitry.dossier.errors import CannotAnswer
from summitry.game.board import possible_packages
from summitry.game.size import MOST_BYTES, board_within, count_packages, size_of
from tests.game.lattices import read_rules
from tests.strategies import told_games

RULES = told_games(draws=1).map(read_rules)


def rules_like(rules, size, **others):
    """The parties and tiers of some rules over `size` free commitments of one party."""
    zero = np.zeros(size, np.uint32)
    given = {
        "names": tuple(f"c{k}" for k in range(size)), "movers": zero + 1, "consent": zero, "requires": zero, "only_with": zero,
        "excludes": zero, "instant": np.zeros(size, bool), "linkages": zero[:0],
        "chances": (), "tier_all": zero[:1], "tier_any": zero[:1],
    }  # fmt: skip
    return rules._replace(**{**given, **others})


@settings(deadline=None, max_examples=60)
@given(RULES)
def test_packages_are_counted_without_listing_them(rules):
    assert count_packages(rules) == len(possible_packages(rules)[0])


@settings(deadline=None, max_examples=1)
@given(RULES)
def test_too_many_are_refused_with_what_they_would_cost(rules):
    free = rules_like(rules, 26)
    assert count_packages(free) == 2**26 - 1
    with pytest.raises(CannotAnswer, match=r"67,108,863 of them .* GB"):
        board_within(free, 1, 1)
    one_by_one = np.array([(1 << 32) - 1 - (1 << k) for k in range(32)], np.uint32)
    board = board_within(rules_like(rules, 32, excludes=one_by_one), 3, 6)
    assert board.masks.tolist() == [1 << k for k in range(32)]
    chain = np.array([0] + [1 << k for k in range(21)], np.uint32)
    with pytest.raises(CannotAnswer, match="the largest here has 22"):
        board_within(rules_like(rules, 22, requires=chain), 1, 1)
    size = size_of(free, 1000, 1, 1)
    assert not size.too_much
    assert size._replace(memory=MOST_BYTES + 1).too_much
