"""All figures of the performance pages in one run: `python benchmarks` (some twenty-five minutes).

Pinned to two cores where the system allows it. One page's alone: `python benchmarks/NAME.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NAMES = ("forecast", "deals", "packages", "stability", "ledger", "sweep")


def main() -> int:
    """Run each benchmark in a process of its own; returns 1 where one failed."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))
    failed = False
    for name in NAMES:
        print(f"\n{name}\n{'=' * len(name)}", flush=True)
        program = Path(__file__).with_name(f"{name}.py")
        failed |= subprocess.run([sys.executable, str(program)], check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
