"""The vote on an issue: what can pass, who is pivotal, what the agenda setter gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from summitry.analysis.positions.voting import Span, Voter, Voting
from summitry.report.numbers import figure
from summitry.report.style import Part, Table, percent, plain_table

CERTAIN = 0.995
SELDOM = 0.005
NAMED = 4


def voting_parts(voting: Voting, names: Mapping[str, str]) -> Iterator[Part]:
    """The rule, the win-set and core, the pivots, and the voters' power where their votes differ."""
    yield Text(f"Vote: {voting.rule}, {voting.quota:g} of {voting.total:g} votes")
    yield Text(f"  {_win_set(voting)}{_core(voting)}")
    pivots = _pivots(voting, names)
    if pivots:
        yield Text(f"  {pivots}")
    if voting.proposal is not None and voting.agenda_setter is not None:
        setter = names.get(voting.agenda_setter, voting.agenda_setter)
        yield Text(f"  The best that {setter} can bring through: {span(voting.proposal)}.")
    if len({voter.votes for voter in voting.voters.values()}) > 1:
        yield _power(voting.voters, names)


def span(place: Span) -> str:
    """A place, with where it lies in nine of ten draws if it is uncertain."""
    low, middle, high = figure(place.low), figure(place.middle), figure(place.high)
    return middle if low == high else f"{middle} ({low} to {high})"


def _win_set(voting: Voting) -> str:
    low, high = voting.win_set
    known = voting.against == "no_agreement"
    what = f"{'no agreement' if known else 'the forecast'} at {span(voting.standing)}"
    if voting.gridlock >= CERTAIN:
        return f"Against {what}, nothing passes."
    blocked = f" (nothing in {percent(voting.gridlock)} of draws)" if voting.gridlock else ""
    passes = f"what lies from {span(low)} to {span(high)} passes{blocked}"
    return f"Against {what}, {passes}{_forecast(voting.passes)}."


def _forecast(passes: float | None) -> str:
    """Whether the forecast is among what passes."""
    if passes is None:
        return ""
    if 0 < passes < 1:
        return f"; the forecast does in {percent(passes)} of draws"
    return "; so does the forecast" if passes else "; the forecast does not"


def _core(voting: Voting) -> str:
    if voting.core is None:
        return " No place is safe: opposed proposals can pass."
    low, high = map(span, voting.core)
    return (
        f" Nothing beats {low}."
        if low == high
        else f" Nothing beats what lies from {low} to {high}."
    )


def _pivots(voting: Voting, names: Mapping[str, str]) -> str:
    """Who decides whether it moves up or down."""
    shares = {
        "up": {name: voter.upward for name, voter in voting.voters.items()},
        "down": {name: voter.downward for name, voter in voting.voters.items()},
    }
    told = [f"{way}: {_often(by_voter, names)}" for way, by_voter in shares.items()]
    decided = any(share for by_voter in shares.values() for share in by_voter.values())
    return f"Pivotal for a move {'; '.join(told)}." if decided else ""


def _often(shares: Mapping[str, float], names: Mapping[str, str]) -> str:
    """The likeliest, with how likely; who hardly ever is is left out."""
    often = sorted((n for n in shares if shares[n] >= SELDOM), key=lambda n: -shares[n])
    told = [
        names.get(n, n) + (f" ({percent(shares[n])})" if shares[n] < CERTAIN else "")
        for n in often[:NAMED]
    ]
    more = len(often) - NAMED
    return ", ".join([*told, *([f"{more} more"] if more > 0 else [])]) or "nobody"


def _power(voters: Mapping[str, Voter], names: Mapping[str, str]) -> Table:
    """Power to decide, whatever the positions: shares of one."""
    table = plain_table("")
    for title in ("voter", "votes", "Shapley-Shubik", "Banzhaf"):
        table.add_column(title, justify="left" if title == "voter" else "right")
    for name, voter in sorted(voters.items(), key=lambda item: -item[1].votes):
        table.add_row(
            names.get(name, name),
            f"{voter.votes:g}",
            percent(voter.shapley_shubik),
            percent(voter.banzhaf),
        )
    return table
