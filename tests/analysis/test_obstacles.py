"""Who stands behind an obstacle, against a slow look at single draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from summitry.analysis.aftermath import refused_consents, stoppings
from summitry.analysis.blame import draws_with, refusals_of, scan_all
from summitry.analysis.insisting import deadlock_of, insistences_of
from summitry.analysis.movers import sample_of
from summitry.analysis.outcomes import fell_short, play_all
from summitry.analysis.setup import prepare
from summitry.analysis.stalling import Found, stall_of, stalls_by_step, stalls_of
from summitry.analysis.standing import standing_of
from summitry.game.roadmap import walk
from summitry.game.run import How


@pytest.fixture(scope="module", params=[1, 2])
def setup(request):
    """Hanoi by the end of its first or its second round."""
    return prepare("hanoi-2019", {"draws": 64, "workers": 2, "round": request.param})


def test_refusals_name_principals_for_interests_and_others_for_a_veto(setup):
    scanned = scan_all(setup, [1, 2, 3, 4, 5])
    for k in range(1, 6):
        assert {one.party for one in refusals_of(setup, scanned, k, "interests")} <= {"dprk", "usa"}
        # a party that is never asked, or decides by chance, cannot turn anything down
        vetoes = {one.party for one in refusals_of(setup, scanned, k, "veto")}
        assert vetoes <= {"chn", "rok", "iaea"}


@pytest.mark.parametrize("k", [2, 3])
def test_a_stall_asks_for_more_trust_than_there_is_on_every_order(setup, k):
    cases = sample_of(draws_with(setup, k, "commitment"), 6)
    assert cases
    for case in cases:
        place, found = standing_of(setup, case), stall_of(setup, case, k)
        assert found is not None
        assert found.asked > found.trust
        zone = place.zone(k, len(setup.game.tiers))
        assert zone.any()
        assert not any(place.signable(int(p)) for p in np.flatnonzero(zone))
    assert sum(stall.share for stall in stalls_of(setup, k)) == pytest.approx(1)


def test_the_easiest_order_asks_for_the_least_trust_of_any(setup):
    for case in sample_of(draws_with(setup, 3, "commitment"), 4):
        place = standing_of(setup, case)
        for p in np.flatnonzero(place.zone(3, 5))[:5]:
            lattice = place.lattice(int(p))
            steps = walk(lattice, lattice.easiest())
            if steps:
                assert max(step.demand for step in steps) == pytest.approx(lattice.least())


def test_whoever_holds_out_alone_would_have_a_deal_by_asking_for_what_is_offered():
    setup = prepare("hanoi-2019", {"draws": 96, "workers": 2})
    game, cases = setup.game, sample_of(draws_with(setup, 1, "holding-out"), 12)
    tried = 0
    for case in cases:
        for claim in deadlock_of(setup, case, 1).claims:
            assert claim.offered < claim.asks <= claim.ideal * 3
            populations = list(game.populations)
            stakes = [
                one._replace(firmness=one.firmness * (claim.offered / claim.asks) * (1 - 1e-9))
                for one in populations[claim.party].stakes
            ]
            populations[claim.party] = populations[claim.party]._replace(stakes=stakes)
            modest = replace(game, populations=tuple(populations))
            after = play_all(modest, How(survey=False, carry=False), 1)
            assert after.tier[case.stratum, case.draw, 0] >= 1
            tried += 1
    assert tried >= 6
    told = insistences_of(setup, 1)
    assert {one.party for one in told} == {"dprk", "usa"}
    for one in told:
        assert one.alone == 0 or one.offered < one.asks


def test_what_fails_after_the_signature_is_told_whole(setup):
    for k in (1, 2, 3):
        outside, stopped = fell_short(setup.outcomes, setup.question.detail, k)
        stops, refused = stoppings(setup, k), refused_consents(setup, k)
        assert bool(stops) == stopped.any()
        if stops:
            assert sum(one.share for one in stops) == pytest.approx(1)
            assert all(one.parties and one.step for one in stops)
        if outside.any():
            # at least one refusal stands behind each failure
            assert sum(one.share for one in refused) >= 1 - 1e-9
        assert all(one.party == "unsc" and one.share <= 1 + 1e-9 for one in refused)


def test_stalls_at_the_same_step_are_told_together():
    step = ("freeze",)
    found = [
        Found("dprk", step, 0.4, 0.2, ("usa",)),
        Found("dprk", step, 0.6, 0.3, ()),
        Found("usa", step, 0.5, 0.1, ("dprk",)),
    ]
    often, once = stalls_by_step(found)
    assert (often.share, often.trust_asked, often.trust) == pytest.approx((2 / 3, 0.5, 0.25))
    assert often.doubted == {"usa": 0.5}
    assert (once.party, once.share, once.trust_asked) == ("usa", 1 / 3, 0.5)


def test_nobody_holds_out_where_all_are_efficient():
    setup = prepare("hanoi-2019", {"draws": 64, "workers": 2, "protocol": "efficient"})
    assert all(insistences_of(setup, k) == [] for k in range(1, 6))
