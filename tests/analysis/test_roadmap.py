"""Roadmaps told: who is tempted where, who has to trust whom, and what would bind them."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.dossier.errors import CannotAnswer
from summitry.game.compile import compile_game
from summitry.game.roadmap import stops_of
from summitry.game.solutions import after_vetoes, gains, that_can_be_signed
from summitry.report.json_schema import answer_schema
from tests.analysis.talks import BARE, TALKS, write

RUN = {"draws": 16, "workers": 1}


def roadmap(tmp_path, package=BARE, **more):
    return summitry.roadmap(write(tmp_path), package=package, **(RUN | more))


def page(tmp_path, *words):
    told = CliRunner().invoke(main, ["roadmap", write(tmp_path), "--draws", "16", *words]).output
    return " ".join(told.split())


def test_it_is_told_who_is_tempted_where_and_who_has_to_trust_whom(tmp_path):
    told = roadmap(tmp_path)
    jsonschema.validate(json.loads(json.dumps(told.to_dict())), answer_schema("roadmap"))
    # Alba has been paid 9.5 x 0.9 for good, and would have 4.5 + 0.5 by withdrawing for 5
    pays, withdraws = told.order.steps[1:]
    gain = told.gains["a"]
    assert withdraws.tempted == ["a"] and pays.tempted == [] and pays.doubted == ["a"]
    assert pays.held["a"] - 1 - gain == pytest.approx(withdraws.temptation["a"])
    lost, won = -pays.held["b"], told.gains["b"]
    assert pays.asked == {"b": pytest.approx((lost - 1) / (lost + won))}
    held = told.enforcement
    assert (held.can_be_signed, held.self_enforcing, held.tempted) == (False, False, ["a"])
    assert held.minimum_trust == told.order.minimum_trust == pays.asked["b"] > 0.3
    shown = page(tmp_path, "--package", ",".join(BARE))
    assert "It cannot be signed: every order asks somebody for more trust than it has" in shown
    assert "Alba would gain by stopping before step 3" in shown and "(0.30) in Alba" in shown


def test_with_a_little_more_trust_it_is_signed(tmp_path):
    told = roadmap(tmp_path, changes=["trust.b=0.4"])
    assert told.enforcement.can_be_signed and not told.enforcement.self_enforcing
    assert told.order.within_trust
    assert told.spread.signed > roadmap(tmp_path).spread.signed
    assert told.spread.tempted["a"] > 0.5


def test_the_order_shown_is_within_the_trust_where_any_is(tmp_path):
    for draw in range(1, 21):
        told = roadmap(tmp_path, draw=draw, draws=2)
        assert told.order.minimum_trust >= told.enforcement.minimum_trust
        assert told.enforcement.can_be_signed == told.order.within_trust


def holds(tmp_path, sense, change):
    held = roadmap(tmp_path, changes=change).enforcement
    return held.can_be_signed if sense == "to_sign" else held.self_enforcing


@pytest.mark.parametrize("sense", ["to_sign", "to_enforce_itself"])
def test_a_guarantee_is_the_least_that_does_it(tmp_path, sense):
    told = roadmap(tmp_path)
    assert {g.parties for g in told.guarantees} == {("a",), ("b",), ("a", "b")}
    for one in told.guarantees:
        remedy = getattr(one, sense)
        for apart, enough in ((1e-4, True), (-1e-4, False)):
            raised = [
                f"breach_cost.{p}={now + remedy.breach_cost + apart}"
                for p, now in one.breach_cost_now.items()
            ]
            assert holds(tmp_path, sense, raised) == enough
            share = [
                (value - one.reversible_now[c]) / (1 - one.reversible_now[c])
                for c, value in remedy.reversible.items()
            ]
            assert share == pytest.approx([share[0]] * len(share))
            moved = [
                f"commitments.{c}.reversible={now + (share[0] + apart) * (1 - now)}"
                for c, now in one.reversible_now.items()
            ]
            assert holds(tmp_path, sense, moved) == enough
    assert "Guarantees so that it can be signed" in page(tmp_path, "--package", ",".join(BARE))


def test_what_holds_by_itself_needs_no_guarantee(tmp_path):
    told = roadmap(tmp_path, [*BARE, "border"])
    assert told.enforcement.self_enforcing and told.guarantees == []
    assert told.order.tempted == [] and all(not step.doubted for step in told.order.steps)
    shown = page(tmp_path, "--package", ",".join([*BARE, "border"]))
    assert "It enforces itself" in shown and "no guarantee is needed" in shown


def test_an_outside_consent_is_a_chance_and_no_veto(tmp_path):
    told = roadmap(tmp_path, [*BARE, "border"])
    (consent,) = told.consents
    assert (consent.commitment, consent.party, consent.chance) == ("border", "un", 0.8)
    assert told.in_force == pytest.approx(0.8)
    assert told.gains["b"] - roadmap(tmp_path).gains["b"] == pytest.approx(0.8 * 3)
    shown = page(tmp_path, "--package", ",".join([*BARE, "border"]))
    assert "Council to “Open the border” 80 %" in shown


def test_over_the_draws_it_is_signed_where_the_draws_say_so(tmp_path):
    document = summitry.load(write(tmp_path))
    spread = summitry.roadmap(document, package=BARE, draws=128, workers=1).spread
    game = compile_game(document.dossier, draws=128, seed=0)
    at = game.board.masks.tolist().index(0b111)
    worths, accepted, signed = game.worths(0), 0, 0
    for d in range(128):
        gained = gains(game.board, worths, d)
        one = after_vetoes(game.board, gained) & (np.arange(len(gained)) == at)
        stops = stops_of(game.board, worths, game.setting.reversible[d], d)
        accepted += one.any()
        signed += that_can_be_signed(game.board, gained, one, stops).any()
    assert 0 < signed < accepted < 128
    assert spread.accepted == accepted / 128
    assert spread.signed == pytest.approx(signed / accepted)


def test_slices_bring_it_under_the_trust(tmp_path):
    told = roadmap(tmp_path, slice=True).tranches
    assert told.enough and told.order.within_trust
    assert told.trade_off[0].minimum_trust > told.trade_off[-1].minimum_trust
    assert [one.extra_steps for one in told.trade_off] == list(range(len(told.trade_off)))


def test_who_loses_by_the_whole_is_named(tmp_path):
    path = write(tmp_path, TALKS.replace("payment: 7 to 12", "payment: 1"))
    told = summitry.roadmap(path, package=BARE, **RUN)
    assert told.refused_by == ["a"] and told.order.steps[0].tempted == ["a"]
    words = ["roadmap", path, "--draws", "16", "--package", ",".join(BARE)]
    shown = " ".join(CliRunner().invoke(main, words).output.split())
    assert "It would not be signed: Alba (by 4.0 of its points) would lose by the whole." in shown


def test_what_cannot_be_asked(tmp_path):
    with pytest.raises(ValueError, match="`withdrawal` requires `text`"):
        roadmap(tmp_path, ["withdrawal"])
    with pytest.raises(ValueError, match="the tiers are words, trade"):
        roadmap(tmp_path, None, tier="third")
    with pytest.raises(CannotAnswer, match="no package of the tier"):
        roadmap(tmp_path, None, tier="trade", changes=["no_agreement.a=90"])
