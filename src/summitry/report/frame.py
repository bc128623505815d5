"""The head that all answers share: what was asked, of what, how it was run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from summitry.analysis.telling import Provenance
from summitry.report.style import Part


def head(about: Provenance, asked: str, run: str | None = None) -> Iterator[Part]:
    """Title, the question in one line, and in grey what it takes to get the same again."""
    yield Text(about.title, style="bold")
    yield Text(asked)
    changed = f", with {', '.join(about.changes)}" if about.changes else ""
    told = run or f"protocol {about.protocol}, {about.draws:,} draws a combination of types"
    dated = f"as of {about.as_of}, " if about.as_of else ""
    yield Text(f"{dated}{told}, seed {about.seed}{changed}", style="dim")
    yield Text()


def dated(title: str, date: dt.date | None) -> str:
    """A round's title with its date, where it has one."""
    return f"{title} ({date})" if date else title


def points(value: float) -> str:
    """Points with a sign, as short as they can be read."""
    return f"{value:+.1f}" if abs(value) >= 0.05 else "0"


def titles(ids: Iterable[str], names: Mapping[str, str], between: str = "; ") -> str:
    """Commitments by their titles, which may hold commas."""
    return between.join(names[one] for one in ids)


def possessive(name: str) -> str:
    """What is a party's: `Panama's`, `United States'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def trust(value: float | None) -> str:
    """A minimum trust; "never" where the party would rather stop whatever its trust."""
    return "never" if value is None else f"{value:.2f}"


def plus_minus(share: float, error: float) -> str:
    """A probability with its standard error, in per cent."""
    return f"{100 * share:.1f} ± {100 * error:.1f} %"
