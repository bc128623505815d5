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
    """All defaults of a dossier of packages, loud ones (trust, knowledge, reversible) first."""
    found = [*_loud(dossier), *_quiet(dossier)]
    return sorted(found, key=lambda default: not default.loud)


def _loud(dossier: Dossier) -> Iterator[Default]:
    movers = {name for c in dossier.commitments.values() for name in c.by}
    for name in dossier.parties:
        typed = dossier.types.get(name, {})
        covered = bool(typed) and all(kind.trust is not None for kind in typed.values())
        if name in movers and name not in dossier.trust and not covered:
            yield Default(f"trust.{name}", "0.1 to 0.9", True)
    if dossier.knowledge is None:
        yield Default("knowledge", "0.1 to 0.9", True)
    for name, c in dossier.commitments.items():
        if c.reversible is None:
            value = "1 (pledge)" if c.kind == "pledge" else "0.5 (action)"
            yield Default(f"commitments.{name}.reversible", value, True)


def _quiet(dossier: Dossier) -> Iterator[Default]:
    principals = [name for name, p in dossier.parties.items() if p.role == "principal"]
    for section in ("no_agreement", "delay_cost", "breach_cost"):
        given = getattr(dossier, section)
        for name in principals:
            typed = dossier.types.get(name, {})
            covered = bool(typed) and all(getattr(kind, section) for kind in typed.values())
            if name not in given and not covered:
                yield Default(f"{section}.{name}", "0", section == "no_agreement")
    for section, value in (("initiative", "1"), ("bargaining_power", "1")):
        given = getattr(dossier, section)
        if any(name not in given for name in principals):
            yield Default(section, f"{value} each", False)
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
