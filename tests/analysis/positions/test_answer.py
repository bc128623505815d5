"""The question `positions`: what it tells, what it refuses, its page and chart."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import summitry
from summitry.analysis.positions.answer import positions
from summitry.cli import main
from summitry.dossier.errors import CannotAnswer, DossierError

DOSSIER = """
title: A quota
as_of: 2026-01-15
parties: {north: {name: North}, south: {name: South}, isles: {name: The Isles}}
power: {north: 50, south: 30, isles: 20}
issues:
  quota:
    title: Size of the quota
    scale: {0: none, 200: as last year}
    no_agreement: 200
    positions:
      north: {position: 150, salience: 90}
      south: {position: 20, salience: 60}
      isles: {position: 60 to 120, salience: 80}
  term:
    title: How long it holds
    scale: {1: one year, 10: ten years}
    rule: unanimity
    agenda_setter: south
    positions:
      north: {position: 2, salience: 30}
      south: {position: 9, salience: 90}
      isles: {position: 2, salience: 50}
"""


@pytest.fixture
def dossier(tmp_path):
    def write(old="", new=""):
        path = tmp_path / "quota.yaml"
        path.write_text(DOSSIER.replace(old, new) if old else DOSSIER)
        return str(path)

    return write


def test_all_is_told_on_the_issue_s_own_scale(dossier):
    answer = positions(dossier(), draws=512)
    quota, term = answer.issues
    assert quota.low <= quota.interval_90[0] <= quota.interval_50[0] <= quota.point
    assert quota.point <= quota.interval_50[1] <= quota.interval_90[1] <= quota.high
    assert 1 <= term.point <= 10
    assert sum(quota.histogram) == pytest.approx(1.0)
    assert quota.standard_error > 0  # one position is a range
    assert term.standard_error == 0
    assert sum(one.share for one in quota.parties) == pytest.approx(1.0)
    compromise = next(one for one in quota.models if one.model == "compromise")
    weights = [50 * 90, 30 * 60, 20 * 80]
    isles = next(one.position for one in quota.parties if one.party == "isles")
    centre = sum(w * x for w, x in zip(weights, (150, 20, isles), strict=True)) / sum(weights)
    assert compromise.place == pytest.approx(centre)
    record = {one.model: one.error for one in term.models}
    other = {one.model: one.error for one in quota.models}
    assert other["compromise"] / record["compromise"] == pytest.approx(200 / 9)
    assert "nash-reference" in other
    assert "nash-reference" not in record  # nothing is said of no agreement there
    assert term.voting is not None
    assert term.voting.rule == "unanimity"


def test_trades_across_issues_and_who_pays(dossier):
    trading = positions(dossier(), draws=16).trading
    assert trading is not None
    for bargain in trading.bargains:
        assert bargain.gain > 0
    totals = [one.own + one.others for one in trading.balance.values()]
    assert len(totals) == 3


def test_the_same_seed_gives_the_same_answer(dossier):
    path = dossier()
    assert positions(path, draws=64, seed=3) == positions(path, draws=64, seed=3)
    one, other = (positions(path, draws=64, seed=seed).issues[0].mean for seed in (3, 4))
    assert one != other


def test_a_change_for_this_run(dossier):
    path = dossier()
    before = positions(path, draws=64)
    after = positions(path, draws=64, changes=["issues.quota.positions.south.salience=0"])
    assert after.issues[0].mean > before.issues[0].mean
    assert after.about.changes == ["issues.quota.positions.south.salience=0"]


def test_equal_power_is_a_default_that_is_told(dossier):
    path = dossier("power: {north: 50, south: 30, isles: 20}\n", "")
    assert positions(path, draws=16).defaults == ("power: the same for every party",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("position: 150", "position: 250", "quota.*250|250"),
        ("isles: {position: 2, salience: 50}", "", "salience|position"),
        ("{north: 50, south: 30, isles: 20}", "{north: 0, south: 0, isles: 0}", "power"),
        ("{north: 50, south: 30, isles: 20}", "{north: 50, south: 30}", "isles"),
    ],
    ids=["off the scale", "nobody else cares", "no power", "power of some"],
)
def test_what_cannot_be_answered_is_told_in_one_message(dossier, old, new, told):
    text = new
    path = dossier(old, text)
    if old.startswith("isles"):  # one position is left on `term`
        path = dossier(
            "      north: {position: 2, salience: 30}\n      south: {position: 9, salience: 90}\n",
            "",
        )
    with pytest.raises((CannotAnswer, DossierError), match=told):
        positions(path, draws=16)
    run = CliRunner().invoke(main, ["positions", path])
    assert run.exit_code == 2
    assert isinstance(run.exception, SystemExit)


def test_a_dossier_without_issues_cannot_be_asked():
    with pytest.raises(CannotAnswer, match="issues"):
        positions("hanoi-2019")
    with pytest.raises(ValueError, match="no issue `qouta`"):
        positions("paris-2015", issues=["qouta"])


def test_the_page(dossier, snapshot):
    run = CliRunner().invoke(main, ["positions", dossier(), "--draws", "64"])
    assert run.exit_code == 0, run.output
    assert run.output == snapshot


def test_paris_in_json_and_as_a_chart(tmp_path):
    chart = tmp_path / "paris.svg"
    words = ["positions", "paris-2015", "--json", "--chart", str(chart)]
    run = CliRunner().invoke(main, words)
    assert run.exit_code == 0, run.output
    told = json.loads(run.stdout)
    assert told["schema"] == "summitry.positions/1"
    assert len(told["issues"]) == 13
    assert {one["model"] for one in told["issues"][0]["models"]} >= {"summitry", "exchange", "ktab"}
    assert chart.read_text().startswith("<svg")
    assert summitry.positions("paris-2015").to_frame().shape[0] == 13
