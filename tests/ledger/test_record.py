"""What is put on record, what is refused, and what verification then says."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import summitry
from summitry.ledger.chain import BEGINNING
from summitry.ledger.errors import LedgerError, Refused
from summitry.ledger.exchange import export_to, import_from
from summitry.ledger.listing import anchor, listing, shown_entry, stored
from summitry.ledger.rivals import rival
from summitry.ledger.score import score
from summitry.ledger.verify import verify
from summitry.report.ledger import verified_lines
from tests.ledger.talks import DRAWS, TODAY, past, talks

FIRST_FORM = Path(__file__).with_name("first_form.jsonl")


@pytest.fixture
def ledger(tmp_path):
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def recorded(tmp_path, ledger):
    return summitry.record(past(tmp_path), draws=DRAWS, author="Ada", ledger=ledger)


def test_an_entry_holds_all_that_it_takes(tmp_path, ledger, recorded):
    body = recorded.entry.body
    assert (body["position"], body["previous"], body["author"]) == (1, BEGINNING, "Ada")
    assert body["excluded"] == [{"id": "later", "known_at": "2020-05-02"}]
    for one in body["inputs"]:
        assert stored(one["sha256"], ledger) == (tmp_path / one["name"]).read_bytes()
    full = json.loads(stored(body["forecast"], ledger))
    assert full["rounds"][0]["pooled"] == body["probabilities"]
    asked = shown_entry(recorded.entry.id[:8], ledger).asked
    assert [tier["id"] for tier in asked["tiers"]] == ["none", "text", "ferry"]
    assert asked["rule"]["decides"] == "the author"
    assert [entry.body["by"] for entry in recorded.rivals] == ["A captain"]
    assert [one.reason for one in recorded.unscored] == ["no number was stated"]


def test_the_whole_way_to_a_file_and_back(tmp_path, ledger, recorded):
    summitry.resolve(recorded.entry.id[:6], tier="text", because="the text", ledger=ledger)
    found = summitry.verify(ledger=ledger)
    assert (found.wrong, found.entries, found.again) == ([], 3, 1)
    export_to(tmp_path / "all.jsonl", ledger)
    assert summitry.verify(tmp_path / "all.jsonl", anchors=[anchor(ledger)]).whole
    other = tmp_path / "other.sqlite3"
    assert import_from(tmp_path / "all.jsonl", other) == 3
    assert import_from(tmp_path / "all.jsonl", other) == 0
    assert anchor(other) == anchor(ledger)


REFUSED = {
    "no rule": ({"rule": ""}, "resolution_rule` is missing"),
    "nobody decides": (
        {"rule": 'resolution_rule: {{decides: " ", by: {day}, source: "x"}}'}, "decides` is empty",
    ),
    "decided before": (
        {"rule": 'resolution_rule: {{decides: "x", by: 2020-06-01, source: "x"}}'}, "lies before",
    ),
    "a later source": ({"no_agreement": "{value: 0, because: [late]}"}, "after the cut-off"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), list(REFUSED.values()), ids=REFUSED)
def test_what_is_loose_or_leaks_is_refused(tmp_path, ledger, change, message):
    with pytest.raises(Refused, match=message):
        summitry.record(past(tmp_path, **change), draws=DRAWS, ledger=ledger)
    assert not ledger.exists()


def test_a_cut_off_before_the_dossier_or_after_today_is_refused(tmp_path, ledger):
    path = past(tmp_path)
    with pytest.raises(Refused, match="were written on 2020-05-01"):
        summitry.record(path, as_of=dt.date(2020, 4, 1), draws=DRAWS, ledger=ledger)
    later = talks(tmp_path, as_of=TODAY + dt.timedelta(9), day=TODAY + dt.timedelta(99))
    with pytest.raises(Refused, match="after today"):
        summitry.record(later, draws=DRAWS, ledger=ledger)


def test_later_signals_count_once_they_are_known(tmp_path, ledger, recorded):
    later = summitry.record(
        past(tmp_path), as_of=dt.date(2020, 5, 9), draws=DRAWS, ledger=ledger
    ).entry.body
    assert later["excluded"] == []
    assert later["question"] == recorded.entry.body["question"]
    assert later["probabilities"] != recorded.entry.body["probabilities"]


def test_a_question_is_resolved_once_and_corrected_by_name(ledger, recorded):
    def told(**words):
        return summitry.resolve(recorded.entry.id, because="text", ledger=ledger, **words)

    with pytest.raises(Refused, match="no outcome `boat`"):
        told(tier="boat")
    with pytest.raises(Refused, match="after today"):
        told(tier="text", date=TODAY + dt.timedelta(9))
    first = told(tier="text")
    with pytest.raises(LedgerError, match="resolved already"):
        told(tier="ferry")
    second = told(tier="ferry", supersedes=first.id[:8])
    with pytest.raises(LedgerError, match="corrected already"):
        told(tier="none", supersedes=first.id[:8])
    assert second.body["supersedes"] == first.id
    assert [one.corrected for one in listing(ledger=ledger)] == [False, False, True, False]


def test_a_correction_is_of_the_same_question_and_gives_its_reason(tmp_path, ledger, recorded):
    def corrected(because, **change):
        return summitry.record(past(tmp_path, **change), draws=DRAWS, ledger=ledger,
                               supersedes=recorded.entry.id[:8], because=because)  # fmt: skip

    with pytest.raises(LedgerError, match="needs its reason"):
        corrected(None)
    other = 'resolution_rule: {{decides: "the reader", by: {day}, source: "the text"}}'
    with pytest.raises(LedgerError, match="another question"):
        corrected("a slip", rule=other)
    assert corrected("a slip").entry.body["supersedes"] == recorded.entry.id
    with pytest.raises(LedgerError, match="corrected already"):
        corrected("again")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"probability": 0.4}, "needs the outcomes"),
        ({"probability": 1.4, "tiers": ["text"]}, "from 0 to 1"),
        ({"probability": {"none": 0.4, "text": 0.6}}, "no probability of ferry"),
        ({"probability": {"none": 0.4, "text": 0.6, "ferry": 0.3}}, "sum to 1.3"),
        ({"probability": {"none": 0.4, "boat": 0.6}}, "no outcome boat"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rival_answers_the_question(ledger, recorded, words, message):
    with pytest.raises(Refused, match=message):
        rival(recorded.entry.id, by="B", date=dt.date(2020, 5, 5), because="x",
              ledger=ledger, **words)  # fmt: skip


def test_a_forecast_that_does_not_come_out_again_is_told_in_detail(tmp_path, ledger, recorded):
    from summitry.ledger import rerun

    body = json.loads(json.dumps(recorded.entry.body))
    body["probabilities"]["none"] += 0.01

    def fetch(sha256):
        return stored(sha256, ledger)

    assert rerun.rerun(recorded.entry.body, fetch) == []
    (told,) = rerun.rerun(body, fetch)
    assert told.startswith("probabilities.none: recorded 0.")
    body["inputs"][0]["name"] = "../talks.yaml"
    assert "outside" in rerun.rerun(body, fetch)[0]


def test_what_the_first_form_made_is_whole_and_scored_but_not_made_again(tmp_path):
    ledger = tmp_path / "ledger.sqlite3"
    import_from(FIRST_FORM, ledger=ledger)
    found = verify(ledger=ledger)
    assert (found.wrong, found.forecasts, found.again, found.earlier) == ([], 1, 0, [1])
    assert "entry 1 was made by the first form" in "\n".join(verified_lines(found))
    assert verify(FIRST_FORM).earlier == [1]
    (scored,) = score(ledger=ledger).standings
    assert (scored.standing, scored.forecasts) == ("replay", 1)
