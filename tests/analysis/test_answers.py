"""The six questions: shapes, laws that tie them to the forecast, and what they refuse."""

from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

import summitry
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.library import bundled_path
from summitry.report.charts.division import division_chart
from summitry.report.charts.drawing import draw
from summitry.report.charts.dumbbell import dumbbell_chart
from summitry.report.charts.frontier import frontier_chart
from summitry.report.charts.ladder import ladder_chart
from summitry.report.charts.positions import positions_chart
from summitry.report.charts.stability import stability_chart
from summitry.report.charts.stack import stack_chart
from summitry.report.charts.timeline import timeline_chart
from summitry.report.charts.tornado import tornado_chart
from summitry.report.json_schema import ANSWERS, answer_schema

RUN = {"draws": 24, "workers": 2}
HANOI = "hanoi-2019"
STARTER = str(bundled_path("starter"))
ASKED = {
    "deals": (lambda: summitry.deals(HANOI, package=["statement", "continued-talks"], **RUN),
              frontier_chart),
    "division": (lambda: summitry.divide("panama-canal-1974"), division_chart),
    "roadmap": (lambda: summitry.roadmap(HANOI, **RUN), ladder_chart),
    "obstacles": (lambda: summitry.obstacles(HANOI, **RUN), stack_chart),
    "levers": (lambda: summitry.levers(HANOI, draws=4, workers=2), tornado_chart),
    "timeline": (lambda: summitry.timeline(HANOI, since=dt.date(2019, 1, 20), **RUN),
                 timeline_chart),
    "compare": (lambda: summitry.compare(HANOI, changes=["trust.usa=0.6"], **RUN), dumbbell_chart),
    "positions": (lambda: summitry.positions("paris-2015", draws=24), positions_chart),
    "stability": (lambda: summitry.stability("cuba-1962"), stability_chart),
}  # fmt: skip


# need more than a bundled dossier, or have no frame
ELSEWHERE = {
    "forecast", "backtest-positions", "backtest-deals", "score", "classes", "signals", "what-if", "sweep",
}  # fmt: skip


def test_every_answer_is_asked_here():
    assert {*ASKED, *ELSEWHERE} == set(ANSWERS)


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_follows_its_schema_and_can_be_framed_and_drawn(name, tmp_path):
    ask, chart = ASKED[name]
    answer = ask()
    told = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    jsonschema.validate(told, answer_schema(name))
    assert len(answer.to_frame()) == len(answer.rows()) > 0
    picture = tmp_path / "picture.svg"
    draw(chart(answer), picture)
    assert picture.read_text().startswith("<svg")


def test_a_timeline_shows_the_forecast_of_each_date():
    replay = summitry.timeline(HANOI, since=dt.date(2019, 1, 25), until=dt.date(2019, 2, 10), **RUN)
    for moment in (replay.moments[0], replay.moments[-1]):
        then = summitry.expect(HANOI, as_of=moment.date, **RUN)
        assert moment.pooled == pytest.approx(then.rounds[0].pooled)


def test_a_comparison_holds_both_forecasts_and_none_differs_from_itself():
    changed = summitry.compare(HANOI, changes=["trust.usa=0.6"], **RUN)
    for which, changes in (("before", []), ("after", ["trust.usa=0.6"])):
        alone = summitry.expect(HANOI, changes=changes, **RUN)
        told = changed.rounds[0].pooled
        assert {t: getattr(told[t], which) for t in told} == pytest.approx(alone.rounds[0].pooled)
    same = summitry.compare(HANOI, HANOI, **RUN)
    assert all(s.difference == 0 for one in same.rounds for s in one.pooled.values())


def test_obstacles_and_the_tier_reached_sum_to_one_and_agree_with_the_forecast():
    told, forecast = summitry.obstacles(HANOI, **RUN), summitry.expect(HANOI, **RUN)
    for one, expected in zip(told.rounds, forecast.rounds, strict=True):
        for tier, shares in one.tiers.items():
            assert sum(shares.values()) == pytest.approx(1.0)
            rest = {name: shares[name] for name in expected.obstacles[tier]}
            assert rest == pytest.approx(expected.obstacles[tier])
            assert one.afterwards[tier] == pytest.approx(expected.afterwards[tier])


def test_what_cannot_be_asked():
    with pytest.raises(CannotAnswer, match="levers need something that is not certain"):
        summitry.levers("panama-canal-1974", draws=4, changes=["momentum=0.5"])
    with pytest.raises(CannotAnswer, match="needs `types`"):
        summitry.timeline("panama-canal-1974", draws=4)
    with pytest.raises(ValueError, match="the tiers are statement, freeze-for-relief"):
        summitry.obstacles(HANOI, tier="third", draws=4)


def test_levers_start_from_the_forecast_itself():
    told = summitry.levers(STARTER, draws=400)
    forecast = summitry.expect(STARTER, draws=400).rounds[told.round].pooled
    assert told.rerun_draws < 400
    assert told.base == pytest.approx(forecast)
    assert told.likeliest == max(forecast, key=forecast.__getitem__)
    for lever in told.levers:
        for end in (lever.low, lever.high):
            assert sum(end.values()) == pytest.approx(1)


def test_a_held_number_is_the_forecast_with_that_number_on_the_same_draws():
    """The control variate against a comparison that plays all draws: no different but for dice."""
    told = summitry.levers(STARTER, draws=2048)
    lever = next(one for one in told.levers if one.path == "values.lowland.payment")
    ends = [
        summitry.expect(STARTER, draws=2048, changes=[f"values.lowland.payment={value}"])
        for value in (lever.low_value, lever.high_value)
    ]
    for tier in told.tiers:
        swing = ends[1].rounds[0].pooled[tier] - ends[0].rounds[0].pooled[tier]
        assert lever.swing[tier] == pytest.approx(swing, abs=4 * lever.swing_error[tier] + 0.005)
    for tier in told.tiers[1:]:
        least = [end.rounds[0].at_least[tier].carried_out for end in ends]
        error = lever.carried_error[tier]
        assert lever.carried_swing[tier] == pytest.approx(
            least[1] - least[0], abs=4 * error + 0.005
        )
    assert max(map(abs, lever.swing.values())) > 0.02


def test_a_type_held_for_certain_is_the_forecast_with_that_prior():
    told = summitry.levers(STARTER, draws=256)
    lever = next(one for one in told.levers if one.kind == "type")
    changes = ["types.upland.partner.prior=1", "types.upland.hoarder.prior=0"]
    alone = summitry.expect(STARTER, draws=256, changes=changes).rounds[0]
    assert lever.low == pytest.approx(alone.pooled)


def test_levers_are_the_same_on_any_number_of_workers():
    one, two = (summitry.levers(STARTER, draws=64, workers=workers) for workers in (1, 3))
    assert one == two
