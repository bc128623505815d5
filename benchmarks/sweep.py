"""Print what many forecasts cost: python benchmarks/sweep.py [--repeat N] [--full].

Memory of a long run, cost per case from 10^2 to 10^5 cases, speed-up from one to two
workers, and what a run of 10^9 draws of 10^4 dossiers would take by these figures. All are
taken on two cores; times are medians of `--repeat` runs, with processor time beside them,
which is disturbed less where others use the machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from summitry.dossier.library import bundled_path
from summitry.engine.case import failed, run_cases
from summitry.engine.journal import close, open_journal
from summitry.engine.local import local_runner
from summitry.engine.plan_reader import read_plan
from summitry.engine.results import write_results
from summitry.engine.sweep import chunk_size, run_plan

STARTER = str(bundled_path("starter"))
HANOI = "hanoi-2019"
FEW = 8
SOME = 400


def main() -> None:
    """Take all figures in one run."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--repeat", type=int, default=5)
    words.add_argument("--full", action="store_true", help="up to 10^5 real cases (ten minutes)")
    given = words.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))
    print(f"load of the machine at the start: {os.getloadavg()[0]:.1f} (2 cores)")
    memory()
    cases(given.full)
    efficiency = scaling(given.repeat)
    per_draw(given.repeat, efficiency)


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time with that of ended child processes."""
    clock, used = time.perf_counter(), processor()
    run()
    return time.perf_counter() - clock, processor() - used


def processor() -> float:
    """Processor seconds of this process and its ended children."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(each)[:2]) for each in who)


def run(
    plan: dict[str, Any],
    workers: int,
    work: Callable[[Sequence[Any]], list[dict[str, Any]]] = run_cases,
) -> int:
    """Run a plan as `sweep` does; gives the length of its journal."""
    with tempfile.TemporaryDirectory() as folder:
        asked = read_plan(plan)
        journal = open_journal(Path(folder) / "journal", {"fingerprint": ""})
        run_plan(asked, chunk_size(asked), journal, local_runner(workers), work=work)
        write_results(journal, Path(folder) / "out.jsonl")
        close(journal)
        return journal.end


def memory() -> None:
    """The largest memory of one long forecast: it does not grow with the draws."""
    print("\nmemory of `expect` on the starter dossier")
    for draws in (2_048, 20_480, 204_800):
        code = (
            "import resource, summitry\n"
            f"summitry.expect({STARTER!r}, draws={draws}, workers=1)\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        print(f"{draws:>12,} draws {float(done.stdout):>8.0f} MB")


def nothing(cases: Sequence[Any]) -> list[dict[str, Any]]:
    """No forecast: what is left is the cost of the engine."""
    return [row for case in cases for row in failed(case, "not run")]


def cases(full: bool) -> None:
    """The cost per case as their number grows, without and with forecasts in them."""
    growing("no forecast", nothing, 5)
    growing(f"{FEW} draws", run_cases, 5 if full else 3)


def growing(name: str, work: Any, most: int) -> None:
    """The cost per case for 10^2 to 10^most cases."""
    plan = {"dossiers": STARTER, "draws": FEW}
    start = min(timed(lambda: run({**plan, "seeds": [0]}, 1, work)) for _ in range(3))
    print(f"\ncost per case, 2 workers, {name} in each")
    print(f"{'start of a process':>20}: {start[0]:.2f} s, processor {start[1]:.2f} s")
    for power in range(2, most + 1):
        number = 10**power
        clock, used = timed(lambda n=number: run({**plan, "seeds": range(n)}, 2, work))
        each = (used - 2 * start[1]) / number
        print(
            f"{number:>14,} cases: {clock:>7.2f} s, {1e3 * clock / number:>8.3f} ms each; "
            f"processor beyond the start {1e3 * each:>8.3f} ms each"
        )


def scaling(repeat: int) -> float:
    """How much faster two workers are than one; gives the efficiency."""
    plan = {"dossiers": STARTER, "draws": 2048, "seeds": range(SOME)}
    print(f"\n{SOME} cases of 2,048 draws, all with the starter dossier")
    clocks, useds = {}, {}
    for workers in (1, 2):
        found = [timed(lambda n=workers: run(plan, n)) for _ in range(repeat)]
        clocks[workers] = statistics.median(clock for clock, _ in found)
        useds[workers] = statistics.median(used for _, used in found)
        print(
            f"{workers} worker{'s' * (workers > 1)}: {clocks[workers]:.2f} s, "
            f"processor {useds[workers]:.2f} s"
        )
    by_clock, by_processor = clocks[1] / clocks[2] / 2, useds[1] / useds[2]
    print(f"efficiency from 1 to 2: {by_clock:.2f} by the clock, {by_processor:.2f} by processor")
    return by_processor


def per_draw(repeat: int, efficiency: float) -> None:
    """What a draw costs, and by that a run of 10^9 draws of 10^4 dossiers."""
    print("\n10^9 draws (of each combination of types) of 10^4 dossiers, as 10^3 seeds each")
    for name, few, many in ((STARTER, 256, 8192), (HANOI, 64, 512)):
        costs = []
        for _ in range(repeat):
            used = [timed(lambda n=n, at=name: run_one(at, n))[1] for n in (few, many)]
            costs.append((used[1] - used[0]) / (many - few))
        cost = statistics.median(costs)
        size = run({"dossiers": name, "draws": few, "seeds": range(4)}, 1) / 4
        hours = 1e13 * cost / 3600
        print(
            f"{Path(name).stem}: {1e3 * cost:.3f} ms a draw, so {hours:.3g} core hours; on "
            f"10,000 cores {hours / 1e4 / max(efficiency, 0.8) / 24:.1f} days at efficiency "
            f"{max(efficiency, 0.8):.2f}; {1e6 * cost / 60:.0f} min a case of 10^6 draws; "
            f"journal {size * 1e7 / 1e9:.0f} GB ({size:.0f} bytes a case, 10^7 cases)"
        )


def run_one(name: str, draws: int) -> None:
    """One case in this process."""
    plan = read_plan({"dossiers": name, "draws": draws})
    run_cases([plan.case(0)])


if __name__ == "__main__":
    main()
