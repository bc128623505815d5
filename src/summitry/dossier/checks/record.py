"""Reference classes, rivals, the outcome, and single settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.schema import Dossier, ReferenceClass
from summitry.dossier.source_text import Path_, Tree


def tier_names(dossier: Dossier) -> list[str]:
    """All outcomes, "none" first; the default tier where none is given."""
    return list(dict.fromkeys(["none", *([tier.id for tier in dossier.tiers] or ["agreement"])]))


def check_classes(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Each class counts every outcome exactly once."""
    for k, known in enumerate(dossier.reference_classes):
        path = ("reference_classes", k)
        if (known.counts is None) == (known.bins is None):
            yield tree.problem(path, "a reference class has `counts` or `bins`, and not both")
            continue
        yield from _outcomes(known, path, tier_names(dossier), tree)
        if known.relevance is not None and not 0 < known.relevance.value <= 1:
            message = f"relevance lies above 0 and up to 1, not {known.relevance.value:g}"
            yield tree.problem((*path, "relevance"), message)
    yield from _levels(dossier, tree)
    for key in ("pool_weight", "correlation"):
        number = getattr(dossier, key)
        if number is not None and not 0 <= number.value <= 1:
            yield tree.problem((key,), f"`{key}` lies from 0 to 1, not {number.value:g}")


def _levels(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Who knows the others better holds out for less, not more."""
    firm, known = dossier.settings.firm, dossier.settings.known
    if known > firm:
        path: Path_ = (
            "settings",
            "known" if "known" in dossier.settings.model_fields_set else "firm",
        )
        message = (
            f"`known` ({known:g}) is above `firm` ({firm:g}): who knows more holds out for less"
        )
        yield tree.problem(path, message)


def _outcomes(
    known: ReferenceClass, path: Path_, tiers: list[str], tree: Tree
) -> Iterator[Problem]:
    part = "counts" if known.counts is not None else "bins"
    if known.counts is not None:
        named, counts = list(known.counts), [n.value for n in known.counts.values()]
        yield from unknown_names(tree, (*path, part), named, tiers, "tier")
    else:
        bins = known.bins or []
        named, counts = [t for b in bins for t in b.tiers], [b.count.value for b in bins]
        for x, piece in enumerate(bins):
            yield from unknown_names(tree, (*path, part, x, "tiers"), piece.tiers, tiers, "tier")
    missing = [tier for tier in tiers if tier not in named]
    if missing:
        message = f"`{part}` lacks {', '.join(missing)}; write 0 for what was never seen"
        yield tree.problem((*path, part), message)
    twice = [name for name, number in Counter(named).items() if number > 1]
    if twice:
        yield tree.problem((*path, part), f"{', '.join(twice)} counted in two bins")
    if any(count < 0 for count in counts) or sum(counts) <= 0:
        yield tree.problem((*path, part), "counts are 0 or more, and not all 0")


def check_record(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Rivals and the resolution speak of tiers that exist."""
    tiers = tier_names(dossier)
    for k, rival in enumerate(dossier.rivals):
        path = ("rivals", k)
        yield from unknown_names(tree, (*path, "tiers"), rival.tiers, tiers, "tier")
        if isinstance(rival.probability, dict):
            yield from unknown_names(tree, (*path, "probability"), rival.probability, tiers, "tier")
            total = sum(rival.probability.values())
            if total > 1 + 1e-6:
                message = f"the probabilities sum to {total:g}, above 1"
                yield tree.problem((*path, "probability"), message)
        elif not rival.tiers and not rival.differs:
            message = (
                "say which `tiers` this forecast speaks of, a probability for each, or how its "
                "question `differs`"
            )
            yield tree.problem(path, message)
    if dossier.resolution is not None and dossier.commitments:
        yield from unknown_names(
            tree, ("resolution", "tier"), [dossier.resolution.tier], tiers, "tier"
        )
