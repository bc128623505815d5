"""Chunks of cases on a Dask cluster, by the same interface as on local processes."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import Any

from summitry import __version__
from summitry.engine.local import AHEAD, Chunk, Done, Lost, Runner, Work

PATIENCE = 20


def cluster_runner(address: str) -> Runner:
    """A runner on the workers of a cluster.

    Raises ValueError where Dask is not installed, where nobody answers at the address, where
    there are no workers, or where these have another version of Summitry.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ValueError(
            "--cluster needs Dask: install summitry with its extra `cluster`"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE)
    # an AssertionError: its loop did not start within ten seconds, on a machine that is too busy
    except (OSError, ValueError, TypeError, AssertionError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ValueError(
            f"no cluster answers at {address} ({why}); start one with `dask scheduler` and "
            "`dask worker`, and give the address that it prints"
        ) from None
    try:
        _check(client, address)
    except BaseException:
        client.close()
        raise
    return partial(_run, client=client)


def _check(client: Any, address: str) -> None:
    """Refuse a cluster without workers or with another version than here."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ValueError(f"the cluster at {address} has no workers; start `dask worker`") from None
    try:
        versions = client.run(version)
    except Exception as error:
        raise ValueError(
            f"the workers of {address} cannot load Summitry ({error}); install it there"
        ) from None
    for worker, there in versions.items():
        if there != __version__:
            raise ValueError(f"worker {worker} has Summitry {there}, here it is {__version__}")


def version() -> str:
    """The version of Summitry where this is run."""
    return __version__


def _run(
    chunks: Iterable[Chunk], work: Work, lost: Lost, client: Any
) -> Generator[Done, None, None]:
    """Every chunk with its rows; Dask itself runs again what a lost worker had."""
    from distributed import wait

    flying: dict[Any, Chunk] = {}
    alone: list[Chunk] = []

    def landed() -> Iterator[Done]:
        for future in wait(list(flying), return_when="FIRST_COMPLETED").done:
            chunk = flying.pop(future)
            rows = _result(future)
            if rows is None:
                alone.append(chunk)
            else:
                yield Done(chunk, rows)

    try:
        for chunk in chunks:
            flying[client.submit(work, chunk.cases, pure=False)] = chunk
            if len(flying) >= AHEAD * max(1, sum(client.nthreads().values())):
                yield from landed()
        while flying:
            yield from landed()
        for chunk in alone:
            futures = [client.submit(work, [case], pure=False) for case in chunk.cases]
            found = [_result(future) for future in futures]
            each = zip(found, chunk.cases, strict=True)
            rows = [row for rows, case in each for row in (rows or lost(case))]
            yield Done(chunk, rows)
    finally:
        client.cancel(list(flying))
        client.close()


def _result(future: Any) -> list[dict[str, Any]] | None:
    """The rows; None where the workers that tried it all died."""
    from distributed import KilledWorker

    try:
        rows: list[dict[str, Any]] = future.result()
    except KilledWorker:
        return None
    return rows
