"""Deals told: the zone over the draws, and what each package brings, asks and hangs on."""

from __future__ import annotations

import itertools
import json

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import summitry
from summitry.analysis.outcomes import play_all, signed_by
from summitry.cli import main
from summitry.game.compile import compile_game
from summitry.game.roadmap import stops_of
from summitry.game.run import How
from summitry.game.solutions import (
    acceptable_to_principals,
    after_vetoes,
    gains,
    that_can_be_signed,
)
from summitry.report.json_schema import answer_schema
from tests.analysis.talks import BARE, TALKS, write

RUN = {"draws": 64, "workers": 1}
# the text alone is worth nothing, so that only the trade can be agreed on
TRADE = TALKS.replace("  - {id: words, all: [text]}\n", "").replace(
    "{id: trade, title: A trade, all: [text, withdrawal, payment]}",
    "{id: trade, title: A trade, all: [text, withdrawal, payment, fishing]}",
)


def test_the_answer_has_its_schema_and_a_page(tmp_path):
    told = summitry.deals(write(tmp_path), package=BARE, **RUN)
    jsonschema.validate(json.loads(json.dumps(told.to_dict())), answer_schema("deals"))
    assert len(told.rows()) == len(told.deals) > 0
    words = ["deals", write(tmp_path), "--draws", "16", "--package", ",".join(BARE)]
    shown = " ".join(CliRunner().invoke(main, words).output.split())
    assert "It cannot be signed: the best order of moves asks for a trust of 0.34" in shown
    assert "for Alba would gain by stopping" in shown


@pytest.mark.parametrize(
    "types", ["", "types: {a: {x: {prior: 0.3, trust: 0.9}, y: {prior: 0.7}}}\n"]
)
def test_the_zones_are_those_of_all_draws(tmp_path, types):
    document = summitry.load(write(tmp_path, TRADE + types))
    zone = summitry.deals(document, **RUN).zone
    game = compile_game(document.dossier, draws=64, seed=0)
    hits = np.zeros((len(game.strata), 3))
    for s in range(len(game.strata)):
        worths = game.worths(s)
        for d in range(64):
            gained = gains(game.board, worths, d)
            stops = stops_of(game.board, worths, game.setting.reversible[d], d)
            second = after_vetoes(game.board, gained)
            third = that_can_be_signed(game.board, gained, second, stops)
            hits[s] += acceptable_to_principals(game.board, gained).any(), second.any(), third.any()
    share = (np.array([0.3, 0.7]) if types else np.ones(1)) @ hits / 64
    assert 1 > share[0] > share[1] > share[2] > 0
    assert list(zone.share.values()) == pytest.approx(share)


def test_how_often_a_package_is_signed(tmp_path):
    document = summitry.load(write(tmp_path))
    for number in (1, 2):
        told = summitry.deals(document, round=number, **RUN)
        game = compile_game(document.dossier, draws=64, seed=0, rounds=(0, 1))
        signed = signed_by(play_all(game, How(), 1), number - 1)
        masks = {int(mask): k for k, mask in enumerate(game.board.masks)}
        names = game.commitments
        for deal in told.deals:
            mask = sum(1 << names.index(name) for name in deal.commitments)
            assert deal.fortune.chosen == pytest.approx((signed == masks[mask]).mean())
        assert any(deal.fortune.chosen > 0 for deal in told.deals)


def test_a_consent_by_chance_bars_nothing_and_is_told(tmp_path):
    told = summitry.deals(write(tmp_path), package=[*BARE, "border"], **RUN).package
    (consent,) = told.consents
    assert (consent.commitment, consent.party, consent.chance) == ("border", "un", 0.8)
    assert told.in_force == 0.8 and "un" not in told.must_consent
    assert told.gains["b"] == pytest.approx(8 - 4 + 0.8 * 3)
    less = summitry.deals(
        write(tmp_path),
        package=[*BARE, "border"],
        changes=["commitments.border.consent.un=0.1"],
        **RUN,
    ).package
    assert told.gains["b"] - less.gains["b"] == pytest.approx(0.7 * 3)


def test_what_holds_a_package_together(tmp_path):
    def enforcement(package, **more):
        held = summitry.deals(write(tmp_path), package=package, **RUN, **more).package.enforcement
        return held.can_be_signed, held.self_enforcing, held.tempted

    assert enforcement([*BARE, "border"]) == (True, True, [])
    assert enforcement(BARE) == (False, False, ["a"])
    assert enforcement(BARE, changes=["trust.b=0.4"]) == (True, False, ["a"])
    assert enforcement(BARE, changes=["breach_cost.a=5"]) == (True, True, [])


def test_who_accepts_over_the_draws_counts_delay_and_chances(tmp_path):
    document = summitry.load(write(tmp_path))
    told = summitry.deals(document, package=[*BARE, "border"], **RUN).package
    game = compile_game(document.dossier, draws=64, seed=0)
    gained = [gains(game.board, game.worths(0), d) for d in range(64)]
    p = game.board.masks.tolist().index(0b1111)
    for party in ("a", "b"):
        i = game.parties.index(party)
        assert told.accepts[party] == np.mean([one[p, i] >= 0 for one in gained])
    assert 0 < told.accepts["a"] < 1


def test_no_smaller_addition_sweetens_a_package(tmp_path):
    path = write(tmp_path, TALKS.replace("payment: -4, border", "payment: -9, border"))
    offer = summitry.deals(path, package=BARE, **RUN).package
    assert set(offer.shortfall) == {"b"} and offer.sweeteners
    assert offer.shortfall["b"] == pytest.approx(1.0)
    more = offer.sweeteners[0].added
    sweet = summitry.deals(path, package=[*BARE, *more], **RUN).package
    assert not sweet.shortfall and not sweet.sweeteners
    assert sweet.enforcement == offer.sweeteners[0].enforcement
    others = [c for c in summitry.load(path).dossier.commitments if c not in BARE]
    for number in range(1, len(more)):
        for added in itertools.combinations(others, number):
            assert summitry.deals(path, package=[*BARE, *added], draws=2).package.shortfall
