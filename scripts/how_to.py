"""Write what the commands of a how-to page print below them.

    python scripts/how_to.py docs/how-to/hanoi.md...

Every block fenced as `console` holds lines `$ COMMAND`, each with what it prints below it (`...` stands
for lines left out). A block that begins with `# NAME.EXT` is that file;
commands run in a folder of their own, where the page's files lie. With `--check` nothing is
written: what differs is told, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
LEFT_OUT = "..."

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
    return BLOCK.sub(_renewed_block, text)


def _renewed_block(found: re.Match[str]) -> str:
    """A block with what its commands print today; a file is written, and stays as it is."""
    kind, block = found.groups()
    if kind == "console":
        return f"```console\n{''.join(_renewed_command(part) for part in _commands(block))}```"
    name = re.match(r"# (\S+\.\w+)\n", block)
    if name and not Path(name[1]).exists():
        Path(name[1]).write_text(block.partition("\n")[2], encoding="utf-8")
    if name and Path(name[1]).exists():
        return f"```{kind}\n# {name[1]}\n{Path(name[1]).read_text(encoding='utf-8')}```"
    return found[0]


def _commands(block: str) -> list[list[str]]:
    """The commands of a block, each with the lines below it."""
    told: list[list[str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            told.append([])
        told[-1].append(line)
    return told


def _renewed_command(lines: list[str]) -> str:
    output, kept = printed(lines[0].removeprefix("$ ")), lines[1:]
    if LEFT_OUT in kept:
        # the end is left out again: after the same line as before, or after as many lines
        told = kept[: kept.index(LEFT_OUT)]
        last = next((line for line in reversed(told) if line.strip()), "")
        start, found, _ = output.partition(f"\n{last}\n")
        if not found:
            start = "\n".join(output.splitlines()[: len(told)])
        if kept[-1] == LEFT_OUT and kept.count(LEFT_OUT) == 1:
            output = f"{start}{found}{'' if found else chr(10)}{LEFT_OUT}\n"
        else:
            output = "".join(f"{line}\n" for line in kept)
    return f"{lines[0]}\n{output}"


def main() -> int:
    """Renew or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write what the commands of a page print.")
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    differs = False
    for page in asked.pages:
        before, page = page.read_text(encoding="utf-8"), page.resolve()
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
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
