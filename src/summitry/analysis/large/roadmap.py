"""A roadmap in a dossier whose packages are too many to list: which package, and its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summitry.analysis.enforcement import Enforcement, enforcement_from, finite
from summitry.analysis.large.point import LargePoint
from summitry.analysis.naming import package_of
from summitry.analysis.orders import Order, told_order
from summitry.dossier.errors import CannotAnswer
from summitry.dossier.reach import satisfies
from summitry.dossier.reader import Document
from summitry.dossier.schema import Linkage, Tier
from summitry.game.large.choose import solve
from summitry.game.large.problem import tier_of
from summitry.game.large.roadmap import MOST_OPEN, find_order, walk


@dataclass(frozen=True)
class Search:
    """How the order was found, as a reader is told.

    `exact`: all orders were searched, or none can ask for less than the one shown. Else no
    order asks for less than `lower_bound`. `states`: how many sets of commitments done were
    looked at (None: all).
    """

    exact: bool
    lower_bound: float | None
    states: int | None
    says: str


def chosen_large(
    document: Document, point: LargePoint, package: Sequence[str] | None, tier: str | None
) -> int:
    """The package that is asked about: as named, or the Nash package (of a tier).

    Raises as `roadmap` does.
    """
    problem, names = point.problem, point.game.tiers
    if package is not None:
        if tier is not None:
            raise ValueError("give either a package or a tier, not both")
        return package_of(document.dossier, package)
    if tier is not None:
        if tier not in names:
            raise ValueError(f"there is no tier `{tier}`; the tiers are {', '.join(names)}")
        k = names.index(tier)
        problem = problem._replace(
            tier_all=problem.tier_all[k : k + 1], tier_any=problem.tier_any[k : k + 1]
        )
    mask = solve(problem).solutions["nash"].mask
    if mask is None:
        of = f" of the tier `{tier}`" if tier else ""
        raise CannotAnswer(
            f"no package{of} is acceptable to all who must consent, at the {point.label}: name "
            "one with `package`, or look at another draw or at other types"
        )
    reached = names[tier_of(point.problem, mask) - 1]
    if tier not in (None, reached):
        raise CannotAnswer(
            f"the Nash package that satisfies the tier `{tier}` reaches `{reached}` too: name "
            "another with `package`"
        )
    return mask


def narrowed(document: Document, package: Sequence[str]) -> Document:
    """The document with this one package alone, every number drawn as before."""
    dossier, inside = document.dossier, {*package}
    commitments = {
        name: dossier.commitments[name].model_copy(
            update={"excludes": [x for x in dossier.commitments[name].excludes if x in inside]}
        )
        for name in package
    }
    # a linkage keeps its place, by which its numbers are drawn; outside it is worth nothing
    nothing = Linkage.model_construct(together=[package[0]], values={})
    linkages = [one if inside.issuperset(one.together) else nothing for one in dossier.linkages]
    reached = [tier for tier in dossier.tiers if satisfies(frozenset(package), tier)]
    tier = Tier(id="agreement") if not reached else reached[-1]
    only = tier.model_copy(update={"all": list(package), "any": []})
    return replace(
        document,
        dossier=dossier.model_copy(
            update={"commitments": commitments, "linkages": linkages, "tiers": [only]}
        ),
    )


def search_order(point: LargePoint, mask: int) -> tuple[Order | None, Enforcement, Search]:
    """The best order found of a package, what it says of the package, and how it was found."""
    package = point.package(mask)
    found = find_order(package, point.trust)
    memory = f"memory bounded by {MOST_OPEN:,} waiting steps"
    says = (
        "from the end backwards, best first, then chains of each party's own moves and a beam; "
        f"{memory}"
    )
    search = Search(found.exact, finite(found.lower), found.states, says)
    enforcement = enforcement_from(found, package, point.game.parties)
    if not found.order:
        return None, enforcement, search
    return told_order(point.game, point.trust, walk(package, found.order), {}), enforcement, search
