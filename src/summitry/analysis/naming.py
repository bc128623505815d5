"""Packages by the names of their commitments, and why a set of them is no package."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import numpy as np

from summitry.dossier.schema import Dossier
from summitry.game.compile import Game


def commitments_of(game: Game, mask: int) -> list[str]:
    """The names of the commitments in a package."""
    return [name for k, name in enumerate(game.commitments) if mask >> k & 1]


def package_of(dossier: Dossier, game: Game, names: Sequence[str]) -> int:
    """The mask of a possible package.

    Raises ValueError for a name that does not exist, and for every rule that the package
    breaks: a prerequisite or companion that is missing, one that is excluded, no tier.
    """
    chosen = [name.strip() for name in names if name.strip()]
    unknown = [name for name in chosen if name not in game.commitments]
    if unknown:
        raise ValueError("; ".join(_unknown(name, game.commitments) for name in unknown))
    wrong = list(_broken_rules(dossier, chosen))
    if wrong:
        raise ValueError("no possible package: " + "; ".join(wrong))
    mask = sum(1 << game.commitments.index(name) for name in set(chosen))
    if not (game.board.masks == np.uint32(mask)).any():
        raise ValueError(f"no possible package: {_no_tier(dossier, chosen)}")
    return mask


def _unknown(name: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(names)}"
    return f"there is no commitment `{name}`; {hint}"


def _broken_rules(dossier: Dossier, chosen: Sequence[str]) -> list[str]:
    wrong = []
    for name in chosen:
        rule = dossier.commitments[name]
        wrong += [f"`{name}` requires `{x}`" for x in rule.requires if x not in chosen]
        wrong += [f"`{name}` comes only with `{x}`" for x in rule.only_with if x not in chosen]
        wrong += [f"`{name}` excludes `{x}`" for x in rule.excludes if x in chosen]
    return wrong


def _no_tier(dossier: Dossier, chosen: Sequence[str]) -> str:
    if not chosen or not dossier.tiers:
        return "it holds no commitment"
    lowest = dossier.tiers[0]
    missing = [name for name in lowest.all if name not in chosen]
    some = f" and one of {', '.join(lowest.any)}" if lowest.any else ""
    need = ", ".join(missing) if missing else "more"
    return f"it reaches no tier; the lowest, `{lowest.id}`, needs {need}{some}"
