"""A what-if answers at once and refines: both answers are those of `expect`."""

from __future__ import annotations

import json
from concurrent.futures import CancelledError

import jsonschema
import pytest

import summitry
from summitry.dossier.library import bundled_path
from summitry.report.json_schema import answer_schema

CHANGE = ("trust.upland=0.6",)


@pytest.fixture
def dossier():
    return bundled_path("starter")


def test_both_answers_are_those_of_expect(dossier):
    found = summitry.what_if(dossier, changes=CHANGE, draws=600, seed=3, first_draws=64)
    few = summitry.expect(dossier, changes=CHANGE, draws=64, seed=3)
    for one, other in zip(found.first.rounds, few.rounds, strict=True):
        assert one.pooled == other.pooled
        assert one.carried_out == other.carried_out
        assert one.standard_error == other.standard_error
    jsonschema.validate(json.loads(json.dumps(found.first.to_dict())), answer_schema("what-if"))
    assert (found.first.draws, list(found.first.changes)) == (64, list(CHANGE))
    assert found.forecast() == summitry.expect(dossier, changes=CHANGE, draws=600, seed=3)


def test_another_number_is_never_answered_from_the_one_before(dossier, tmp_path):
    path = tmp_path / "my.yaml"
    path.write_bytes(dossier.read_bytes())
    ask = {"draws": 64, "first_draws": 64}
    one, two = (
        summitry.what_if(path, changes=[c], **ask) for c in ("trust.upland=0.1", "trust.upland=0.9")
    )
    assert one.first.rounds != two.first.rounds
    again = summitry.what_if(path, changes=["trust.upland=0.1"], **ask)
    assert again.first == one.first
    text = path.read_text()
    path.write_text(text.replace("title:", "title: other #", 1))
    assert summitry.load(path).dossier.title == "other"
    path.write_text(text)
    assert summitry.load(path).dossier.title != "other"


def test_what_is_cancelled_ends(dossier):
    found = summitry.what_if(dossier, draws=1_000_000, first_draws=8)
    found.cancel()
    with pytest.raises(CancelledError):
        found.forecast(timeout=30)


def test_mistakes_are_told_at_once(dossier):
    with pytest.raises(summitry.DossierError, match="trust"):
        summitry.what_if(dossier, changes=["trust.nobody=0.5"])
    with pytest.raises(ValueError, match="draws must be"):
        summitry.what_if(dossier, first_draws=1)
