"""Entries of a ledger as a reader wants them: in a list, one in full, just recorded, checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from summitry.ledger.summary import summary_of
from summitry.report.style import Page, Part, Table, percent, plain_table, sheet

if TYPE_CHECKING:  # a list must not wait for all that records and verifies
    from summitry.ledger.chain import Entry
    from summitry.ledger.listing import Listed, Shown
    from summitry.ledger.record import Recorded
    from summitry.ledger.verify import Verification

SHORT = 12


def list_lines(listed: Sequence[Listed]) -> Iterator[str]:
    """A line an entry, oldest first."""
    if not listed:
        yield "no entries yet"
    elif listed[0].position > 1:
        yield f"({listed[0].position - 1} earlier entries; --all shows them)"
    width = len(str(listed[-1].position)) if listed else 1
    for one in listed:
        mark = "  (corrected)" if one.corrected else ""
        yield (
            f"{one.position:>{width}}  {one.id[:SHORT]}  {one.told['created'][:10]}  "
            f"{one.kind:<10}  {_in_short(one.kind, one.told, one.titles)}{mark}"
        )


def _in_short(kind: str, told: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if kind == "resolution":
        return f"{titles.get(told['tier'], told['tier'])} on {told['date']}, by {told['author']}"
    if kind == "rival":
        return f"{told['by']}, {told['date']}: {_likeliest(told, titles)}"
    return f"{told['title']}, as of {told['as_of']}: {_likeliest(told, titles)}"


def _likeliest(told: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    given = told.get("probabilities")
    if not given:
        event = " or ".join(titles.get(tier, tier) for tier in told["tiers"])
        return f"{event} {percent(told['probability'])}"
    p, tier = max(zip(given, told["outcomes"], strict=True))
    return f"{titles.get(tier, tier)} {percent(p)}"


def recorded_page(done: Recorded) -> Page:
    """What was put on record, and how to come back to it."""
    return sheet(_recorded(done))


def _recorded(done: Recorded) -> Iterator[Part]:
    body = done.entry.body
    yield Text(str(body["title"]), style="bold")
    yield _named(done.entry)
    yield Text(f"as of {body['as_of']}: {_shares(body['probabilities'], done.titles)}")
    for rival in done.rivals:
        yield Text(
            f"with it: {rival.body['by']}, {rival.body['date']}: "
            f"{_likeliest(summary_of(rival.body), done.titles)}"
        )
    for reason, number in Counter(one.reason for one in done.unscored).items():
        yield Text(f"rivals not recorded: {number} ({reason})", style="dim")
    for note in done.notes:
        yield Text(f"note: {note}")
    yield Text(
        f"when it is known: summitry resolve {done.entry.id[:SHORT]} --tier ... --because ..."
    )


def _named(entry: Entry) -> Text:
    return Text(f"entry {entry.position}, {entry.id}")


def _shares(given: Mapping[str, float], titles: Mapping[str, str]) -> str:
    return "; ".join(f"{titles.get(tier, tier)} {percent(p)}" for tier, p in given.items())


def entry_page(found: Shown) -> Page:
    """One entry in full: the question with its outcomes and rule, then all that it holds."""
    return sheet(_entry(found))


def _entry(found: Shown) -> Iterator[Part]:
    asked, body = found.asked, found.entry.body
    yield Text(str(asked["title"]), style="bold")
    yield Text(str(asked["question"]))
    rule, meeting = asked["rule"], asked["round"]
    named = f"{meeting['title']}, " if meeting["title"] else ""
    yield Text(f"outcome at {named}{meeting['date']}; decides: {rule['decides']}, by {rule['by']}, "
               f"from: {rule['source']}")  # fmt: skip
    yield Text(f"counts: {asked['counts']}", style="dim")
    yield Text()
    yield _outcomes(asked["tiers"], body)
    yield Text()
    yield _rest(found.entry)


def _outcomes(tiers: Sequence[Mapping[str, Any]], body: Mapping[str, Any]) -> Table:
    table = plain_table("The outcomes")
    given, reference = body.get("probabilities"), body.get("reference")
    table.add_column("outcome")
    table.add_column("what it asks for")
    for title in ("forecast", "past cases"):
        table.add_column(title, justify="right")
    for tier in tiers:
        asks = [*tier["all"], *([f"one of: {'; '.join(tier['any'])}"] if tier["any"] else [])]
        table.add_row(
            f"{tier['title']} ({tier['id']})",
            "; ".join(asks),
            percent(given[tier["id"]]) if given else "",
            percent(reference[tier["id"]]) if reference else "",
        )
    return table


def _rest(entry: Entry) -> Table:
    table = plain_table("The entry")
    table.add_column("what")
    table.add_column("is")
    table.add_row("id", entry.id)
    for key, value in entry.body.items():
        if key in ("probabilities", "reference", "schema") or value in (None, []):
            continue
        parts = value if isinstance(value, list) else [value]
        table.add_row(key, "; ".join(_plain(part) for part in parts))
    return table


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(
            f"{key} {_plain(inner)}" for key, inner in value.items() if inner not in (None, [])
        )
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def verified_lines(found: Verification) -> Iterator[str]:
    """What a check found: everything that is wrong, or that nothing is."""
    yield f"{found.place}: {found.entries} entries, head {found.head}"
    if found.whole:
        anchored = f", {found.anchors} anchors found" if found.anchors else ""
        yield (
            f"whole: every hash, link and content is right{anchored}; {found.again} of "
            f"{found.forecasts} forecasts made again, the same"
        )
        yield from _earlier(found)
        return
    number = len(found.wrong)
    yield f"NOT WHOLE: {number} finding{'s' * (number != 1)}"
    yield from (f"- {text}" for text in found.wrong)


def _earlier(found: Verification) -> Iterator[str]:
    """What the first form of the model made: whole, and not to be made again."""
    if found.earlier:
        places = ", ".join(str(position) for position in found.earlier)
        which = f"entry {places} was" if len(found.earlier) == 1 else f"entries {places} were"
        yield (
            f"{which} made by the first form of the model, which this version no longer has: what "
            "was recorded is unchanged and still scored, but cannot be made again here"
        )
