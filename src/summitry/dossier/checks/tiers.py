"""Tiers: their names, their order, and that each can be the result."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.checks.naming import repeated, unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.reach import least_packages, satisfies, smallest_with
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree


def check_tiers(dossier: Dossier, tree: Tree, packages: bool) -> Iterator[Problem]:
    """Names first; then, if the commitments are in order, which packages reach which tier."""
    wrong = list(_names(dossier, tree))
    yield from wrong
    if packages and not wrong and dossier.commitments:
        yield from _reached(dossier, tree)


def _names(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    yield from repeated(tree, ("tiers",), [tier.id for tier in dossier.tiers], "tier")
    for k, tier in enumerate(dossier.tiers):
        if tier.id == "none":
            message = "`none` is reserved for no agreement; give the tier another id"
            yield tree.problem(("tiers", k, "id"), message)
        for part in ("all", "any"):
            path = ("tiers", k, part)
            names = getattr(tier, part)
            yield from unknown_names(tree, path, names, dossier.commitments, "commitment")


def _reached(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    lost = [name for name in dossier.commitments if smallest_with([name], dossier) is None]
    if len(lost) == len(dossier.commitments):
        message = "no package is possible: `requires`, `only_with` and `excludes` bar them all"
        yield tree.problem(("commitments",), message)
        return
    for name in lost:
        message = f"no possible package holds `{name}`: what it needs excludes it, or each other"
        yield tree.problem(("commitments", name), message)
    for k, tier in enumerate(dossier.tiers):
        packages = list(least_packages(dossier, tier))
        later = dossier.tiers[k + 1 :]
        if not packages:
            message = (
                f"no possible package reaches the tier `{tier.id}`; look at its `all` and `any`, "
                "and at what they require"
            )
            yield tree.problem(("tiers", k), message)
        elif all(any(satisfies(package, other) for other in later) for package in packages):
            message = (
                f"every package that satisfies `{tier.id}` also satisfies a later tier, so it "
                "can never be the result; put the lowest tier first"
            )
            yield tree.problem(("tiers", k), message)
