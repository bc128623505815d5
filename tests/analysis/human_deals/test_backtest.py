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
from tests.analysis.human_deals.made_up import HEADER, made_up_file, made_up_lines

ROOT = Path(__file__).parents[3]
REAL = ROOT.parent / "shared" / "data" / "human-deals" / "deal_or_no_deal.csv"
NAMES = {"summitry", "fair-shares", "aspirations", "efficient", "nash-power", "uniform"}
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the negotiations are not beside it")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    return backtest_deals(made_up_file(tmp_path_factory.mktemp("deals"), 300))


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
    material = prepare(negotiations)
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
        material = prepare(negotiations._replace(taken=taken))
        told.append(forecast(material, fit(material, rows))["summitry"][~rows])
    assert np.array_equal(*told)


def test_a_small_file_is_scored_with_the_numbers_shipped(tmp_path):
    found = backtest_deals(made_up_file(tmp_path, 12))
    assert found.fitted_by == "shipped"
    assert all(o.shipped is None or o.log_loss == o.shipped.log_loss for o in found.protocols)


def test_the_command_prints_a_page_or_one_object(tmp_path):
    path = str(made_up_file(tmp_path, 20))
    page = CliRunner().invoke(main, ["backtest", "deals", path])
    assert page.exit_code == 0
    assert "too few to fit" in page.output
    told = CliRunner().invoke(main, ["backtest", "deals", path, "--json"])
    first = json.loads(told.output)["protocols"][0]
    assert {"name", "n", "log_loss", "log_loss_given_deal", "brier_no_deal"} <= set(first)


def test_where_all_or_none_agree_it_still_answers(tmp_path):
    for ending in (",0,,,", ",1,0,1,0"):
        path = tmp_path / "one.csv"
        path.write_text("\n".join([HEADER, "1,2,1,4,1,4,2,2,4" + ending]))
        told = CliRunner().invoke(main, ["backtest", "deals", str(path), "--json"])
        assert told.exit_code == 0, told.output
        assert CliRunner().invoke(main, ["backtest", "deals", str(path)]).exit_code == 0


def test_the_level_of_no_deal_is_told_apart_and_may_be_given(tmp_path):
    path = made_up_file(tmp_path, 40)
    plain, level = backtest_deals(path), backtest_deals(path, level_from=0.6)
    for before, after in zip(sorted_by_name(plain), sorted_by_name(level), strict=True):
        if after.shipped is None:
            continue
        assert after.shipped.no_deal == pytest.approx(0.6, abs=1e-3)
        assert before.shipped.no_deal < 0.5
    assert plain.no_deal == pytest.approx(1 - plain.deals / 40)
    with pytest.raises(ValueError, match="level-from must be a share"):
        backtest_deals(path, level_from=1.0)


def sorted_by_name(found):
    return sorted(found.protocols, key=lambda one: one.name)


def table_of_words(lines):
    return [line.split(",") for line in lines]


def test_names_totals_and_the_number_of_kinds_change_nothing(tmp_path):
    """The same talks with other names, other points and a fourth kind nobody has any of."""
    lines = table_of_words(made_up_lines(40))
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("\n".join(",".join(cells) for cells in lines))
    header = ("oranges,water bottles,cds,a_oranges,a_water bottles,a_cds,b_oranges,b_water bottles,b_cds,agreed,"
              "a_takes_oranges,a_takes_water bottles,a_takes_cds,a_takes_none,none,a_none,b_none,offers")  # fmt: skip
    told = [header]
    for cells in lines[1:]:
        first = [f"{int(worth) * 2.5:g}" for worth in cells[3:6]]
        nothing = "0" if cells[9] == "1" else ""
        told.append(",".join([*cells[:3], *first, *cells[6:], nothing, "0", "1", "3", "2"]))
    two.write_text("\n".join(told))
    a, b = backtest_deals(one), backtest_deals(two)
    for x, y in zip(sorted_by_name(a), sorted_by_name(b), strict=True):
        assert x.log_loss == pytest.approx(y.log_loss)
    assert list(b.kinds) == ["oranges", "water bottles", "cds", "none"]
    (offers,) = b.by_offers
    assert (offers.offers, offers.n, offers.no_deal) == (2, 40, pytest.approx(b.no_deal))
    assert list(a.by_offers) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,2,1,4,1,4,2,2,4,1,1,3,0", ":2:12: a_takes_hats: only 2 were to be had, not 3"),
        ("1,2,1,4,1,4,2,2,4,1,,,", ":2:11: a_takes_books: must be a whole number"),
        ("1,2,1,4,1,4,2,2,4,0,1,0,0", ":2:11: a_takes_books: must be empty"),
        ("1,2,1,4,1,4,2,2,4,yes,1,0,0", ":2:10: agreed: must be 1"),
        ("1,2,1,0,0,0,2,2,4,0,,,", ":2:4: a_book: all items together must be worth something"),
        ("1,2,1,4,1,4,much,2,4,0,,,", ":2:7: b_book: must be a number from 0 up, not `much`"),
        ("1,2,1,4,1,4,-1,2,4,0,,,", ":2:7: b_book: must be a number from 0 up, not `-1`"),
        ("1,2,1,4,1,4,nan,2,4,0,,,", ":2:7: b_book: must be a number from 0 up, not `nan`"),
        ("0,0,0,4,1,4,2,2,4,0,,,", ":2:1: books: there must be items"),
        ("99,99,2,0,1,4,0,2,3,0,,,", ":2:1: books: there must be items, and at most 2,000 ways"),
        ("1,2,1,4,1,4,2,2,4,0", ":2:1: there are 10 cells; the header has 13"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, row, message):
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADER}\n{row}\n")
    with pytest.raises(DossierError) as caught:
        read_negotiations(path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "there are 0 columns `a_takes_KIND`"),
        (b"a,b\n1,2\n", "there are 0 columns `a_takes_KIND`"),
        (b"agreed,a_takes_x\n", "there is no column x, a_x, b_x"),
        (b"x,x,a_x,b_x,agreed,a_takes_x\n", "there is a column twice: x"),
        (HEADER.encode(), "no negotiation below the header"),
        (HEADER.encode() + b"\n1,\xff\n", ":2:1: this is not UTF-8"),
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
    found = backtest_deals(REAL)
    scores = {one.name: one for one in found.protocols}
    uniform, power, best = scores["uniform"], scores["nash-power"], scores["summitry"]
    assert uniform.log_loss == pytest.approx(2.891, abs=6e-4)
    assert uniform.log_loss_given_deal == pytest.approx(3.084, abs=6e-4)
    assert power.log_loss == pytest.approx(1.591, abs=6e-4)
    assert power.log_loss_given_deal == pytest.approx(1.369, abs=6e-4)
    assert power.brier_no_deal == pytest.approx(0.183, abs=6e-4)
    assert scores["aspirations"].log_loss < 1.48
    assert best.log_loss < 1.36
    assert best.log_loss_given_deal < 1.17
    assert best.brier_no_deal < 0.154
    people = [one.value for one in found.numbers if one.protocol == "fair-shares"]
    shipped = SHIPPED.fair_shares
    assert people == pytest.approx([*shipped.of_splits, *shipped.of_no_deal], abs=2e-3)
