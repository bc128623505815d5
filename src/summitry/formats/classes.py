"""Reference classes from files the user has: known data sets, or any table with an outcome."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from summitry.analysis.reference_classes import (
    CountedClass,
    CountedFile,
    Rate,
    ReferenceClasses,
)
from summitry.dossier.errors import CannotAnswer, Problem
from summitry.dossier.names import nearest
from summitry.dossier.reader import Document, load
from summitry.evidence.counting import Outcomes, Tally, jeffreys, wider
from summitry.evidence.filters import Filter, comparable, parse_filter
from summitry.formats.shelf import Definition, NamedRate, Source, recognise, sources
from summitry.formats.snippet import Writing, snippet_of
from summitry.formats.tables import Table, digest, open_table, refused, rows_of

MOST_OUTCOMES = 40
MOST_PROBLEMS = 1000
MOST_REASONS = 20


class ClassOptions(TypedDict, total=False):
    """Which classes are counted, and how they are written for a dossier.

    `where`: filters of a table, each a class of its own beside wider ones; `outcome`: the
    column that says what a case brought; `bins`: its values by the outcome they mean (without
    them every value is one); `only`: the ids of the classes wanted; `dossier`: whose tiers
    the counts are written for; `tiers`: the tiers that an outcome means.
    """

    where: Sequence[str]
    outcome: str | None
    bins: Mapping[str, Sequence[str]]
    only: Sequence[str]
    dossier: str | Path | Document | None
    tiers: Mapping[str, Sequence[str]]


def classes(*files: str | Path, **options: Unpack[ClassOptions]) -> ReferenceClasses:
    """Several reference classes with counts and intervals, and the same as part of a dossier.

    A file of a known data set is counted by the definitions that come with Summitry; any
    other table by the options of `ClassOptions`. Without files: the counts on record.

    Raises DossierError for a file or filter that cannot be read, CannotAnswer where a class
    has no case or would stand alone, ValueError for options that do not fit together.
    """
    own = bool(options.get("outcome") or options.get("where") or options.get("bins"))
    if own and len(files) != 1:
        raise ValueError("an outcome, filter or bin of your own is for one file; name just one")
    writing = _writing(options)
    problems: list[Problem] = []
    read: list[CountedFile] = []
    found: list[CountedClass] = []
    for file in files:
        table = open_table(file)
        source = None if own else _known(table)
        chosen = list(source.classes) if source else _own(table, options)
        rows, counted = _count(table, chosen, problems)
        read.append(
            CountedFile(table.name, digest(table.path), rows, source.id if source else None)
        )
        found += counted
    found = _selected(found, options.get("only", ()), recorded=not own)
    _check_meant(found, writing)
    return ReferenceClasses(
        classes=found,
        files=read,
        snippet=snippet_of(found, _titles(found, read), writing),
        problems=_shortened([str(problem) for problem in problems]),
    )


def _writing(options: ClassOptions) -> Writing:
    dossier = options.get("dossier")
    tiers: list[str] = []
    if dossier is not None:
        document = dossier if isinstance(dossier, Document) else load(dossier)
        tiers = [tier.id for tier in document.dossier.tiers] or ["agreement"]
    meant = options.get("tiers", {})
    if dossier is None:  # then the tiers that are named are all there are
        tiers = list(dict.fromkeys(n for names in meant.values() for n in names if n != "none"))
    for name in (name for names in meant.values() for name in names):
        if name not in ("none", *tiers):
            raise ValueError(f"there is no tier `{name}`{nearest(name, ['none', *tiers])}")
    return Writing(tiers or ["agreement"], {key: tuple(names) for key, names in meant.items()})


def _check_meant(found: Sequence[CountedClass], writing: Writing) -> None:
    outcomes = {name for one in found for name in one.counts}
    for name in writing.meant:
        if name not in outcomes:
            raise ValueError(f"no class has an outcome `{name}`{nearest(name, outcomes)}")


def _known(table: Table) -> Source:
    """The data set that a file is of. Raises DossierError where it is none that is known."""
    source = recognise(table.columns)
    if source is None:
        titles = "; ".join(one.title for one in sources() if one.columns)
        raise refused(
            table.name,
            f"is no data set that is known here ({titles}); say --where and --outcome, with a "
            f"column of the file: {', '.join(table.columns[:12])}",
            1,
        )
    return source


def _own(table: Table, options: ClassOptions) -> list[Definition]:
    """The user's classes: each filter, each wider one, and all rows. Never one alone."""
    outcome, bins = options.get("outcome"), options.get("bins", {})
    if outcome is None:
        raise ValueError("say which column holds the outcome: --outcome COLUMN")
    _check_columns(table, [outcome])
    asked = [parse_filter(text) for text in options.get("where", ())]
    if not asked:
        raise ValueError("one class alone misleads: give a filter too (--where), to see it beside")
    texts = [one.text.strip() for one in asked] + [text for one in asked for text in wider(one)]
    filters: list[Filter | None] = [parse_filter(text) for text in dict.fromkeys(texts)]
    for one in filters:
        _check_columns(table, one.columns if one else ())
    outcomes = Outcomes(_bins(outcome, bins), outcome)
    _check_values(table, outcome, bins)
    return [
        Definition(f"own-{k}", one.text if one else "all rows", "", one, outcomes, (), ())
        for k, one in enumerate([*filters, None], start=1)
    ]


def _bins(outcome: str, bins: Mapping[str, Sequence[str]]) -> dict[str, Filter]:
    seen: dict[float | str, str] = {}
    for name, values in bins.items():
        if not values:
            raise ValueError(f"the bin `{name}` has no values: --bin {name}=V1,V2")
        for value in values:
            other = seen.setdefault(comparable(value), name)
            if other != name:
                raise ValueError(f"the value {value} is in two bins: {other} and {name}")
    return {
        name: parse_filter(f"[{outcome}] in ({', '.join(_quoted(value) for value in values)})")
        for name, values in bins.items()
    }


def _check_values(table: Table, outcome: str, bins: Mapping[str, Sequence[str]]) -> None:
    """Refuse a bin that names a value which no row has: most often it is misspelt."""
    there = {row[outcome].strip() for _, row in rows_of(table, [])} if bins else set[str]()
    known = {comparable(value) for value in there}
    for name, values in bins.items():
        for value in values:
            if comparable(value) not in known:
                raise ValueError(
                    f"{table.name}: no row has `{value}` (of the bin `{name}`) in the column "
                    f"`{outcome}`{nearest(value, sorted(there - {''}))}"
                )


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def _check_columns(table: Table, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table.columns:
            raise ValueError(
                f"{table.name} has no column `{column}`{nearest(column, table.columns)}"
            )


def _count(
    table: Table, chosen: Sequence[Definition], problems: list[Problem]
) -> tuple[int, list[CountedClass]]:
    """All classes of a file in one pass: the number of rows, and the classes.

    Raises CannotAnswer where there is no case: in any of the user's own classes, or in all.
    """
    number = 0
    tallies = [Tally(one.where, one.outcomes or Outcomes()) for one in chosen]
    for line, row in rows_of(table, problems):
        number += 1
        try:
            verdicts = [tally.read(row) for tally in tallies]
        except ValueError as error:
            problems.append(Problem(table.name, line, 1, f"{error}; left out"))
            continue
        for tally, verdict in zip(tallies, verdicts, strict=True):
            tally.add(verdict)
        if any(len(tally.counts) > MOST_OUTCOMES for tally in tallies):
            raise ValueError(
                f"{table.name}: the outcome has more than {MOST_OUTCOMES} values; name those "
                "that matter, each with the values it covers: --bin NAME=V1,V2"
            )
    counted = [_told(one, tally, table.name) for one, tally in zip(chosen, tallies, strict=True)]
    empty = [one for one in counted if not one.rates]
    if empty and (not empty[0].source or len(empty) == len(counted)):
        first = f"; the first of {len(problems)} rows left out: {problems[0]}" if problems else ""
        raise CannotAnswer(f"{table.name}: no case with an outcome{_where(empty[0])}{first}")
    return number, counted


def _where(one: CountedClass) -> str:
    return f" where {one.where}" if one.where else ""


def _told(one: Definition, tally: Tally, file: str) -> CountedClass:
    named = one.rates or tuple(NamedRate(name, (name,), None) for name in tally.counts)
    named = named if tally.n else ()
    return CountedClass(
        id=one.id,
        title=one.title,
        source=one.source,
        file=file,
        where=one.where.text if one.where else None,
        counts=dict(tally.counts),
        left_out=dict(tally.left_out.most_common(MOST_REASONS)),
        agreement=one.agreement,
        rates=[
            Rate(rate.title, *tally.share(rate.outcomes), recorded=rate.counted) for rate in named
        ],
    )


def _recorded(one: Definition) -> CountedClass:
    """A class with the counts on record, where it has not been counted now."""
    rates = [
        Rate(rate.title, *jeffreys(*rate.counted), recorded=rate.counted)
        for rate in one.rates
        if rate.counted
    ]
    where = one.where.text if one.where else None
    return CountedClass(one.id, one.title, one.source, None, where, {}, {}, one.agreement, rates)


def _selected(found: list[CountedClass], only: Sequence[str], recorded: bool) -> list[CountedClass]:
    """The classes asked for: those counted, and from the record what was not counted."""
    shelf = [_recorded(one) for source in sources() for one in source.classes if recorded]
    if not found and not only:
        return [one for one in shelf if one.rates]
    if only:
        there = {one.id: one for one in shelf} | {one.id: one for one in found}
        for name in only:
            if name not in there:
                raise ValueError(f"there is no class `{name}`{nearest(name, there)}")
        found = [there[name] for name in dict.fromkeys(only)]
        empty = [one.id for one in found if not one.rates]
        if empty:
            raise CannotAnswer(f"`{empty[0]}` has no counts on record; name its file too")
    if len([one for one in found if one.rates]) < 2:
        raise CannotAnswer("one reference class alone misleads; name another beside it")
    return found


def _titles(found: Sequence[CountedClass], read: Sequence[CountedFile]) -> dict[str, str]:
    """The sources that the classes rest on, as a dossier lists them, by their ids."""
    known = {one.id: {"title": one.title, "author": one.author} for one in sources()}
    told = {one.source: known.get(one.source, {}) for one in found}
    for file in read:
        name = Path(file.name).name
        note = {"note": f"{name}, sha256 {file.sha256}"}
        told[file.source or ""] = {"title": name, **told.get(file.source or "", {}), **note}
    return {
        source: ", ".join(
            f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in one.items()
        )
        for source, one in told.items()
    }


def _shortened(problems: list[str]) -> list[str]:
    more = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], *([f"... and {more:,} rows more"] if more > 0 else [])]
