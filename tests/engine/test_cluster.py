"""A Dask cluster brings the same file as local processes, even when it loses a worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings

import pytest

from summitry.dossier.library import bundled_path
from summitry.engine.sweep import sweep

distributed = pytest.importorskip("distributed")
PLAN = {
    "settings": {"as-written": [], "wrong": ["trust.nobody=1"]},
    "draws": 400,
    "seeds": range(20),
}


@pytest.fixture(scope="module")
def cluster():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as found:
            yield found


@pytest.mark.filterwarnings("ignore")
def test_the_same_bytes_on_a_cluster_that_loses_a_worker(cluster, tmp_path):
    plan = {"dossiers": str(bundled_path("starter")), **PLAN}
    sweep(plan, tmp_path / "local.jsonl", workers=1)
    victim = next(iter(cluster.workers.values())).process.pid

    def kill() -> None:
        while not (tmp_path / "cluster.jsonl.journal").exists():
            time.sleep(0.01)
        time.sleep(0.5)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    done = sweep(plan, tmp_path / "cluster.jsonl", cluster=cluster.scheduler_address)
    killer.join()
    assert (done.cases, done.failed) == (40, 20)
    assert (tmp_path / "cluster.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_dies_on_the_way_is_told_and_nothing_finished_is_lost(tmp_path):
    at, out = tmp_path / "scheduler.json", tmp_path / "out.jsonl"
    dask = [sys.executable, "-m", "dask"]
    told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--no-dashboard", "--scheduler-file", str(at)]
    with subprocess.Popen([*dask, "scheduler", "--port", "0", *options], **told) as scheduler:
        worker = subprocess.Popen([*dask, "worker", "--nthreads", "1", *options], **told)
        try:
            while not at.exists():
                time.sleep(0.1)

            def kill(done: int, total: int) -> None:
                if done == 5:
                    scheduler.kill()

            plan = {"dossiers": str(bundled_path("starter")), "draws": 400, "seeds": range(20)}
            address = json.loads(at.read_text())["address"]
            with pytest.raises(ValueError, match=r"does not answer any more .* is kept"):
                sweep(plan, out, cluster=address, progress=kill)
        finally:
            worker.terminate()
            scheduler.kill()
            worker.wait()
    assert sweep(plan, out, workers=1).resumed >= 5


def test_a_worker_that_joins_with_another_version_is_refused():
    from summitry.engine.cluster import run_here

    with pytest.raises(ValueError, match=r"here it is 0\.0\.9; install the same version"):
        run_here([], lambda cases: [], "0.0.9")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "nonsense://x", "here"])
def test_a_cluster_that_does_not_answer(address, tmp_path, monkeypatch):
    from summitry.engine import cluster as module

    monkeypatch.setattr(module, "PATIENCE", 2)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    plan = {"dossiers": str(bundled_path("starter"))}
    with pytest.raises(ValueError, match="no cluster answers at"):
        sweep(plan, tmp_path / "out.jsonl", cluster=address.format(port=port))
    assert not list(tmp_path.iterdir())
