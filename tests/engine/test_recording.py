"""A plan is put on record once, in its order, whatever runs it and whatever stops it on the way."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

import summitry
from summitry.cli import main
from summitry.engine import recording
from summitry.ledger.errors import LedgerError
from summitry.ledger.listing import listing, shown_entry
from summitry.ledger.verify import verify
from tests.ledger.talks import past

OWN = ("position", "previous", "created")


@pytest.fixture
def plan(tmp_path):
    past(tmp_path)
    path = tmp_path / "plan.yaml"
    path.write_text("dossiers: [talks.yaml, panama-canal-1974]\ndraws: 16\nseeds: 0 to 3\n")
    return path


def told(ledger):
    """What the entries of forecasts say, but for when and where."""
    listed = [one for one in listing(ledger=ledger) if one.kind == "forecast"]
    bodies = [shown_entry(one.id, ledger).entry.body for one in listed]
    return [{key: body[key] for key in body if key not in OWN} for body in bodies]


def test_the_same_entries_on_any_number_of_workers_and_none_twice(plan, tmp_path):
    ledgers = [tmp_path / f"{workers}.sqlite3" for workers in (1, 2, 4)]
    for workers, ledger in zip((1, 2, 4), ledgers, strict=True):
        done = summitry.record_sweep(plan, ledger=ledger, author="Ada", workers=workers)
        assert (done.cases, done.failed) == (8, 4)
        assert "resolution_rule" in done.failures[0].reason
    assert told(ledgers[0]) == told(ledgers[1]) == told(ledgers[2])
    assert [body["plan"]["case"] for body in told(ledgers[0])] == [0, 1, 2, 3]
    before = verify(ledger=ledgers[0])
    assert (before.entries, before.wrong) == (5, [])  # with the rival that the dossier names
    summitry.record_sweep(plan, ledger=ledgers[0], author="Ada", workers=1)
    assert verify(ledger=ledgers[0], sample=0).entries == 5


def test_a_forecast_of_a_sweep_is_the_one_that_record_makes(plan, tmp_path):
    ledger = tmp_path / "one.sqlite3"
    summitry.record_sweep(plan, ledger=ledger, author="Ada", workers=1)
    alone = summitry.record(
        tmp_path / "talks.yaml", draws=16, seed=2, author="Ada", ledger=tmp_path / "two.sqlite3"
    )
    body = told(ledger)[2]
    assert {key: body[key] for key in body if key != "plan"} == {
        key: value for key, value in alone.entry.body.items() if key not in OWN
    }


def test_a_sweep_killed_on_the_way_is_recorded_whole(plan, tmp_path):
    ledger, journal = tmp_path / "ledger.sqlite3", tmp_path / "plan.ledger.journal"
    plan.write_text(plan.read_text().replace("16", "400").replace("0 to 3", "0 to 19"))
    command = [sys.executable, "-m", "summitry", "sweep", str(plan), "--record", "--author", "Ada"]
    command += ["--ledger", str(ledger), "--workers", "2"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while first.poll() is None and (not journal.exists() or journal.stat().st_size < 40_000):
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert listing(ledger=ledger) == []
    done = summitry.record_sweep(plan, ledger=ledger, author="Ada", workers=2)
    assert done.resumed > 0
    assert [body["plan"]["case"] for body in told(ledger)] == list(range(20))
    assert not journal.exists()


def test_a_sweep_killed_after_it_was_recorded_is_not_recorded_again(plan, tmp_path, monkeypatch):
    ledger = tmp_path / "ledger.sqlite3"
    enter = recording._enter

    def killed(*given):
        enter(*given)
        given[0].commit()
        raise KeyboardInterrupt

    monkeypatch.setattr(recording, "_enter", killed)
    with pytest.raises(KeyboardInterrupt):
        summitry.record_sweep(plan, ledger=ledger, author="Ada", workers=1)
    monkeypatch.undo()
    done = summitry.record_sweep(plan, ledger=ledger, author="Ada", workers=1)
    assert (done.resumed, verify(ledger=ledger, sample=0).entries) == (8, 5)


def test_a_ledger_that_takes_nothing_is_told_before_anything_is_run(plan, tmp_path):
    (tmp_path / "diary").write_text("monday")
    with pytest.raises(LedgerError, match="diary"):
        summitry.record_sweep(plan, ledger=tmp_path / "diary", author="Ada", workers=1)
    assert not (tmp_path / "plan.ledger.journal").exists()
    for words in (["--record", "--out", "x.jsonl"], ["--author", "Ada"]):
        assert CliRunner().invoke(main, ["sweep", str(plan), *words]).exit_code == 2
