"""What the author may not have meant although nothing is wrong; each is silenced by saying so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from summitry.dossier.errors import Problem
from summitry.dossier.numbers import Number
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_, Tree
from summitry.estimates import central

TOWERING = 10.0


def check_doubts(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Notes on values forgotten or mistyped, commitments without effect, rounds that are over."""
    for message, path in _doubts(dossier):
        yield tree.problem(path, message, is_note=True)


def is_only_ordered(dossier: Dossier) -> bool:
    """Whether the dossier orders states and values nothing: no agreement is forecast from it."""
    return dossier.stability is not None and not dossier.values


def _doubts(dossier: Dossier) -> Iterator[tuple[str, Path_]]:
    if dossier.commitments and not is_only_ordered(dossier):
        yield from _unvalued(dossier)
        yield from _towering(dossier)
        yield from _idle(dossier)
        yield from _unresolved(dossier)
    yield from _over(dossier)


def _unvalued(dossier: Dossier) -> Iterator[tuple[str, Path_]]:
    """Commitments that concern a party and that it gives no value for."""
    for party in dossier.parties:
        concerns = [
            name
            for name, c in dossier.commitments.items()
            if party in c.by or (isinstance(c.consent, list) and party in c.consent)
        ]
        missing = [name for name in concerns if not _is_valued(dossier, party, name)]
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            message = (
                f"{party} gives no value for {names}, which it performs or is asked about; taken as "
                "0, write 0 to say so"
            )
            yield message, ("values" if party in dossier.values else "parties", party)


def _is_valued(dossier: Dossier, party: str, commitment: str) -> bool:
    """Whether anything says what a commitment is worth to a party, alone or with others."""
    typed = dossier.types.get(party, {}).values()
    return (
        commitment in dossier.values.get(party, {})
        or any(party in ell.values and commitment in ell.together for ell in dossier.linkages)
        or (bool(typed) and all(commitment in kind.values for kind in typed))
    )


def _towering(dossier: Dossier) -> Iterator[tuple[str, Path_]]:
    """A party's largest value where it is more than ten times the next: perhaps a digit too many."""
    for party in dossier.parties:
        numbers: list[tuple[Path_, Number]] = [
            (("values", party, name), number)
            for name, number in dossier.values.get(party, {}).items()
        ]
        numbers += [
            (("linkages", k, "values", party), ell.values[party])
            for k, ell in enumerate(dossier.linkages)
            if party in ell.values
        ]
        if len(numbers) < 2:
            continue
        sizes = np.abs([central(number.estimate) for _, number in numbers])
        second, first = np.argsort(sizes, kind="stable")[-2:]
        path, number = numbers[first]
        if 0 < TOWERING * sizes[second] < sizes[first] and not number.note:
            message = (
                f"this is {sizes[first] / sizes[second]:.3g} times {party}'s next largest value "
                f"({sizes[second]:g}); a `note` on it says that it is meant so"
            )
            yield message, path


def _idle(dossier: Dossier) -> Iterator[tuple[str, Path_]]:
    """Commitments that no tier, rule or linkage speaks of: they can only sweeten a deal."""
    counts_all = any(not tier.all and not tier.any for tier in dossier.tiers)
    if dossier.stability or not dossier.tiers or counts_all:
        return
    spoken = {name for tier in dossier.tiers for name in (*tier.all, *tier.any)}
    spoken |= {name for ell in dossier.linkages for name in ell.together}
    for name, c in dossier.commitments.items():
        rules = {*c.requires, *c.only_with, *c.excludes}
        spoken |= rules | {name} if rules else set()
    for name, c in dossier.commitments.items():
        if name not in spoken and not c.note:
            message = (
                f"no tier, rule or linkage speaks of `{name}`, so it can only sweeten a deal; a "
                "`note` on it says that it is meant so"
            )
            yield message, ("commitments", name)


def _unresolved(dossier: Dossier) -> Iterator[tuple[str, Path_]]:
    """A forecast of a date without a rule of who decides what came of it."""
    is_dated = dossier.as_of is not None or any(meeting.date for meeting in dossier.rounds)
    if is_dated and "resolution_rule" not in dossier.model_fields_set:
        message = (
            "`resolution_rule` is missing, so no forecast can be recorded: write who decides what "
            "the outcome was, by when, from which source ({decides: ..., by: YYYY-MM-DD, source: "
            "...}), or `null` if none is to be"
        )
        yield message, ()


def _over(dossier: Dossier) -> Iterator[tuple[str, Path_]]:
    """Rounds before the dossier's date, where later ones are left."""
    day = dossier.as_of
    dated = [meeting.date for meeting in dossier.rounds if meeting.date]
    if day is None or not dated or max(dated) < day:
        return
    for k, meeting in enumerate(dossier.rounds):
        if meeting.date and meeting.date < day and not meeting.note:
            message = (
                f"this round lies before `as_of` ({day}) and is not played; a `note` on it says that "
                "it is meant so"
            )
            yield message, ("rounds", k)
