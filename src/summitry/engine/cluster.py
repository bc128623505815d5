"""Chunks of cases on a Dask cluster, by the same interface as on local processes."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from summitry import __version__
from summitry.engine.local import AHEAD, Chunk, Done, Lost, Runner, Work

PATIENCE = 20
LULL = 300
KEPT = "what is finished is kept, and the same command goes on from there"


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
            raise ValueError(
                f"worker {worker} has Summitry {there}, here it is {__version__}; install the "
                "same version on all machines"
            )


def version() -> str:
    """The version of Summitry where this is run."""
    return __version__


def run_here(cases: Sequence[Any], work: Work, expected: str) -> list[dict[str, Any]]:
    """What a worker runs: the work, unless it joined later and has another version."""
    if __version__ != expected:
        raise ValueError(
            f"a worker that joined has Summitry {__version__}, here it is {expected}; install "
            f"the same version on all machines: {KEPT}"
        )
    return work(cases)


def _run(
    chunks: Iterable[Chunk], work: Work, lost: Lost, client: Any
) -> Generator[Done, None, None]:
    """Every chunk with its rows; Dask itself runs again what a lost worker had."""
    flying: dict[Any, Chunk] = {}
    alone: list[Chunk] = []
    task = partial(run_here, work=work, expected=__version__)

    def landed() -> Iterator[Done]:
        for future in _finished(flying, client):
            chunk = flying.pop(future)
            rows = _result(future)
            if rows is None:
                alone.append(chunk)
            else:
                yield Done(chunk, rows)

    with _told_when_gone(client.scheduler.address), _closing(client, flying):
        for chunk in chunks:
            flying[client.submit(task, chunk.cases, pure=False)] = chunk
            if len(flying) >= AHEAD * max(1, sum(client.nthreads().values())):
                yield from landed()
        while flying:
            yield from landed()
        for chunk in alone:
            futures = [client.submit(task, [case], pure=False) for case in chunk.cases]
            found = [_result(future) for future in futures]
            each = zip(found, chunk.cases, strict=True)
            yield Done(chunk, [row for rows, case in each for row in (rows or lost(case))])


@contextmanager
def _closing(client: Any, flying: dict[Any, Chunk]) -> Iterator[None]:
    """Call back what is still on its way, also from a scheduler that is gone."""
    try:
        yield
    finally:
        with suppress(OSError):
            client.cancel(list(flying))
        client.close()


@contextmanager
def _told_when_gone(address: str) -> Iterator[None]:
    """Say so where the scheduler does not answer any more, once, and without Dask's own logs."""
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    except (OSError, asyncio.CancelledError, concurrent.futures.CancelledError) as error:
        why = type(error).__name__
        raise ValueError(
            f"the cluster at {address} does not answer any more ({why}): {KEPT}, on another "
            "cluster or on this machine"
        ) from None
    finally:
        log.setLevel(level)


def _finished(flying: dict[Any, Chunk], client: Any) -> set[Any]:
    """The futures that have been finished, at least one."""
    from distributed import wait

    while True:
        try:
            done: set[Any] = wait(list(flying), LULL, return_when="FIRST_COMPLETED").done
            return done
        except TimeoutError:
            if not client.nthreads():
                raise ValueError(
                    f"the cluster has no workers any more; start `dask worker`: {KEPT}"
                ) from None


def _result(future: Any) -> list[dict[str, Any]] | None:
    """The rows; None where the workers that tried it all died."""
    from distributed import KilledWorker

    try:
        rows: list[dict[str, Any]] = future.result()
    except KilledWorker:
        return None
    except (OSError, ValueError):
        raise
    except Exception as error:
        raise ValueError(
            f"a worker cannot run its cases ({type(error).__name__}: {error}); has it the same "
            f"version of Summitry? {KEPT}"
        ) from None
    return rows
