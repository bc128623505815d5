"""A Dask cluster brings the same file as local processes, even when it loses a worker."""

from __future__ import annotations

import os
import signal
import socket
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
