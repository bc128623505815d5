"""Dates: the dossier's own, the rounds'."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from summitry.dossier.errors import Problem
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree


def check_dates(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Rounds stand in order, and `as_of` is given where anything has a date."""
    dated = [(k, r.date) for k, r in enumerate(dossier.rounds) if r.date]
    if dated and len(dated) < len(dossier.rounds):
        yield tree.problem(("rounds",), "some rounds have a date and some have none; date them all")
    for (_, before), (k, after) in pairwise(dated):
        if after < before:
            message = f"the round of {after} comes after that of {before}; put them in order"
            yield tree.problem(("rounds", k), message)
    if dossier.as_of is None and (dated or dossier.signals):
        message = "`as_of` is missing: with dated rounds or signals a forecast needs its own date"
        yield tree.problem((), message)
    elif dossier.as_of and dated and dated[-1][1] < dossier.as_of:
        message = f"all rounds lie before `as_of` ({dossier.as_of}); there is nothing to forecast"
        yield tree.problem(("rounds",), message)
