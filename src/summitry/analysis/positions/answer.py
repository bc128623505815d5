"""What is to be expected on each issue of a dossier, who pulls it where, who trades what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summitry.analysis.positions.arrays import Arrays, central_arrays, draw_arrays
from summitry.analysis.positions.issue import IssueForecast, issue_forecast
from summitry.analysis.positions.measured import measured
from summitry.analysis.positions.trading import Trading, ktab_places, trading_of
from summitry.analysis.setup import open_document, run_of
from summitry.analysis.telling import Provenance, frame, names_of, told
from summitry.dossier.reader import Document

SCHEMA = "summitry.positions/1"


@dataclass(frozen=True)
class Positions:
    """The answer of `positions`: each issue, the trades across them, what was taken by default.

    `uncertain` says whether any number of the issues is a range; `measured_on` on how many
    resolved issues the models' errors were measured.
    """

    issues: Sequence[IssueForecast]
    trading: Trading | None
    uncertain: bool
    defaults: Sequence[str]
    measured_on: int
    about: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each issue."""
        return [
            {
                "issue": one.issue,
                "point": one.point,
                "mean": one.mean,
                "standard_error": one.standard_error,
                "low_90": one.interval_90[0],
                "low_50": one.interval_50[0],
                "high_50": one.interval_50[1],
                "high_90": one.interval_90[1],
                "settled": one.settled,
                **{f"model.{m.model}": m.place for m in one.models},
            }
            for one in self.issues
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())


def positions(
    dossier: str | Path | Document,
    *,
    draws: int = 2048,
    seed: int = 0,
    changes: Sequence[str] = (),
    issues: Sequence[str] = (),
) -> Positions:
    """The forecast of every issue of a dossier, as a distribution on its scale, and why.

    `draws` and `seed` are those of the uncertain numbers; `changes` are `PATH=VALUE` settings
    for this run; `issues` (names) tells only some of them. Raises DossierError for mistakes,
    CannotAnswer where there are no issues or nothing to weigh on one, ValueError for options
    out of range or an issue that there is not.
    """
    run = run_of({"draws": draws, "seed": seed})
    document = open_document(dossier, changes)
    central = central_arrays(document.dossier)
    drawn = draw_arrays(document.dossier, run.draws, run.seed)
    drawn = drawn if drawn.uncertain else central
    known = measured()
    wanted = _wanted(central, issues)
    together = trading_of(central)
    ktab = ktab_places(central)
    return Positions(
        issues=[
            issue_forecast(document.dossier, at, over, known, _of_all(at.name, together, ktab))
            for at, over in zip(central.issues, drawn.issues, strict=True)
            if at.name in wanted
        ],
        trading=together,
        uncertain=drawn.uncertain,
        defaults=central.defaults,
        measured_on=int(known.record["compromise"]["n"]),
        about=_about(document, run.draws if drawn.uncertain else 1, run.seed),
    )


def _wanted(arrays: Arrays, issues: Sequence[str]) -> set[str]:
    names = [issue.name for issue in arrays.issues]
    unknown = [name for name in issues if name not in names]
    if unknown:
        raise ValueError(f"there is no issue `{unknown[0]}`; there are {', '.join(names)}")
    return set(issues or names)


def _about(document: Document, draws: int, seed: int) -> Provenance:
    dossier = document.dossier
    issues = {name: issue.title or name for name, issue in dossier.issues.items()}
    return Provenance(
        title=dossier.title,
        dossier=document.name,
        dossier_sha256=document.sha256,
        changes=list(document.changes),
        seed=seed,
        draws=draws,
        protocol="positions",
        as_of=dossier.as_of,
        names=names_of(dossier) | issues,
        tier_titles={},
    )


def _of_all(issue: str, together: Trading | None, ktab: Mapping[str, float]) -> dict[str, float]:
    """What the models of several issues make of this one."""
    found = {} if together is None else {"exchange": together.after[issue]}
    return found | ({"ktab": ktab[issue]} if together is not None and issue in ktab else {})
