"""Draw what `summitry expect hanoi-2019` prints as docs/forecast.svg."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from summitry.analysis.expect import expect
from summitry.report.forecast import page

OUT = Path(__file__).parents[1] / "docs" / "forecast.svg"
WIDTH = 110


def main() -> None:
    """Run the forecast and write the picture."""
    console = Console(record=True, width=WIDTH, highlight=False, file=io.StringIO())
    console.print(page(expect("hanoi-2019")))
    svg = console.export_svg(title="summitry expect hanoi-2019")
    # no fonts from elsewhere: the reader's own monospace will do
    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.S)
    OUT.write_text(svg.replace("Fira Code", "DejaVu Sans Mono"), encoding="utf-8")


if __name__ == "__main__":
    main()
