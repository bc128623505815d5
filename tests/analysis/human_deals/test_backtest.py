"""The whole backtest: on made-up rows, on bad files, and, where they are at hand, on the real."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from summitry.analysis.human_deals.backtest import backtest_deals
from summitry.analysis.human_deals.fitting import fit, forecast, prepare
from summitry.analysis.human_deals.reading import read_negotiations
from summitry.analysis.human_deals.shipped import SHIPPED
from summitry.cli import main
from summitry.dossier.errors import DossierError
from summitry.report.charts.human_deals import human_deals_chart
from tests.analysis.human_deals.made_up import made_up_file, made_up_lines

ROOT = Path(__file__).parents[3]
REAL = ROOT.parent / "shared" / "data" / "human-deals" / "deal_or_no_deal.csv"
NAMES = {"summitry", "fair-shares", "offers", "efficient", "nash-power", "uniform"}
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the negotiations are not beside it")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    return backtest_deals(made_up_file(tmp_path_factory.mktemp("deals"), 300), draws=4)


def test_all_protocols_are_scored_best_first(made_up):
    assert {one.name for one in made_up.protocols} == NAMES
    assert made_up.fitted_by == "cross-validation"
    losses = [one.log_loss for one in made_up.protocols]
    assert losses == sorted(losses)
    assert all(one.n == 300 and 0 <= one.brier_no_deal <= 1 for one in made_up.protocols)


def test_rows_and_the_chart_hold_every_protocol(made_up):
    assert len(made_up.rows()) == len(NAMES)
    assert len(human_deals_chart(made_up)["vconcat"][0]["data"]["values"]) == len(NAMES)


def test_forecasts_are_probabilities_and_no_deal_has_some(tmp_path):
    negotiations, _ = read_negotiations(made_up_file(tmp_path, 80))
    material = prepare(negotiations, 4, 0, lambda _: None)
    fitted = fit(material, np.arange(80) < 60)
    for told in (forecast(material, fitted), forecast(material, SHIPPED)):
        for probabilities in told.values():
            assert probabilities.min() >= 0
            assert probabilities.sum(axis=1) == pytest.approx(1)
            assert (probabilities[:, :-1][material.splits.there] > 0).all()
            assert (probabilities[:, -1] > 0).all()


def test_outcomes_of_a_fold_do_not_change_its_own_forecasts(tmp_path):
    """Nothing leaks: a negotiation is forecast the same whatever came of it."""
    negotiations, _ = read_negotiations(made_up_file(tmp_path, 120))
    rows = np.arange(120) < 90
    told = []
    for taken in (negotiations.taken, np.where(rows[:, None], negotiations.taken, -1)):
        material = prepare(negotiations._replace(taken=taken), 2, 0, lambda _: None)
        told.append(forecast(material, fit(material, rows))["summitry"][~rows])
    assert np.array_equal(*told)


def test_a_small_file_is_scored_with_the_numbers_shipped(tmp_path):
    found = backtest_deals(made_up_file(tmp_path, 12), draws=2)
    assert found.fitted_by == "shipped"
    assert all(o.shipped is None or o.log_loss == o.shipped.log_loss for o in found.protocols)


def test_the_command_prints_a_page_or_one_object(tmp_path):
    path = str(made_up_file(tmp_path, 20))
    page = CliRunner().invoke(main, ["backtest", "deals", path, "--draws", "2"])
    assert page.exit_code == 0
    assert "too few to fit" in page.output
    told = CliRunner().invoke(main, ["backtest", "deals", path, "--draws", "2", "--json"])
    first = json.loads(told.output)["protocols"][0]
    assert {"name", "n", "log_loss", "log_loss_given_deal", "brier_no_deal"} <= set(first)


def test_where_all_or_none_agree_it_still_answers(tmp_path):
    for ending in (",0,,,", ",1,0,1,0"):
        path = tmp_path / "one.csv"
        path.write_text("\n".join([made_up_lines(0)[0], "1,2,1,4,1,4,2,2,4" + ending]))
        told = CliRunner().invoke(main, ["backtest", "deals", str(path), "--draws", "2", "--json"])
        assert told.exit_code == 0, told.output
        assert CliRunner().invoke(main, ["backtest", "deals", str(path)]).exit_code == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,2,1,4,1,4,2,2,4,1,1,3,0", ":2:12: a_takes_hats: only 2 were to be had, not 3"),
        ("1,2,1,4,1,4,2,2,4,1,,,", ":2:11: a_takes_books: must be a whole number"),
        ("1,2,1,4,1,4,2,2,4,0,1,0,0", ":2:11: a_takes_books: must be empty"),
        ("1,2,1,4,1,4,2,2,4,yes,1,0,0", ":2:10: agreed: must be 1"),
        ("1,2,1,4,1,3,2,2,4,0,,,", ":2:4: a_book: all items together must be worth 10"),
        ("1,2,1,4,1,4,2.5,2,4,0,,,", ":2:7: b_book: must be a whole number"),
        ("0,2,1,4,1,8,2,2,6,0,,,", ":2:1: books: there must be an item of each kind"),
        ("9,2,2,0,1,4,0,2,3,0,,,", ":2:1: books: there must be an item of each kind"),
        ("1,2,1,4,1,4,2,2,4,0", ":2:1: there are 10 cells; the header has 13"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, row, message):
    path = tmp_path / "bad.csv"
    path.write_text(f"{made_up_lines(0)[0]}\n{row}\n")
    with pytest.raises(DossierError) as caught:
        read_negotiations(path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no column books"),
        (b"a,b\n1,2\n", "no column books"),
        (made_up_lines(0)[0].encode(), "no negotiation below the header"),
        (made_up_lines(0)[0].encode() + b"\n1,\xff\n", ":2:1: this is not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_negotiations_is_refused(tmp_path, data, message):
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    done = CliRunner().invoke(main, ["backtest", "deals", str(path)])
    assert done.exit_code == 2
    assert message in done.output


@needs_real
def test_real_negotiations_are_forecast_better_than_by_the_baselines():
    found = backtest_deals(REAL, draws=8)
    scores = {one.name: one for one in found.protocols}
    uniform, power, best = scores["uniform"], scores["nash-power"], scores["summitry"]
    assert uniform.log_loss == pytest.approx(2.891, abs=6e-4)
    assert uniform.log_loss_given_deal == pytest.approx(3.084, abs=6e-4)
    assert power.log_loss == pytest.approx(1.591, abs=6e-4)
    assert power.log_loss_given_deal == pytest.approx(1.369, abs=6e-4)
    assert power.brier_no_deal == pytest.approx(0.183, abs=6e-4)
    assert best.log_loss < 1.40
    assert best.log_loss_given_deal < 1.20
    assert best.brier_no_deal < 0.156
    people = [one.value for one in found.numbers if one.protocol == "fair-shares"]
    shipped = SHIPPED.fair_shares
    assert people == pytest.approx([*shipped.of_splits, *shipped.of_no_deal], abs=2e-3)
