"""The scores: formulae against another implementation and by hand, and what counts when."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import summitry
from summitry.ledger import scoring
from summitry.ledger.bootstrap import mean_of, resample, skill_of
from summitry.ledger.calibration import ENOUGH, calibrate, isotonic, jeffreys
from summitry.ledger.chain import append
from summitry.ledger.connect import writing
from tests.ledger.talks import DRAWS, TODAY, chain, contents, small, talks

CLOSE = 1e-12
HANOI = np.array([[0.30, 0.40, 0.25, 0.05], [0.10, 0.40, 0.40, 0.10]])


def test_ranked_scores_of_two_worked_examples():
    # sums over the thresholds, before the division: .49+.09+.0025 and .81+.25+.01
    assert 3 * scoring.ranked(HANOI, np.array([0, 0])) == pytest.approx([0.5825, 1.07])
    assert scoring.ranked(np.full((1, 4), 0.25), np.array([0])) == pytest.approx(0.875 / 3)


weights = arrays(float, st.tuples(st.integers(1, 20), st.integers(2, 6)),
                 elements=st.floats(0.01, 1))  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(weights, st.randoms(use_true_random=False))
def test_scores_are_those_of_scoringrules(raw, random):
    import scoringrules

    p = raw / raw.sum(axis=1, keepdims=True)
    n, outcomes = p.shape
    y = np.array([random.randrange(outcomes) for _ in range(n)])
    theirs = np.array([scoringrules.rps_score(int(k) + 1, q) for q, k in zip(p, y, strict=True)])
    assert scoring.ranked(p, y) * (outcomes - 1) == pytest.approx(theirs, abs=CLOSE)
    high, happened = scoring.at_least(p), scoring.reached(y, outcomes)
    binary = scoringrules.brier_score(happened, np.clip(high, 0, 1))
    assert scoring.thresholds(p, y) == pytest.approx(binary, abs=1e-9)
    assert scoring.logarithmic(p, y) == pytest.approx(
        -np.log(np.maximum(scoring.FLOOR, p[np.arange(n), y]))
    )
    single = np.eye(outcomes)[y]
    assert scoring.brier(p, y) == pytest.approx(((p - single) ** 2).sum(axis=1))


def test_a_sure_forecaster_who_is_wrong_meets_the_floor():
    assert scoring.logarithmic(np.array([[1.0, 0.0]]), np.array([1])) == -np.log(scoring.FLOOR)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_the_decomposition_adds_up_and_its_parts_are_not_negative(seed):
    generator = np.random.default_rng(seed)
    p = np.round(generator.random(60), 1)
    o = (generator.random(60) < p**2).astype(float)
    found = calibrate(1, p, o, generator)
    assert found.score == pytest.approx(
        found.miscalibration - found.discrimination + found.uncertainty, abs=CLOSE
    )
    assert found.miscalibration >= -CLOSE
    assert found.discrimination >= -CLOSE
    came = [point.came_about for point in found.curve]
    assert came == sorted(came)


def test_the_isotonic_fit_pools_violators_and_ties():
    p = np.array([0.1, 0.2, 0.2, 0.3, 0.4])
    o = np.array([0.0, 1.0, 0.0, 0.0, 1.0])
    assert isotonic(p, o) == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3, 1])


def test_nine_in_ten_curves_of_a_calibrated_forecaster_lie_in_the_band():
    generator, inside = np.random.default_rng(1), []
    for _ in range(60):
        p = generator.random(200)
        curve = calibrate(1, p, (generator.random(200) < p).astype(float), generator).curve
        at = [point.stated for point in curve]
        low, came, high = (
            np.interp(0.5, at, [getattr(point, name) for point in curve])
            for name in ("low", "came_about", "high")
        )
        inside.append(low <= came <= high)
    assert 0.8 <= np.mean(inside) <= 0.98


def test_below_thirty_there_is_an_interval_and_no_curve():
    found = calibrate(1, np.full(ENOUGH - 1, 0.3), np.zeros(ENOUGH - 1), np.random.default_rng(0))
    assert (found.curve, found.miscalibration) == ((), None)
    assert "needs 30" in found.refusal
    assert found.low == 0
    assert jeffreys(21, 125) == pytest.approx((0.119, 0.228), abs=5e-4)


def test_the_bootstrap_agrees_with_theory_and_one_case_has_no_interval():
    generator = np.random.default_rng(2)
    values = generator.normal(1.0, 1.0, 400)
    drawn = resample({"a": values, "b": 2 * values}, generator, 4000)
    found = mean_of(drawn["a"])
    error = values.std() / np.sqrt(len(values))
    assert (found.high - found.low) / (2 * 1.96 * error) == pytest.approx(1, abs=0.1)
    skill = skill_of(drawn["a"], drawn["b"])
    assert (skill.value, skill.low, skill.high) == pytest.approx((0.5, 0.5, 0.5))
    alone = mean_of(resample({"a": np.array([0.3, np.nan])}, generator, 100)["a"])
    assert (alone.n, alone.value, alone.low) == (1, pytest.approx(0.3), None)


DAY = dt.date(2020, 3, 31)


def entries(ledger, *bodies):
    """Entries on one question with two outcomes; later ones may name earlier ones' ids."""
    ids = []
    for k, body in enumerate(bodies):
        whole = small(k) | body
        if whole["kind"] != "forecast":
            for key in ("as_of", "title", "inputs", "forecast"):
                whole.pop(key)
        if "corrects" in whole:
            whole["supersedes"] = ids[whole.pop("corrects")]
        with writing(ledger) as connection:
            ids.append(append(connection, whole, contents(k)).id)
    return ids


def forecast(as_of, p, **more):
    shares = {"none": p, "text": 1 - p}
    return {"as_of": as_of, "probabilities": shares, "created": "2021-01-01T00:00:00Z"} | more


def outcome(tier="none", **more):
    return {"kind": "resolution", "tier": tier, "date": str(DAY), "because": "x",
            "created": "2021-01-01T00:00:00Z"} | more  # fmt: skip


def test_scores_are_averaged_over_days_and_taken_at_leads(tmp_path):
    ledger = tmp_path / "l"
    # 0.5 stood for 30 days, 0.8 for ten, 1.0 for one: squares .25, .04, 0
    entries(ledger, forecast("2020-02-19", 0.5), forecast("2020-03-20", 0.8),
            forecast("2020-03-30", 1.0), outcome())  # fmt: skip
    (replay,) = summitry.score(ledger=ledger).standings
    mean = {m.when: m.mean.value for m in replay.measures if m.score == "ranked"}
    assert mean["time-averaged"] == pytest.approx((30 * 0.25 + 10 * 0.04 + 1 * 0) / 41)
    assert mean["30 days before"] == pytest.approx(0.25)
    assert mean["7 days before"] == pytest.approx(0.04)
    assert mean["1 day before"] == pytest.approx(0)


def test_a_rival_is_compared_on_the_days_on_which_both_stood(tmp_path):
    ledger = tmp_path / "l"
    said = {"kind": "rival", "by": "B", "tiers": ["text"], "probability": 0.5,
            "probabilities": None}  # fmt: skip
    entries(ledger, forecast("2020-03-01", 0.5), forecast("2020-03-21", 0.9), outcome(),
            said | {"date": "2020-03-11"}, said | {"date": str(DAY), "by": "too late"})  # fmt: skip
    (pair,) = summitry.score(ledger=ledger).standings[0].rivals
    assert pair.ours == pytest.approx((10 * 0.25 + 10 * 0.01) / 20)
    assert pair.theirs == pytest.approx(0.25)
    assert (pair.difference.n, pair.difference.low) == (1, None)


def test_a_correction_counts_only_if_it_came_before_the_outcome(tmp_path):
    entries(tmp_path / "a", forecast("2020-03-01", 0.5),
            forecast("2020-03-01", 0.9, corrects=0), outcome())  # fmt: skip
    entries(tmp_path / "b", forecast("2020-03-01", 0.5), outcome(),
            forecast("2020-03-01", 0.9, corrects=0))  # fmt: skip
    early, late = (summitry.score(ledger=tmp_path / name) for name in "ab")
    assert early.standings[0].questions[0].ranked == pytest.approx(0.01)
    assert late.standings[0].questions[0].ranked == pytest.approx(0.25)
    assert (early.corrected_late, late.corrected_late) == (0, 1)


def test_the_last_resolution_stands(tmp_path):
    entries(tmp_path / "l", forecast("2020-03-01", 0.9), outcome(), outcome("text", corrects=1))
    assert summitry.score(ledger=tmp_path / "l").standings[0].questions[0].outcome == "text"


def test_a_forecast_made_before_the_outcome_is_scored_apart_from_replays(tmp_path):
    ledger, day = tmp_path / "l", TODAY + dt.timedelta(days=40)
    path = talks(tmp_path, as_of=TODAY - dt.timedelta(days=2), day=day)
    done = summitry.record(path, draws=DRAWS, ledger=ledger)
    assert not any("replay" in note for note in done.notes)
    with writing(ledger) as connection:  # as it will be when the day has come
        append(connection, outcome("text", date=str(day)) | {
            "question": done.entry.body["question"], "author": "a"})  # fmt: skip
    (ahead,) = summitry.score(ledger=ledger).standings
    assert ahead.standing == "ahead"
    assert ahead.questions[0].leads["30 days before"] is not None


def test_nothing_resolved_is_nothing_to_score(tmp_path):
    chain(tmp_path / "l", 2)
    found = summitry.score(ledger=tmp_path / "l")
    assert (found.forecasts, found.resolved, found.standings) == (2, 0, [])
