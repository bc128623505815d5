"""Write what the commands of a how-to page print below them.

    python scripts/how_to.py docs/how-to/hanoi.md...

Every block fenced as `console` begins with a line `$ COMMAND`; the rest of it is what the command
prints. With `--check` nothing is written: what differs is told, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$", re.M | re.S)

PROGRESS = re.compile(r": [\d,]+ of [\d,]+, \d+ min left$")  # told where a machine is slow


def printed(command: str) -> str:
    """What a shell prints for a command, errors last, without blanks at the ends of lines."""
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment, check=False
    )
    lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return "".join(f"{line.rstrip()}\n" for line in lines if not PROGRESS.search(line))


def renewed(text: str) -> str:
    """The page with the outputs of today."""
    return BLOCK.sub(
        lambda block: f"```console\n$ {block['command']}\n{printed(block['command'])}```", text
    )


def main() -> int:
    """Renew or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write what the commands of a page print.")
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    differs = False
    for page in asked.pages:
        before = page.read_text(encoding="utf-8")
        after = renewed(before)
        differs |= before != after
        if not asked.check:
            page.write_text(after, encoding="utf-8")
        elif before != after:
            lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="")
            print(f"{page}:", *lines, sep="\n")
    return int(asked.check and differs)


if __name__ == "__main__":
    sys.exit(main())
