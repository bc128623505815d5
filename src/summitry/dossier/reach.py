"""Which tiers packages can reach, by the smallest package that holds given commitments.

What a commitment needs, and what that needs, is in every package that holds it: so the smallest
package with a set of commitments is that closure, and there is one if nothing in it excludes
another. This decides every question here for any number of commitments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitry.dossier.schema import Dossier, Tier


def mask_of(names: Iterable[str], dossier: Dossier) -> int:
    """A set of commitments as a mask: bit k is the dossier's k-th commitment."""
    index = {name: k for k, name in enumerate(dossier.commitments)}
    return sum(1 << index[name] for name in set(names))


def smallest_with(names: Iterable[str], dossier: Dossier) -> frozenset[str] | None:
    """The smallest set with these commitments that breaks no rule; None where there is none."""
    waiting, inside = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in inside:
            inside.add(name)
            commitment = dossier.commitments[name]
            waiting += [*commitment.requires, *commitment.only_with]
    if any(not inside.isdisjoint(dossier.commitments[name].excludes) for name in inside):
        return None
    return frozenset(inside)


def satisfies(package: frozenset[str], tier: Tier) -> bool:
    """Whether a package has all of the tier's `all` and one of its `any`."""
    return package.issuperset(tier.all) and (not tier.any or not package.isdisjoint(tier.any))


def least_packages(dossier: Dossier, tier: Tier) -> Iterator[frozenset[str]]:
    """Packages that satisfy a tier; every other that does contains one of them."""
    one_of = tier.any or ([] if tier.all else list(dossier.commitments))
    for names in [[*tier.all, name] for name in one_of] or [tier.all]:
        package = smallest_with(names, dossier)
        if package:
            yield package


def smallest_packages(dossier: Dossier) -> list[tuple[str, ...]]:
    """For each tier a package with the fewest commitments whose result it is."""
    smallest = []
    for k, tier in enumerate(dossier.tiers):
        # a package with more commitments satisfies no fewer tiers
        ours = [
            package
            for package in least_packages(dossier, tier)
            if not any(satisfies(package, later) for later in dossier.tiers[k + 1 :])
        ]
        best = min(ours, key=lambda package: (len(package), mask_of(package, dossier)), default=())
        smallest.append(tuple(name for name in dossier.commitments if name in best))
    return smallest
