"""A plan of many forecasts, run to its end whatever stops it on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from summitry.analysis.telling import told
from summitry.engine.case import failed, run_cases
from summitry.engine.journal import Journal, close, keep, open_journal, rows_of
from summitry.engine.local import Chunk, Lost, Runner, Work, local_runner
from summitry.engine.plan import Plan, fingerprint
from summitry.engine.plan_reader import AnyPlan, read_plan
from summitry.engine.results import file_for, write_results

SCHEMA = "summitry.sweep/1"
MOST_IN_CHUNK = 256
DRAWS_IN_CHUNK = 2**22
CHUNKS = 1000
TOLD = 10
KILLED = "the process that ran it was killed each time (out of memory?)"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Failure:
    """Cases without a forecast for the same reason: how many, and the number of the first."""

    dossier: str
    setting: str
    reason: str
    cases: int
    first: int


@dataclass(frozen=True)
class Sweep:
    """What became of a plan: the file with the results, how many cases it holds, which failed.

    `resumed`: the cases that an earlier run had finished. `failures` tells the first few
    reasons; the file has them all.
    """

    plan: str
    fingerprint: str
    out: str
    cases: int
    resumed: int
    failed: int
    failures: list[Failure]
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)


def sweep(
    plan: AnyPlan,
    out: str | Path | None = None,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Run a plan and write one file of results (.parquet or .jsonl), a row a round and tier.

    `plan` is a path (.yaml or .csv), a mapping of axes, or a list of rows. It runs on
    `workers` local processes (one a core by default), or on the Dask cluster at the address
    `cluster`. Finished chunks are kept in the file `OUT.journal`: the same call goes on where
    a killed one stopped. A case that fails has a row with the reason. The file is the same
    on any number of workers. `progress` is called with (cases done, cases in all).

    Raises DossierError for mistakes in the plan, ValueError for what cannot be run or for a
    file of another plan, OSError where a file cannot be written.
    """
    asked = read_plan(plan)
    target = file_for(asked.name, out)
    journal_path = target.with_name(f"{target.name}.journal")
    if target.exists() and not journal_path.exists():
        raise ValueError(f"{target}: exists and is left as it is; name another file, or delete it")
    runner, named = runner_of(workers, cluster), fingerprint(asked)
    with finished(asked, named, journal_path, runner, progress) as (journal, resumed):
        number, failures = failures_of(journal)
        write_results(journal, target)
    return Sweep(asked.name, named, str(target), asked.cases, resumed, number, failures)


def chunk_size(plan: Plan) -> int:
    """How many cases are run, and kept, together: a kill loses about an hour of work, or one case."""
    most_draws = max(max(grid.draws) for grid in plan.grids)
    by_draws = max(1, DRAWS_IN_CHUNK // most_draws)
    return min(MOST_IN_CHUNK, by_draws, -(-plan.cases // CHUNKS))


def runner_of(workers: int | None, cluster: str | None) -> Runner:
    """The runner on a cluster, for which alone Dask is imported, or on processes of this machine."""
    if cluster is None:
        return local_runner(workers or os.cpu_count() or 1)
    from summitry.engine.cluster import cluster_runner

    return cluster_runner(cluster)


@contextmanager
def finished(
    plan: Plan,
    named: str,
    path: Path,
    runner: Runner,
    progress: Progress | None,
    work: Work = run_cases,
) -> Iterator[tuple[Journal, int]]:
    """A plan's journal with all that was still to be done, and how many cases had been done.

    `named` is the plan's fingerprint. The journal is deleted when what is made of it is done.
    """
    size = chunk_size(plan)
    journal = open_journal(path, {"fingerprint": named, "cases": plan.cases})
    try:
        resumed = _cases_in(journal, plan, size)
        run_plan(plan, size, journal, runner, progress, work)
        yield journal, resumed
    finally:
        close(journal)
    path.unlink()


def run_plan(
    plan: Plan,
    size: int,
    journal: Journal,
    runner: Runner,
    progress: Progress | None = None,
    work: Work = run_cases,
) -> None:
    """Run what the journal does not hold yet, in chunks of `size` cases, and keep it there."""
    done = _cases_in(journal, plan, size)
    lost: Lost = partial(failed, reason=KILLED)
    with closing(runner(_chunks(plan, size, journal), work, lost)) as arriving:
        for finished in arriving:
            keep(journal, finished.chunk.number, finished.rows)
            done += len(finished.chunk.cases)
            if progress:
                progress(done, plan.cases)


def _chunks(plan: Plan, size: int, journal: Journal) -> Iterator[Chunk]:
    """The chunks that are still to be done, made as they are needed."""
    for number in range(-(-plan.cases // size)):
        if number not in journal.places:
            yield Chunk(number, [plan.case(k) for k in _numbers(plan, size, number)])


def _numbers(plan: Plan, size: int, chunk: int) -> range:
    return range(chunk * size, min((chunk + 1) * size, plan.cases))


def _cases_in(journal: Journal, plan: Plan, size: int) -> int:
    return sum(len(_numbers(plan, size, chunk)) for chunk in journal.places)


def failures_of(journal: Journal) -> tuple[int, list[Failure]]:
    """How many cases failed, and the first few reasons.

    Raises ValueError where a dossier or a file it names changed while the plan ran.
    """
    number, found = 0, dict[tuple[str, str, str], Failure]()
    hashes: dict[str, str] = {}
    for row in all_rows(journal):
        name, digest, reason = row["dossier"], row["dossier_sha256"], row["failed"]
        if reason is None:
            if hashes.setdefault(name, digest) != digest:
                raise ValueError(
                    f"{name}: it, or a file it names, changed while the plan was run; delete "
                    f"{journal.path} and begin anew"
                )
            continue
        number += 1
        key = (name, row["setting"], reason)
        if key in found or len(found) < TOLD:
            before = found.get(key, Failure(*key, 0, row["case"]))
            found[key] = replace(before, cases=before.cases + 1)
    return number, list(found.values())


def all_rows(journal: Journal) -> Iterable[dict[str, Any]]:
    """The rows of all cases, in their order."""
    return (row for chunk in sorted(journal.places) for row in rows_of(journal, chunk))
