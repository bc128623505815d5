"""The backtest on a small made-up folder in the format of the DEU files."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from summitry.analysis.positions.backtest import backtest_positions, fit_all
from summitry.analysis.positions.deu import read_deu
from summitry.analysis.positions.measured import measured
from summitry.cli import main
from summitry.dossier.errors import DossierError
from summitry.report.json_schema import answer_schema

ROOT = Path(__file__).parents[3]
DEU = ROOT.parent / "shared" / "data" / "deu"
HEAD = "issue_id,proposal_id,procedure,council_vote,regime,reference_point,outcome,wave\n"
ACTORS = ("com", "ep", "de", "fr", "it", "nl", "lu")
KEYS = [
    "model", "n", "mae", "median_ae", "rmse", "within_10", "crps", "coverage_50", "coverage_90",
    "log_score",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """Twelve proposals of two issues; the last issue has no outcome."""
    random = np.random.default_rng(0)
    issues, stands = [HEAD], ["issue_id,actor,position,salience\n"]
    for k in range(12):
        for i in (1, 2):
            outcome = "" if (k, i) == (11, 2) else random.integers(0, 11) * 10
            vote = "Unan" if k % 3 == 0 else "QMV"
            issues.append(f"p{k}i{i},p{k},COD,{vote},nice,{'' if i == 1 else 0},{outcome},W\n")
            for actor in ACTORS:
                salience = "" if actor == "lu" else random.integers(1, 101)
                stands.append(f"p{k}i{i},{actor},{random.integers(0, 11) * 10},{salience}\n")
    (tmp_path / "issues.csv").write_text("".join(issues))
    (tmp_path / "positions.csv").write_text("".join(stands))
    weights = {"de": 29, "fr": 29, "it": 29, "nl": 13, "lu": 4}
    (tmp_path / "council_weights.json").write_text(json.dumps({"nice": weights}))
    return tmp_path


def test_reading(folder):
    cases = read_deu(folder)
    assert len(cases) == 23
    assert cases[0].actors == ACTORS[:-1]  # who has no salience is left out
    assert list(cases[0].stands.power) == [29, 29, 29, 29, 29, 13]
    assert cases[0].reference is None
    assert cases[1].reference == 0.0


def test_all_models_are_scored_and_compared(folder):
    result = backtest_positions(folder)
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    jsonschema.validate(told, answer_schema("backtest-positions"))
    assert [list(one) for one in told["models"]] == [KEYS] * len(told["models"])
    scores = {one["model"]: one for one in told["models"]}
    assert scores["summitry"]["n"] == 23
    assert scores["exchange"]["n"] == 22
    assert scores["compromise"]["crps"] == scores["compromise"]["mae"]
    assert scores["compromise"]["log_score"] is None
    assert 0 < scores["summitry"]["log_score"] < 10
    assert sum(result.calibration) == pytest.approx(1.0)
    assert result.unseen == 12  # the shipped constants have seen none of these
    assert scores["summitry"]["crps"] == scores["summitry-shipped"]["crps"]
    for one in result.paired:
        assert one.low <= one.difference <= one.high


def test_what_was_fitted_on_a_proposal_does_not_forecast_it(folder):
    from dataclasses import replace

    seen = replace(measured(), proposals=frozenset(f"p{k}" for k in range(12)))
    result = backtest_positions(folder, shipped=seen)
    scores = {one.model: one for one in result.models}
    assert result.unseen == 0
    assert scores["summitry"].crps != scores["summitry-shipped"].crps


def test_the_command_prints_json_a_page_and_a_chart(folder):
    run = CliRunner().invoke(main, ["backtest", "positions", "--deu", str(folder), "--json"])
    assert run.exit_code == 0
    assert json.loads(run.output)["schema"] == "summitry.backtest.positions/1"
    chart = folder / "chart.svg"
    words = ["backtest", "positions", "--deu", str(folder), "--chart", str(chart)]
    run = CliRunner().invoke(main, words)
    assert run.exit_code == 0
    assert "compromise" in run.output
    assert chart.read_text().startswith("<svg")
    assert "as shipped: fitted on 0 of these proposals" in chart.read_text()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("issues.csv", ",nice,", ",amsterdam,", "regime `amsterdam` has no table"),
        ("issues.csv", "outcome", "result", "there is no column outcome"),
        ("positions.csv", "p0i1,com,", "p0i1,com,x", "`position` is a number from 0 to 100"),
        ("positions.csv", "p0i1,nl,", "p0i1,xx,", "no weight of xx"),
        ("council_weights.json", "{", "[", "not tables of Council weights"),
        ("issues.csv", "p3i1,p3,", "p3i1,", "not as many cells as columns"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_its_place(folder, name, old, new, told):
    path = folder / name
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(DossierError, match=told):
        backtest_positions(folder)
    run = CliRunner().invoke(main, ["backtest", "positions", "--deu", str(folder)])
    assert run.exit_code == 2


@pytest.mark.skipif(not DEU.is_dir(), reason="the DEU files are not beside the repository")
def test_the_published_arithmetic_and_the_shipped_numbers():
    result = backtest_positions(DEU)
    scores = {one.model: one for one in result.models}
    published = {
        "compromise": 23.11, "pce-markov": 22.83, "mean": 23.51, "salience-mean": 23.39,
        "median": 27.52, "weighted-median": 27.33, "exchange": 25.24, "challenge-replicated": 29.54,
        "nash": 23.87, "nash-reference": 31.25, "pce-conditional": 23.43,
    }  # fmt: skip
    for model, error in published.items():
        assert scores[model].mae == pytest.approx(error, abs=0.02), model
    assert scores["summitry"].crps < 15.5
    fitted, shipped = fit_all(read_deu(DEU)), measured().constants
    for name in ("settled", "far", "unanimity", "election", "status_quo", "parliament"):
        assert getattr(fitted, name) == pytest.approx(getattr(shipped, name), abs=2e-3)
    for model, score in measured().record.items():
        assert score["crps"] == pytest.approx(scores[model].crps, abs=2e-3), model
