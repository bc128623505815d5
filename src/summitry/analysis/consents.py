"""What outside bodies still have to consent to once a package is signed, and how likely they do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.analysis.naming import Named
from summitry.analysis.point import Consents


@dataclass(frozen=True)
class Consent:
    """One consent that is given or not after the signature, and how likely it is given."""

    commitment: str
    party: str
    chance: float


def consents_for(game: Named, mask: int, consents: Consents) -> list[Consent]:
    """Those that a package (mask) asks for."""
    return [
        Consent(game.commitments[c], game.parties[i], chance)
        for (c, i), chance in consents.items()
        if mask >> c & 1
    ]


def all_given(consents: Sequence[Consent]) -> float:
    """How likely it is that all of a package comes into force: every body decides on its own."""
    return math.prod(one.chance for one in consents)
