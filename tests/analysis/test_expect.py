"""The real case end to end, and what every forecast must obey."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise

import jsonschema
import numpy as np
import pytest

from summitry.analysis.compare import compare
from summitry.analysis.expect import expect
from summitry.dossier.errors import CannotAnswer, DossierError
from summitry.dossier.library import bundled_names, bundled_path
from summitry.dossier.reader import check, load
from summitry.dossier.schema import Signal
from summitry.report.json_schema import answer_schema

STARTER = bundled_path("starter")
DRAWS = 48


@pytest.fixture(scope="module")
def hanoi():
    return expect("hanoi-2019", draws=DRAWS, workers=2)


def test_bundled_dossiers_have_no_mistakes():
    assert bundled_names() == [
        "camp-david-1978", "cuba-1962", "hanoi-2019", "korea-2017", "panama-canal-1974", "paris-2015",
    ]  # fmt: skip
    for path in [STARTER, *map(bundled_path, bundled_names())]:
        assert check(path) == []


def test_json_follows_its_schema(hanoi):
    told = json.loads(json.dumps(hanoi.to_dict(), allow_nan=False))
    jsonschema.validate(told, answer_schema("forecast"))
    assert told["schema"] == "summitry.forecast/2"
    assert told["tiers"][0] == "none"


def test_probabilities_sum_to_one_and_obstacles_to_the_rest(hanoi):
    for expected in hanoi.rounds:
        for shares in (expected.pooled, expected.model, expected.in_force, expected.carried_out):
            assert sum(shares.values()) == pytest.approx(1.0)
        for k, tier in enumerate(hanoi.tiers[1:], start=1):
            reached = sum(expected.model[name] for name in hanoi.tiers[k:])
            assert reached + sum(expected.obstacles[tier].values()) == pytest.approx(1.0)
        for tier, least in expected.at_least.items():
            at = hanoi.tiers.index(tier)
            for shares, told in ((expected.pooled, least.pooled), (expected.model, least.model),
                                 (expected.carried_out, least.carried_out)):  # fmt: skip
                assert sum(shares[name] for name in hanoi.tiers[at:]) == pytest.approx(told)
            assert least.carried_out <= least.in_force + 1e-9 <= least.pooled + 2e-9
            assert least.low <= least.high
            short = sum(expected.afterwards[tier].values())
            kept = sum(expected.model[name] for name in hanoi.tiers[at:]) - short
            assert kept >= -1e-9
    assert [r.classes is None for r in hanoi.rounds] == [False, True, False]


def test_by_the_end_of_a_later_round_at_least_a_tier_is_no_less_likely(hanoi):
    for earlier, later in pairwise(hanoi.rounds):
        for tier, least in later.at_least.items():
            assert least.pooled >= earlier.at_least[tier].pooled
            assert least.model >= earlier.at_least[tier].model


def test_a_pooled_number_lies_between_its_parts(hanoi):
    for expected in hanoi.rounds:
        for least in expected.at_least.values():
            if expected.classes and expected is hanoi.rounds[0]:
                low, high = sorted((least.model, least.classes))
                # where no draw hits, the model's part is half a draw
                assert min(low, 1 / DRAWS) - 1e-9 <= least.pooled <= high + 1e-9
                assert low == 0 or low <= least.pooled + 1e-9


def test_same_seed_same_bytes_on_any_number_of_workers(hanoi):
    again = expect("hanoi-2019", draws=DRAWS, workers=1)
    assert json.dumps(again.to_dict()) == json.dumps(hanoi.to_dict())


def test_standard_errors_cover_other_seeds():
    forecasts = [expect(STARTER, draws=256, seed=seed, workers=2) for seed in range(12)]
    values = np.array([list(f.rounds[0].pooled.values()) for f in forecasts])
    stated = np.array(
        [list(f.rounds[0].standard_error["pooled"].values()) for f in forecasts]
    ).mean(axis=0)
    spread = values.std(axis=0, ddof=1)
    # twelve seeds know the spread to about a fifth; twice that is allowed
    assert (spread < 1.6 * stated).all()
    assert (spread > 0.5 * stated).all()


@pytest.mark.parametrize(
    "changes, moved, sign",
    [
        (("types.usa.dealmaker.no_agreement=20", "types.usa.maximalist.no_agreement=20"), "none", 1),
        (("values.dprk.kaesong=-5", "values.dprk.kumgang=-5"), "freeze-for-relief", -1),
        (("knowledge=0.05",), "none", 1),
        (("types.usa.dealmaker.prior=0.1", "types.usa.maximalist.prior=0.9"), "none", 1),
        (("linkages.0.values.dprk=40",), "yongbyon-for-relief", 1),
        (("momentum=0.02",), "freeze-for-relief", -1),
        (("types.usa.dealmaker.firmness=2", "types.usa.maximalist.firmness=2"), "none", 1),
        (("values.chn.kumgang=-30", "values.rok.kumgang=-30"), "freeze-for-relief", -1),
    ],
)  # fmt: skip
def test_the_forecast_reacts_to_each_part_of_the_dossier(changes, moved, sign):
    told = compare("hanoi-2019", draws=128, workers=2, changes=changes).rounds[0]
    shift = told.pooled["none"] if moved == "none" else told.at_least[moved]
    assert sign * shift.difference > 2 * shift.standard_error


@pytest.mark.parametrize(
    "changes, sign",
    [
        (("commitments.partial-relief.consent.unsc=0.05",), -1),
        (("types.dprk.dealmaker.honesty=0", "types.dprk.hedger.honesty=0", "types.usa.dealmaker.honesty=0",
          "types.usa.maximalist.honesty=0"), -1),
        (("types.usa.dealmaker.breach_cost=40", "types.usa.maximalist.breach_cost=40", "breach_cost.dprk=40"), 1),
    ],
)  # fmt: skip
def test_what_is_carried_out_reacts(changes, sign):
    told = compare("hanoi-2019", draws=128, workers=2, changes=changes).rounds[-1]
    shift = told.carried_out["yongbyon-for-relief"]
    assert sign * shift.difference > 2 * shift.standard_error


def test_more_trust_leaves_less_to_commitment(hanoi):
    trusting = expect(
        "hanoi-2019", draws=DRAWS, workers=2, changes=["trust.dprk=0.9", "trust.usa=0.9"]
    )
    for tier, shares in hanoi.rounds[0].obstacles.items():
        assert trusting.rounds[0].obstacles[tier]["commitment"] < shares["commitment"]


def test_the_outcome_is_read_by_no_forecast(tmp_path, hanoi):
    folder = bundled_path("hanoi-2019").parent
    text = bundled_path("hanoi-2019").read_text()
    before, _, after = text.partition("resolution: {")
    without = before + after.partition("\n")[2]
    (tmp_path / "h.yaml").write_text(without)
    (tmp_path / "hanoi-2019-signals.csv").write_bytes(
        (folder / "hanoi-2019-signals.csv").read_bytes()
    )
    forecast = expect(tmp_path / "h.yaml", draws=DRAWS, workers=2)
    assert forecast.rounds[0].pooled == hanoi.rounds[0].pooled


def test_signals_of_the_case():
    dossier = load("hanoi-2019").dossier
    ids = [s.id for s in dossier.signals if isinstance(s, Signal)]
    assert ids[:62] == [f"S{k:02}" for k in range(1, 63)]
    assert dossier.resolution is not None
    assert dossier.resolution.tier == "none"


def test_replays_count_only_what_was_known(hanoi):
    early = expect("hanoi-2019", draws=DRAWS, workers=2, as_of=dt.date(2018, 6, 11))
    assert all(s.known_at <= dt.date(2018, 6, 11) for s in early.signals)
    assert any("Structure as of 2019-02-10" in text for text in early.assumptions)
    last = expect("hanoi-2019", draws=DRAWS, workers=2, as_of=dt.date(2019, 2, 28))
    assert {"S60", "S61", "S62"}.isdisjoint(s.id for s in last.signals)
    assert len(early.signals) < len(hanoi.signals) < len(last.signals)
    later = expect("hanoi-2019", draws=DRAWS, workers=2, as_of=dt.date(2019, 3, 10))
    assert len(later.rounds) == 2


def test_questions_without_an_answer():
    with pytest.raises(CannotAnswer, match="no round"):
        expect("hanoi-2019", as_of=dt.date(2030, 1, 1))
    with pytest.raises(ValueError, match="round"):
        expect(STARTER, round=3)
    with pytest.raises(ValueError, match="draws"):
        expect(STARTER, draws=1)
    with pytest.raises(DossierError):
        expect("hanoi")
