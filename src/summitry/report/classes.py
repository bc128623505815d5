"""Reference classes on one page: what each counted, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from summitry.analysis.reference_classes import CountedClass, Rate, ReferenceClasses
from summitry.report.style import Page, Part, percent, plain_table, sheet

GAUGE = 17


def page(found: ReferenceClasses) -> Page:
    """Every class with its shares and intervals, and how far they lie apart."""
    return sheet(_parts(found))


def _parts(found: ReferenceClasses) -> Iterator[Part]:
    yield Text("What did past cases like this one bring?", style="bold")
    yield Text(f"{len(found.classes)} reference classes; {_read(found)}", style="dim")
    yield Text()
    for one in found.classes:
        yield from _class(one)
    yield from _spread(found)
    yield Text(
        f"Shares with {percent(found.confidence)} intervals ({found.interval}: Beta(k + ½, n − k + ½)), "
        "drawn from 0 to 100 %. They tell what the number of cases leaves open; how near a class is "
        "to your case is yours to judge."
    )
    yield from _differences(found)
    yield from _left_out(found)
    if "reference_classes:" in found.snippet:
        yield Text("--yaml prints these counts as `reference_classes` of a dossier.")
    elif found.files:
        yield Text(
            "Say which tiers the outcomes mean (--tiers), and --yaml writes them for a dossier."
        )


def _read(found: ReferenceClasses) -> str:
    if not found.files:
        return "counts on record, nothing counted now: name a file to count it"
    return "; ".join(
        f"{one.name} ({one.rows:,} rows, sha256 {one.sha256[:12]})" for one in found.files
    )


def _class(one: CountedClass) -> Iterator[Part]:
    """A class's title and id, then a line for each share, under each other over all classes."""
    state = ", on record" if one.file is None else "" if one.rates else ", no case"
    yield Text.assemble((one.title, "bold"), (f"  {one.id}{state}", "dim"))
    table = plain_table("")
    table.add_column("outcome")
    for heading in ("cases", "share", "interval"):
        table.add_column(heading, justify="right")
    table.add_column("from 0 to 100 %")
    for rate in one.rates:
        interval = f"{percent(rate.low)} to {percent(rate.high)}"
        cases = f"{rate.k:,} of {rate.n:,}"
        table.add_row(_outcome(rate), cases, percent(rate.rate), interval, _gauge(rate))
    yield table
    yield Text()


def _outcome(rate: Rate) -> str:
    """What the share is of: the end of the title, without the class before the colon."""
    return rate.title.split(": ", 1)[-1]


def _gauge(rate: Rate) -> str:
    """The interval as a line from 0 to 1, the share as a dot on it."""
    low, at, high = (round(x * (GAUGE - 1)) for x in (rate.low, rate.rate, rate.high))
    return "".join(
        "●" if k == at else "━" if low <= k <= high else "·" for k in range(GAUGE)
    )  # fmt: skip


def _spread(found: ReferenceClasses) -> Iterator[Text]:
    """How far the classes lie apart on one question: was there an agreement?"""
    asked = [
        (_agreement(one), one)
        for one in found.classes
        if one.agreement and any(one.counts.values())
    ]
    if len(asked) < 2:
        return
    asked.sort(key=lambda pair: pair[0])
    (low, lowest), (high, highest) = asked[0], asked[-1]
    yield Text(
        f"An agreement came in {percent(low)} ({lowest.title}) to {percent(high)} "
        f"({highest.title}) of the cases: give a dossier several, each with its relevance."
    )


def _agreement(one: CountedClass) -> float:
    return sum(one.counts[name] for name in one.agreement) / sum(one.counts.values())


def _differences(found: ReferenceClasses) -> Iterator[Text]:
    for one in found.classes:
        for rate in one.rates:
            if rate.recorded not in (None, (rate.k, rate.n)):
                k, n = rate.recorded or (0, 0)
                yield Text(
                    f"! {rate.title}: {rate.k} of {rate.n}, on record {k} of {n}: another "
                    "version of the file, or a part of it?",
                    style="yellow",
                )


def _left_out(found: ReferenceClasses) -> Iterator[Text]:
    for one in found.classes:
        if one.left_out:
            told = ", ".join(f"{number} ({why})" for why, number in one.left_out.items())
            yield Text(f"Left out of {one.id}: {told}.", style="dim")
