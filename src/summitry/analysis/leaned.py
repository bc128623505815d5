"""The defaults that a forecast leaned on, the loud ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summitry.dossier.schema import Dossier, Signal


@dataclass(frozen=True)
class Default:
    """A number the dossier does not give, what stood in for it, and whether it is loud."""

    path: str
    value: str
    loud: bool


def defaults_of(dossier: Dossier) -> list[Default]:
    """All defaults of a dossier of packages, loud ones (trust, knowledge, momentum, reversible) first."""
    found = [*_loud(dossier), *_quiet(dossier)]
    return sorted(found, key=lambda default: not default.loud)


def _loud(dossier: Dossier) -> Iterator[Default]:
    for name in _movers(dossier):
        if not _is_given(dossier, "trust", name):
            yield Default(f"trust.{name}", "0.1 to 0.9", True)
    if dossier.knowledge is None:
        yield Default("knowledge", "0.1 to 0.9", True)
    if dossier.momentum is None and len(dossier.tiers) > 1:
        yield Default("momentum", "0.2 to 0.8", True)
    for name, c in dossier.commitments.items():
        if c.reversible is None:
            value = "1 (pledge)" if c.kind == "pledge" else "0.5 (action)"
            yield Default(f"commitments.{name}.reversible", value, True)


def _quiet(dossier: Dossier) -> Iterator[Default]:
    principals = [name for name, p in dossier.parties.items() if p.role == "principal"]
    for section in ("no_agreement", "delay_cost", "breach_cost"):
        for name in principals:
            if not _is_given(dossier, section, name):
                yield Default(f"{section}.{name}", "0", section == "no_agreement")
    for name in _movers(dossier):
        if not _is_given(dossier, "honesty", name):
            yield Default(f"honesty.{name}", "as the others trust", False)
    if not all(_is_given(dossier, "firmness", name) for name in principals):
        yield Default("firmness", "1 each", False)
    if any(name not in dossier.bargaining_power for name in principals):
        yield Default("bargaining_power", "1 each", False)
    if dossier.agenda is None and len(dossier.tiers) > 1:
        yield Default("agenda", "steps", False)
    for section, value in (("learning", "0.5"), ("breakdown", "0"), ("correlation", "0.3")):
        if getattr(dossier, section) is None:
            yield Default(section, value, False)
    if not dossier.tiers:
        yield Default("tiers", "one, `agreement`", False)
    if not dossier.rounds:
        yield Default("rounds", "one, at as_of", False)
    if dossier.reference_classes and dossier.pool_weight is None:
        yield Default("pool_weight", "0.5", False)
    ungraded = sum(
        isinstance(s, Signal) and s.source.reliability == "F" and s.credibility == 6
        for s in dossier.signals
    )
    if ungraded:
        yield Default("signals", f"grade F6 for {ungraded} of {len(dossier.signals)}", False)


def _movers(dossier: Dossier) -> list[str]:
    """The parties that perform a commitment, in the dossier's order."""
    by = {name for c in dossier.commitments.values() for name in c.by}
    return [name for name in dossier.parties if name in by]


def _is_given(dossier: Dossier, section: str, party: str) -> bool:
    """Whether the dossier gives a party's number, for all of it or for each of its types."""
    typed = dossier.types.get(party, {}).values()
    by_type = bool(typed) and all(getattr(kind, section) is not None for kind in typed)
    return party in getattr(dossier, section) or by_type
