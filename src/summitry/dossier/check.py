"""Every check that needs more than one part of the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from summitry.dossier.checks.commitments import check_commitments
from summitry.dossier.checks.dates import check_dates
from summitry.dossier.checks.doubts import check_doubts
from summitry.dossier.checks.issues import check_issues
from summitry.dossier.checks.overruled import check_overruled
from summitry.dossier.checks.parties import check_parties
from summitry.dossier.checks.record import check_classes, check_record
from summitry.dossier.checks.signals import check_signals
from summitry.dossier.checks.sources import check_sources
from summitry.dossier.checks.stability import check_stability
from summitry.dossier.checks.tiers import check_tiers
from summitry.dossier.checks.types import check_types
from summitry.dossier.errors import Problem
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree

MOST_TOLD = 500


def find_problems(dossier: Dossier, tree: Tree, packages: bool = True) -> list[Problem]:
    """All mistakes and notes (500 at most) of a dossier whose single parts are valid.

    `packages` says whether to look at what can be agreed on, tier by tier.
    """
    return list(islice(_all(dossier, tree, packages), MOST_TOLD))


def _all(dossier: Dossier, tree: Tree, packages: bool) -> Iterator[Problem]:
    if not dossier.commitments and not dossier.issues:
        yield tree.problem((), "a dossier needs `commitments`, or `issues` with positions")
    yield from check_parties(dossier, tree)
    broken = list(check_commitments(dossier, tree))
    yield from broken
    yield from check_tiers(dossier, tree, packages=packages and not broken)
    yield from check_types(dossier, tree)
    yield from check_overruled(dossier, tree)
    yield from check_dates(dossier, tree)
    yield from check_signals(dossier, tree)
    yield from check_classes(dossier, tree)
    yield from check_record(dossier, tree)
    yield from check_issues(dossier, tree)
    if not broken:
        yield from check_stability(dossier, tree)
    yield from check_sources(dossier, tree)
    yield from check_doubts(dossier, tree)
