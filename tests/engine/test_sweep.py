"""A plan comes to the same file whatever runs it, and whatever stops it on the way."""

from __future__ import annotations

import datetime as dt
import os
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path

import pytest

from summitry.analysis.expect import expect
from summitry.dossier.library import bundled_path
from summitry.engine import local
from summitry.engine.case import run_cases
from summitry.engine.journal import close, keep, open_journal, rows_of
from summitry.engine.local import local_runner
from summitry.engine.plan_reader import read_plan
from summitry.engine.sweep import run_plan, sweep
from tests.engine import works

PLAN = """\
dossiers: [starter.yaml, broken.yaml, missing.yaml]
settings: {as-written: [], trusting: [trust.upland=0.9]}
draws: 32
seeds: 0 to 9
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("plan")
    (found / "starter.yaml").write_bytes(bundled_path("starter").read_bytes())
    (found / "broken.yaml").write_text("title: broken\n")
    (found / "plan.yaml").write_text(PLAN)
    slow = (
        PLAN.replace("32", "400")
        .replace(", broken.yaml, missing.yaml", "")
        .replace("0 to 9", "0 to 29")
    )
    (found / "slow.yaml").write_text(slow)
    return found


@pytest.fixture(scope="module")
def expected(folder):
    """The files that one process writes."""
    sweep(folder / "plan.yaml", folder / "one.jsonl", workers=1)
    sweep(folder / "plan.yaml", folder / "one.parquet", workers=1)
    return {kind: (folder / f"one.{kind}").read_bytes() for kind in ("jsonl", "parquet")}


@pytest.mark.parametrize("workers, kind", [(2, "jsonl"), (4, "parquet")])
def test_the_same_bytes_on_any_number_of_workers(folder, expected, tmp_path, workers, kind):
    out = tmp_path / f"out.{kind}"
    done = sweep(folder / "plan.yaml", out, workers=workers)
    assert out.read_bytes() == expected[kind]
    assert list(tmp_path.iterdir()) == [out]
    assert (done.cases, done.failed, done.resumed) == (60, 40, 0)
    assert [f.cases for f in done.failures] == [10, 10, 10, 10]
    assert "broken.yaml" in done.failures[0].reason
    assert "missing.yaml: there is no such file" in done.failures[2].reason


def test_a_case_is_what_expect_gives(expected, folder):
    import polars

    frame = polars.read_parquet(folder / "one.parquet")
    rows = frame.filter(polars.col("setting") == "trusting", polars.col("seed") == 3)
    forecast = expect(
        folder / "starter.yaml", draws=32, seed=3, changes=["trust.upland=0.9"], workers=1
    )
    told = forecast.rows()
    assert rows.drop_nulls("tier")["pooled"].to_list() == [row["pooled"] for row in told]
    assert rows.drop_nulls("tier")["date"].to_list() == [row["date"] for row in told]


def test_dates_that_share_their_draws_are_forecast_as_if_alone():
    dates = ["2019-01-31", "2019-02-26", "2019-03-10", "2019-02-10"]
    plan = read_plan({"dossiers": "hanoi-2019", "dates": dates, "draws": 24})
    together = run_cases([plan.case(k) for k in range(4)])
    for k, date in enumerate(dates):
        forecast = expect("hanoi-2019", draws=24, as_of=dt.date.fromisoformat(date))
        alone = [row["pooled"] for row in forecast.rows()]
        assert [row["pooled"] for row in together if row["case"] == k] == alone


def start(folder, out):
    command = [sys.executable, "-m", "summitry", "sweep", "slow.yaml", "--out", str(out)]
    with out.with_name("told").open("w") as told:
        return subprocess.Popen(
            [*command, "--workers", "2"], cwd=folder, stdout=told, stderr=subprocess.STDOUT
        )


def test_a_killed_sweep_goes_on_where_it_stopped(folder, tmp_path):
    journal = tmp_path / "out.jsonl.journal"
    first = start(folder, tmp_path / "out.jsonl")
    while first.poll() is None and (not journal.exists() or journal.stat().st_size < 3000):
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    kept = journal.read_bytes()
    journal.write_bytes(kept + b"7 0000")  # a line torn on the way to the disk
    second = start(folder, tmp_path / "out.jsonl")
    assert second.wait() == 0, (tmp_path / "told").read_text()
    assert "of them by an earlier run" in (tmp_path / "told").read_text()
    sweep(folder / "slow.yaml", tmp_path / "whole.jsonl", workers=2)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def run(tmp_path, work, journal, runner=None, size=2):
    (tmp_path / "noted").touch()
    plan = read_plan({"dossiers": str(tmp_path / "noted"), "seeds": range(12)})
    run_plan(plan, size, journal, runner or local_runner(2), work=work)
    return [int(line) for line in (tmp_path / "noted").read_text().split()]


@pytest.fixture
def journal(tmp_path):
    opened = open_journal(tmp_path / "journal", {"fingerprint": "a"})
    yield opened
    close(opened)


def test_what_is_kept_is_not_done_again(tmp_path, journal):
    keep(journal, 1, [])
    keep(journal, 4, [])
    assert sorted(run(tmp_path, works.note, journal)) == [0, 1, 4, 5, 6, 7, 10, 11]


def test_a_worker_killed_on_the_way_loses_nothing(tmp_path, journal):
    run(tmp_path, works.die_once, journal)
    kept = [row for chunk in range(6) for row in rows_of(journal, chunk)]
    assert [row["case"] for row in kept] == list(range(12))
    assert {row["failed"] for row in kept} == {"noted"}


def test_a_pool_that_breaks_between_two_chunks_loses_nothing(monkeypatch):
    class Pool:
        """Runs at once; two chunks find it broken."""

        taken = 0

        def submit(self, work, cases):
            Pool.taken += 1
            if Pool.taken in (5, 13):
                raise BrokenProcessPool
            future = Future()
            future.set_result(work(cases))
            return future

    monkeypatch.setattr(local, "_pool", lambda workers: nullcontext(Pool()))
    chunks = [local.Chunk(number, [number]) for number in range(20)]
    done = list(local.run_local(chunks, lambda cases: [{"case": cases[0]}], None, workers=2))
    assert sorted(each.rows[0]["case"] for each in done) == list(range(20))


def test_a_case_that_always_kills_fails_alone(tmp_path, journal):
    run(tmp_path, works.die_at_five, journal)
    kept = [row for chunk in range(6) for row in rows_of(journal, chunk)]
    assert [row["case"] for row in kept if "killed" in row["failed"]] == [5]
    assert [row["case"] for row in kept] == list(range(12))


def test_a_line_that_was_torn_or_changed_does_not_count(tmp_path):
    path = tmp_path / "journal"
    opened = open_journal(path, {"fingerprint": "a"})
    for chunk in range(3):
        keep(opened, chunk, [{"x": chunk}])
    close(opened)
    whole = path.read_bytes()
    for damaged, left in ((whole[:-3], 2), (whole.replace(b'"x":1', b'"x":7'), 1)):
        path.write_bytes(damaged)
        again = open_journal(path, {"fingerprint": "a"})
        assert sorted(again.places) == list(range(left))
        close(again)


def test_files_of_others_are_left_as_they_are(folder, tmp_path):
    plan, out = folder / "plan.yaml", tmp_path / "out.jsonl"
    out.write_text("mine")
    with pytest.raises(ValueError, match="exists and is left"):
        sweep(plan, out)
    assert out.read_text() == "mine"
    out.unlink()
    close(open_journal(tmp_path / "out.jsonl.journal", {"fingerprint": "another"}))
    with pytest.raises(ValueError, match="journal of another plan"):
        sweep(plan, out)
    (tmp_path / "out.jsonl.journal").write_text("a diary")
    with pytest.raises(ValueError, match="no journal of a sweep"):
        sweep(plan, out)
    assert (tmp_path / "out.jsonl.journal").read_text() == "a diary"


@pytest.mark.parametrize("out", ["out.csv", "nowhere/out.jsonl"])
def test_results_that_cannot_be_written(folder, tmp_path, out):
    with pytest.raises(ValueError, match="out"):
        sweep(folder / "plan.yaml", tmp_path / out)


def test_two_sweeps_do_not_share_a_journal(folder, tmp_path, journal):
    with pytest.raises(OSError, match="another sweep"):
        open_journal(journal.path, {"fingerprint": "a"})


def test_a_full_disk_is_told_and_loses_nothing(tmp_path, journal):
    keep(journal, 0, [{"x": 0}])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.end + 10, limits[1]))
    try:
        with pytest.raises(OSError, match="what is finished is kept"):
            keep(journal, 1, [{"x": 1}] * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert rows_of(journal, 0) == [{"x": 0}]
    keep(journal, 1, [{"x": 1}])
    assert rows_of(journal, 1) == [{"x": 1}]


def test_processes_end_with_their_parent(folder, tmp_path):
    sweeping = start(folder, tmp_path / "out.jsonl")
    journal = tmp_path / "out.jsonl.journal"
    while sweeping.poll() is None and (not journal.exists() or journal.stat().st_size < 500):
        time.sleep(0.02)
    children = _children(sweeping.pid)
    sweeping.kill()
    sweeping.wait()
    until = time.monotonic() + 20
    while any(map(_lives, children)) and time.monotonic() < until:
        time.sleep(0.1)
    assert children
    assert not any(map(_lives, children))


def _children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in children.split()]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
