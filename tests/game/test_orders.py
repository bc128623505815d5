"""Orders of moves, other orders, slices and guarantees, against trying every order."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from summitry.game.guarantees import (
    can_be_signed,
    is_self_enforcing,
    least_breach_cost,
    least_reversibility,
)
from summitry.game.orders import can_be_first, least_if_first, one_side_first
from summitry.game.roadmap import lattice_of, walk
from summitry.game.tranches import slice_thinner
from tests.game.lattices import cases, every_order
from tests.literal.measures import describe, in_parts
from tests.literal.roadmaps import Search, minimum_trust, movers_of, roadmap
from tests.literal.roadmaps import can_be_signed as literally_signed
from tests.literal.roadmaps import is_self_enforcing as literally_enforced

FEW = settings(max_examples=60, deadline=None)
CLOSE = 1e-9


def close(one, other):
    return one == other or abs(one - other) < CLOSE


@FEW
@given(cases(), st.booleans())
def test_a_walk_says_what_the_literal_version_says(case, bounded):
    assume(case.all_gain or bounded)
    lattice = case.lattice()
    order = lattice.order(case.stops.trust if bounded else None)
    steps = walk(lattice, order)
    told = tuple(step.commitments for step in steps)
    assert told == (roadmap(case.package, case.stand, bounded=bounded) or ())
    if not told:
        return
    shown, search = (
        describe(told, case.package, case.stand),
        Search(case.package, case.stand, bounded=False),
    )
    everyone = range(len(case.gains))
    for i in everyone:
        asked = [step.asked[i] for step in steps if i in step.asked]
        assert close(max(asked, default=0.0), shown.demand[i])
        assert close(max(step.exposure[i] for step in steps), shown.exposure[i])
        tempting = [step.temptation[i] for step in steps if i in step.temptation]
        assert close(max([0.0, *tempting]), shown.temptation[i])
    done = frozenset()
    for k, step in enumerate(steps):
        assert set(step.tempted) == search.tempted(step.commitments, done)
        assert set(step.doubted) == {i for later in steps[k + 1 :] for i in later.tempted}
        done |= set(step.commitments)
    assert lattice.is_self_enforcing == literally_enforced(case.package, case.stand)


@FEW
@given(cases())
def test_who_moves_first_among_all_orders(case):
    lattice, rules, principals = case.lattice(), case.stand.rules, case.stand.rules.principals
    orders = every_order(case.package, case.stand)
    for i in range(len(case.gains)):
        first = [
            shown
            for shown in orders
            for alone in [[s for s in shown.steps if not principals <= movers_of(s, rules)]]
            if alone and i in movers_of(alone[0], rules)
        ]
        least = min((max(shown.demand) for shown in first), default=math.inf)
        assert close(least_if_first(lattice, i, case.rules.principals), least)
        assert can_be_first(lattice, i, case.rules.principals) == bool(first)


@FEW
@given(cases())
def test_one_side_first_among_all_orders(case):
    lattice, rules = case.lattice(), case.stand.rules
    orders = every_order(case.package, case.stand)

    def needs(c):
        direct = rules.requires[c]
        return direct.union(*(needs(b) for b in direct))

    for i in range(len(case.gains)):
        before = [
            (c, b)
            for c in case.package
            for b in case.package
            if rules.movers[c] == {i} and i not in rules.movers[b] and b not in needs(c)
        ]

        def obeys(shown, before=before):
            at = {c: k for k, step in enumerate(shown.steps) for c in step}
            return all(at[c] < at[b] for c, b in before)

        least = min((max(s.demand) for s in orders if obeys(s)), default=math.inf)
        assert close(one_side_first(lattice, i).least(), least)


@FEW
@given(cases(), st.data())
def test_a_package_in_parts_is_the_game_in_parts(case, data):
    cut = data.draw(st.sampled_from(sorted(case.package)))
    number = data.draw(st.integers(2, 3))
    at, stand = in_parts({cut: number}, case.stand)
    whole = frozenset(place for (c, _), place in at.items() if c in case.package)
    lattice = case.lattice(parts={cut: number})
    assert close(lattice.least(), minimum_trust(whole, stand))
    assert close(
        0.0 if math.isinf(lattice.least(case.stops.trust)) else 1.0,
        float(literally_signed(whole, stand)),
    )
    if not case.all_gain:
        return
    commitment = {place: c for (c, _), place in at.items()}
    steps = roadmap(whole, stand, bounded=False) or ()
    ours = [step.commitments for step in walk(lattice, lattice.order())]
    assert ours == [tuple(commitment[place] for place in step) for step in steps]


@settings(max_examples=20, deadline=None)
@given(cases())
def test_the_first_slicing_within_the_trust_has_the_fewest_steps(case):
    commitments = sorted(case.package)[:2]
    found = list(slice_thinner(lambda parts: case.lattice(parts=parts), commitments,
                               case.stops.trust, most=2))  # fmt: skip
    for one in found:
        ways = [
            (1 + k, 1 + one.extra - k)[: len(commitments)]
            for k in range(one.extra + 1)
            if len(commitments) == 2 or k == one.extra
        ]
        least, within = [], False
        for way in ways:
            at, stand = in_parts(dict(zip(commitments, way, strict=True)), case.stand)
            whole = frozenset(place for (c, _), place in at.items() if c in case.package)
            least.append(minimum_trust(whole, stand))
            within |= literally_signed(whole, stand)
        assert close(one.least, min(least))
        assert (one.within is not None) == within
    assert all(one.within is None for one in found[:-1])


@FEW
@given(cases(), st.sampled_from(["signed", "enforced"]))
def test_no_lower_breach_cost_would_do(case, sense):
    lattice = case.lattice()
    ours, theirs = {
        "signed": (can_be_signed(case.stops.trust), literally_signed),
        "enforced": (is_self_enforcing, literally_enforced),
    }[sense]

    def holds(parties, rise):
        people = tuple(
            p._replace(breach=p.breach + rise * (i in parties))
            for i, p in enumerate(case.stand.parties)
        )
        return theirs(case.package, case.stand._replace(parties=people))

    everyone = tuple(range(len(case.gains)))
    for parties in [*((i,) for i in everyone), everyone]:
        least = least_breach_cost(lattice, ours, parties, 1000.0)
        if least is None:
            assert not holds(parties, 1000.0)
            continue
        assert holds(parties, least + 1e-5)
        assert least == 0 or not holds(parties, least - 1e-5)
    assert holds(everyone, 1000.0)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_a_lower_share_of_reversibility_would_not_do_near_it(case):
    lattice = case.lattice()
    reversible = np.array(case.stand.rules.reversible)
    assume(not lattice.is_self_enforcing)
    board, ranks = case.board, lattice.ranks

    def build(share):
        left = 1.0 - share
        stops = case.stops._replace(kept=case.stops.kept * left, linked=case.stops.linked * left)
        mask = sum(1 << c for c in case.package)
        return lattice_of(board, mask, case.gains, stops, ranks)

    least = least_reversibility(build, is_self_enforcing)

    def holds(share):
        rules = case.stand.rules._replace(reversible=tuple(reversible + share * (1 - reversible)))
        return literally_enforced(case.package, case.stand._replace(rules=rules))

    if least is None:
        # what leaves nothing behind tempts only who loses by the whole
        assert not holds(1.0)
    else:
        assert holds(min(1.0, least + 1e-6))
        assert not holds(least - 1e-6)
