"""Parties, and the numbers that are given party by party."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.checks.doubts import is_only_ordered
from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.numbers import is_zero
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree

BY_PARTY = (
    "values", "no_agreement", "delay_cost", "breach_cost", "trust", "honesty",
    "firmness", "bargaining_power", "types", "power",
)  # fmt: skip
MOST_PARTIES = 32
MOST_ON_SCALES = 60


def check_parties(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Principals exist, every number belongs to a party, and each principal has a fallback."""
    most = MOST_PARTIES if dossier.commitments else MOST_ON_SCALES
    if len(dossier.parties) > most:
        yield tree.problem(("parties",), f"at most {most} parties, please")
    principals = [name for name, party in dossier.parties.items() if party.role == "principal"]
    if dossier.commitments and not principals:
        yield tree.problem(("parties",), "no party is a principal; at least one has to agree")
    for section in BY_PARTY:
        given = getattr(dossier, section)
        yield from unknown_names(tree, (section,), given, dossier.parties, "party")
    yield from _of_principals(dossier, tree, principals)
    yield from _values(dossier, tree)
    yield from _fallbacks(dossier, tree, principals)


def _of_principals(dossier: Dossier, tree: Tree, principals: list[str]) -> Iterator[Problem]:
    """Nobody but a principal holds out for a share; one of them at least has a share."""
    for section in ("firmness", "bargaining_power"):
        for name in getattr(dossier, section):
            if name in dossier.parties and name not in principals:
                message = f"`{name}` is a stakeholder; `{section}` is of principals only"
                yield tree.problem((section, name), message)
    for party, types in dossier.types.items():
        for name, kind in types.items():
            if kind.firmness and party in dossier.parties and party not in principals:
                message = f"`{party}` is a stakeholder; `firmness` is of principals only"
                yield tree.problem(("types", party, name, "firmness"), message)
    power = dossier.bargaining_power
    if principals and all(name in power and is_zero(power[name]) for name in principals):
        yield tree.problem(("bargaining_power",), "nobody has a share; one must be above 0")


def _values(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    for party, values in dossier.values.items():
        path = ("values", party)
        yield from unknown_names(tree, path, values, dossier.commitments, "commitment")
    for k, linkage in enumerate(dossier.linkages):
        path_ = ("linkages", k)
        together = linkage.together
        yield from unknown_names(
            tree, (*path_, "together"), together, dossier.commitments, "commitment"
        )
        yield from unknown_names(tree, (*path_, "values"), linkage.values, dossier.parties, "party")
        if len(set(together)) < len(together):
            yield tree.problem((*path_, "together"), "a linkage names a commitment twice")


def _fallbacks(dossier: Dossier, tree: Tree, principals: list[str]) -> Iterator[Problem]:
    if not dossier.commitments or is_only_ordered(dossier):
        return
    for name in principals:
        typed = dossier.types.get(name, {})
        if name in dossier.no_agreement or (typed and all(t.no_agreement for t in typed.values())):
            continue
        message = (
            f"`no_agreement` of {name} is left out and taken as 0; it is the strongest single "
            f"input: say what {name} has if there is no deal"
        )
        yield tree.problem(("no_agreement",), message, is_note=True)
