"""The issues of a dossier as a reader wants them: each a scale with the parties along it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from summitry.dossier.ballot import Ballot, ballot_of
from summitry.dossier.numbers import Number
from summitry.dossier.positions import Issue
from summitry.dossier.schema import Dossier
from summitry.estimates import central
from summitry.report.numbers import ends, figure, shown
from summitry.report.style import Part, Table, plain_table


def issue_parts(dossier: Dossier) -> Iterator[Part]:
    """Each issue: its scale from low to high with who stands where, its rule, its outcome."""
    names = {name: party.name or name for name, party in dossier.parties.items()}
    for key, issue in dossier.issues.items():
        yield Text()
        yield _ladder(f"{issue.title} ({key})" if issue.title else key, issue, names)
        ballot = ballot_of(dossier, issue)
        if ballot is not None:
            yield Text(_rule(ballot, names))
        if issue.resolution is not None:
            note = f" ({issue.resolution.note})" if issue.resolution.note else ""
            yield Text(f"Outcome: {issue.resolution.value:g}{note}", style="dim")


def _ladder(title: str, issue: Issue, names: Mapping[str, str]) -> Table:
    """The places that mean something or that somebody holds, lowest first."""
    table = plain_table(title)
    table.add_column("place", justify="right")
    table.add_column("meaning")
    table.add_column("who stands there (salience)")
    standing: dict[float, list[str]] = {place: [] for place in issue.scale}
    if issue.no_agreement is not None:
        place = central(issue.no_agreement.estimate)
        standing.setdefault(place, []).append(f"no agreement{_range(issue.no_agreement)}")
    for party, stand in issue.positions.items():
        told = f"{names.get(party, party)}{_range(stand.position)} ({shown(stand.salience)})"
        standing.setdefault(central(stand.position.estimate), []).append(told)
    for place in sorted(standing):
        table.add_row(figure(place), issue.scale.get(place, ""), ", ".join(standing[place]))
    return table


def _range(number: Number) -> str:
    """What is uncertain about a place, to put behind a name."""
    return "" if number.estimate.distribution == "fixed" else f", {ends(number)}"


def _rule(ballot: Ballot, names: Mapping[str, str]) -> str:
    total = sum(ballot.votes.values())
    needs = f"Rule: {ballot.rule}, {ballot.quota:g} of {total:g} votes"
    if len(set(ballot.votes.values())) > 1:
        listed = ", ".join(f"{names.get(name, name)} {v:g}" for name, v in ballot.votes.items())
        needs = f"{needs} ({listed})"
    setter = ballot.agenda_setter
    return f"{needs}; {names.get(setter, setter)} sets the agenda." if setter else f"{needs}."
