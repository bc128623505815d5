"""Packages by the names of their commitments, and why a set of them is no package."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Protocol

from summitry.dossier.reach import mask_of, satisfies
from summitry.dossier.schema import Dossier


class Named(Protocol):
    """A game, as far as its parties and commitments have names."""

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties' ids."""

    @property
    def commitments(self) -> tuple[str, ...]:
        """The commitments' ids."""


def commitments_of(game: Named, mask: int) -> list[str]:
    """The names of the commitments in a package."""
    return [name for k, name in enumerate(game.commitments) if mask >> k & 1]


def package_of(dossier: Dossier, names: Sequence[str]) -> int:
    """The mask of a possible package.

    Raises ValueError for a name that does not exist, and for every rule that the package
    breaks: a prerequisite or companion that is missing, one that is excluded, no tier.
    """
    known = tuple(dossier.commitments)
    chosen = [name.strip() for name in names if name.strip()]
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise ValueError("; ".join(_unknown(name, known) for name in unknown))
    wrong = list(_broken_rules(dossier, chosen))
    if wrong:
        raise ValueError("no possible package: " + "; ".join(wrong))
    package = frozenset(chosen)
    if not package or (dossier.tiers and not any(satisfies(package, t) for t in dossier.tiers)):
        raise ValueError(f"no possible package: {_no_tier(dossier, chosen)}")
    return mask_of(package, dossier)


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
