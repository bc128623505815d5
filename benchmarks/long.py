"""Print what one very long forecast takes: python benchmarks/long.py [DOSSIER] [--draws N].

Memory and the running standard error each time that twice as many draws have been played: memory is to
stay the same. With `--until-error E` the run is as long as that error takes. 10^7 draws on Hanoi take
hours. Pinned to two cores where the system allows it.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path

import summitry

MB = 1024


def main() -> None:
    """Run one forecast and tell of it on the way."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("dossier", nargs="?", default="hanoi-2019")
    words.add_argument("--draws", type=int, default=100_000)
    words.add_argument("--until-error", type=float)
    given = words.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))
    summitry.expect(given.dossier, draws=64)  # compiles
    begun, used, told = time.perf_counter(), processor(), 0
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f} (2 cores)")
    print(f"before: {resident():.0f} MB, peak {peak():.0f} MB")

    def tell(draws: int, error: float) -> None:
        nonlocal told
        if told <= draws < 2 * told:
            return
        told = draws
        print(
            f"{draws:>12,} draws played: {resident():>5.0f} MB, peak {peak():>5.0f} MB; "
            f"largest standard error {error:.5f}; {time.perf_counter() - begun:>6.0f} s",
            flush=True,
        )

    start = {} if given.until_error else {"draws": given.draws}
    forecast = summitry.expect(given.dossier, until_error=given.until_error, running=tell, **start)
    clock, core = time.perf_counter() - begun, processor() - used
    print(
        f"{forecast.draws:,} draws of each combination of types: {clock:.0f} s, processor "
        f"{core:.0f} s ({1e3 * core / forecast.draws:.3f} ms a draw); peak {peak():.0f} MB"
    )


def resident() -> float:
    """The memory that this process holds now, in MB; the peak where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return peak()
    return pages * resource.getpagesize() / MB / MB


def peak() -> float:
    """The largest memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB


def processor() -> float:
    """Processor seconds so far."""
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


if __name__ == "__main__":
    main()
