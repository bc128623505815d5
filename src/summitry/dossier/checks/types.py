"""Types of parties: priors, and what they change."""

from __future__ import annotations

import math
from collections.abc import Iterator

from summitry.dossier.checks.naming import unknown_names
from summitry.dossier.errors import Problem
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Tree

MOST_STRATA = 64


def check_types(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """Priors sum to 1, overrides name commitments, and there are not too many combinations."""
    for party, types in dossier.types.items():
        path = ("types", party)
        if not types:
            yield tree.problem(path, f"`{party}` has no types listed; name them or leave it out")
            continue
        priors = [kind.prior.value for kind in types.values()]
        for name, prior in zip(types, priors, strict=True):
            if not 0 <= prior <= 1:
                message = f"a prior lies from 0 to 1, not {prior:g}"
                yield tree.problem((*path, name, "prior"), message)
        if abs(sum(priors) - 1) > 1e-6:
            message = f"the priors of {party}'s types sum to {sum(priors):g}; they must sum to 1"
            yield tree.problem(path, message)
        for name, kind in types.items():
            for part in ("scale", "values"):
                names = getattr(kind, part)
                yield from unknown_names(
                    tree, (*path, name, part), names, dossier.commitments, "commitment"
                )
    strata = math.prod(len(types) or 1 for types in dossier.types.values())
    if strata > MOST_STRATA:
        message = f"the types combine in {strata} ways; at most {MOST_STRATA} can be played"
        yield tree.problem(("types",), message)
