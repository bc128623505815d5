"""How long large packages take: the frontier, the solutions, the orders of moves.

    python benchmarks/deals.py

One run prints every figure side by side, on two cores, the median of five after one to compile:
seconds of wall and of CPU. Where NegMAS is installed (`pip install --group benchmarks`) its times
on the same problem stand beside, medians of five too, with the ratios and whether it found the same
frontier; that takes some minutes.
"""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import negmas_side
import numpy as np
from problems import additive, exchange, structured

from summitry.game.large.choose import by_lists
from summitry.game.large.highs import best_of_each, nash_by_program
from summitry.game.large.package import lattice_of_package
from summitry.game.large.program import program_of
from summitry.game.large.roadmap import demand_of, search_least

RUNS = 5
CORES = 2
LINE = "{:52} {:>9} {:>9} {:>8}   {}"


def main() -> None:
    """Print the figures."""
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    print(LINE.format("what", "wall s", "CPU s", "target s", "found"))
    ours = _deals()
    _nash()
    _roadmaps()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest memory of the process so far: {peak:,.0f} MiB")
    _beside_negmas(ours)


def timed(work: Callable[[], Any], warm: int = 1) -> tuple[float, float, Any]:
    """Medians of wall and CPU seconds over five runs after so many, and the result."""
    for _ in range(warm):
        work()
    wall, cpu, found = [], [], None
    for _ in range(RUNS):
        started, spent = time.perf_counter(), time.process_time()
        found = work()
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - spent)
    return statistics.median(wall), statistics.median(cpu), found


def _deals() -> tuple[float, float]:
    """Frontier and four solutions; the seconds of the first, which NegMAS is asked too."""
    cases = {
        "20 commitments, 3 parties, additive": (additive(20, 3), 0.02),
        "60 commitments, 2 parties, 60 / 15 / 10": (structured(60, 2, (60, 15, 10)), 1.0),
        "60 commitments, 3 parties, 60 / 15 / 10": (structured(60, 3, (60, 15, 10)), 6.0),
        "200 commitments, 2 parties, additive": (additive(200, 2), 0.5),
    }
    first = (0.0, 0.0)
    for name, (problem, target) in cases.items():
        wall, cpu, answer = timed(lambda problem=problem: by_lists(problem))
        frontier = answer.frontier
        told = f"{len(frontier.masks):,} points, width {frontier.width}"
        print(LINE.format(name, f"{wall:.4f}", f"{cpu:.4f}", target, told))
        first = first if first[0] else (wall, cpu)
    return first


def _nash() -> None:
    try:
        import highspy  # noqa: F401
    except ImportError:
        print("Nash by HiGHS: the extra `highs` is not installed")
        return
    problem = structured(200, 5, (200, 0, 0))

    def work() -> Any:
        program = program_of(problem)
        best = best_of_each(problem, program, 30.0)
        return nash_by_program(problem, program, best)

    wall, cpu, solved = timed(work)
    name = "Nash by HiGHS, 200 commitments, 5 parties, 200 linkages"
    print(LINE.format(name, f"{wall:.4f}", f"{cpu:.4f}", 10.0, f"gap {solved.gap:g}"))


def _roadmaps() -> None:
    exact = exchange(20)
    wall, cpu, order = timed(lambda: lattice_of_package(exact).order())
    name = "order of moves, exact, 20 commitments"
    print(LINE.format(name, f"{wall:.4f}", f"{cpu:.4f}", 2.0, f"{len(order)} steps"))
    for size in (60, 200):
        package = exchange(size)
        wall, cpu, found = timed(lambda package=package: search_least(package))
        asks = demand_of(package, found.order) if found.order else np.inf
        told = f"asks {asks:.3f}, none asks less than {found.lower:.3f}"
        name = f"order of moves, bounded, {size} commitments"
        print(LINE.format(name, f"{wall:.4f}", f"{cpu:.4f}", "-", told))


def _beside_negmas(ours: tuple[float, float]) -> None:
    """The first case again, by NegMAS: frontier and points, and its scenario statistics."""
    version = negmas_side.version()
    if version is None:
        print("NegMAS is not installed; no ratios (pip install --group benchmarks)")
        return
    problem = additive(20, 3)
    print(f"NegMAS {version}, 20 commitments, 3 parties; ratios to the first line:")
    print(LINE.format("what", "wall s", "CPU s", "target", "ratios, wall and CPU"))
    wall, cpu, utilities = timed(lambda: negmas_side.frontier_and_points(problem), warm=0)
    told = f"{wall / ours[0]:,.0f} and {cpu / ours[1]:,.0f} times"
    print(LINE.format("frontier and points", f"{wall:.1f}", f"{cpu:.1f}", "200", told), flush=True)
    frontier = by_lists(problem).frontier
    acceptable = utilities[(utilities >= -1e-9).all(axis=1)]
    same = len(acceptable) == frontier.count.sum() and np.allclose(
        np.sort(acceptable, axis=0), np.sort(frontier.gains, axis=0), atol=1e-9
    )
    print(f"the same frontier among what all accept: {'yes' if same else 'NO'}", flush=True)
    wall, cpu, _ = timed(lambda: negmas_side.statistics(problem), warm=0)
    told = f"{wall / ours[0]:,.0f} and {cpu / ours[1]:,.0f} times"
    print(LINE.format("scenario statistics", f"{wall:.1f}", f"{cpu:.1f}", "1,000", told))


if __name__ == "__main__":
    main()
