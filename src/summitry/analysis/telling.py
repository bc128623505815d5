"""Results as plain data for JSON, and as frames."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from summitry import __version__

if TYPE_CHECKING:
    from summitry.analysis.asking import Question
    from summitry.analysis.setup import Run, Setup
    from summitry.dossier.reader import Document


@dataclass(frozen=True)
class Provenance:
    """What it takes to get a result again, and who is who in it.

    `names` is what a reader calls the parties and commitments; `tier_titles` the tiers.
    """

    title: str
    dossier: str
    dossier_sha256: str
    changes: Sequence[str]
    seed: int
    draws: int
    protocol: str
    as_of: dt.date | None
    names: Mapping[str, str]
    tier_titles: Mapping[str, str]
    version: str = __version__


def provenance(setup: Setup) -> Provenance:
    """What it takes to get an answer from this setup again."""
    return provenance_of(setup.document, setup.question, setup.run, setup.tiers)


def provenance_of(
    document: Document, question: Question, run: Run, tiers: Sequence[str]
) -> Provenance:
    """What it takes to get an answer again where no draws were played for it."""
    dossier = document.dossier
    return Provenance(
        title=dossier.title,
        dossier=document.name,
        dossier_sha256=document.sha256,
        changes=list(document.changes),
        seed=run.seed,
        draws=run.draws,
        protocol=question.protocol,
        as_of=question.as_of,
        names=names_of(dossier),
        tier_titles=titles_of(dossier, tiers),
    )


def names_of(dossier: Any) -> dict[str, str]:
    """What a reader calls the parties and commitments."""
    parties = {name: party.name or name for name, party in dossier.parties.items()}
    return parties | {name: c.title or name for name, c in dossier.commitments.items()}


def titles_of(dossier: Any, tiers: Sequence[str]) -> dict[str, str]:
    """What a reader calls the tiers, "none" among them."""
    given = {tier.id: tier.title or tier.id for tier in dossier.tiers}
    return {name: given.get(name, name) for name in tiers} | {"none": "no agreement"}


def told(result: Any) -> dict[str, Any]:
    """A result as plain data, its schema's name first; what is infinite or unknown is None."""
    data: dict[str, Any] = plain(result)
    return {"schema": data.pop("schema"), **data}


def plain(value: Any) -> Any:
    """Records as mappings, dates and fractions as text, tuples as lists, numpy as numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Records as a polars frame. Raises ImportError where polars is not installed."""
    import polars

    return polars.DataFrame(list(rows), infer_schema_length=None)
