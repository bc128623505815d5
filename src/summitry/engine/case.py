"""One case of a plan: a forecast as rows, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from summitry.engine.plan import Case

Row = dict[str, Any]

_last: dict[Any, Any] = {}


def run_cases(cases: Sequence[Case]) -> list[Row]:
    """The rows of some cases; one that fails gives a single row with the reason."""
    return [row for case in cases for row in attempt(case, _rows)]


def attempt(case: Case, rows: Callable[[Case], list[Row]]) -> list[Row]:
    """The rows of a case, or the one that says why there are none."""
    try:
        return rows(case)
    except Exception as error:
        from summitry.dossier.errors import SummitryError

        known = isinstance(error, SummitryError | ValueError | OSError)
        reason = str(error) if known else f"internal error: {type(error).__name__}: {error}"
        return failed(case, reason)


def failed(case: Case, reason: str) -> list[Row]:
    """The row of a case without a forecast."""
    return [row_of(case, failed=reason)]


def _rows(case: Case) -> list[Row]:
    """A row for each round and tier of a case's forecast."""
    from summitry.analysis.assemble import round_forecasts

    document = document_of(case)
    played = _played(case, document)
    question = played.setup.question
    rows = []
    for t, told in enumerate(round_forecasts(played, analysts=False)):
        for tier in played.setup.tiers:
            least = told.at_least.get(tier)
            rows.append(
                row_of(
                    case,
                    dossier_sha256=document.sha256,
                    as_of=question.as_of and question.as_of.isoformat(),
                    round=t,
                    date=told.date and told.date.isoformat(),
                    title=told.title,
                    tier=tier,
                    pooled=told.pooled[tier],
                    model=told.model[tier],
                    classes=told.classes[tier] if told.classes else None,
                    standard_error=told.standard_error["pooled"][tier],
                    at_least=least and least.pooled,
                    in_force=least and least.in_force,
                    carried_out=least and least.carried_out,
                )
            )
    return rows


def _played(case: Case, document: Any) -> Any:
    """The draws of a case; those of the last one, weighed anew, where only the date differs."""
    from summitry.analysis.setup import Options, open_question
    from summitry.analysis.streamed import on_another_date, play_through

    options = Options(draws=case.draws, seed=case.seed, as_of=case.as_of, workers=1)
    question = open_question(document, options)[1]
    key = (case.source, case.setting, case.draws, case.seed, question.rounds)
    played = _last.get(key)
    if played is not None:
        return on_another_date(played, question)
    _last.clear()
    played = play_through(document, options, survey=False)
    _last[key] = played
    return played


def document_of(case: Case) -> Any:
    """The dossier of a case, with its changes."""
    return _document(case.source.at, case.setting.changes)


@lru_cache(maxsize=8)
def _document(at: str, changes: tuple[str, ...]) -> Any:
    """A dossier with changes, read once for the cases that share it."""
    from summitry.dossier.reader import load

    return load(at, changes)


def row_of(case: Case, **found: Any) -> Row:
    """A row with all columns, in their order."""
    said = {
        "case": case.number,
        "dossier": case.source.name,
        "dossier_sha256": None,
        "setting": case.setting.name,
        "changes": "; ".join(case.setting.changes),
        "as_of": case.as_of and case.as_of.isoformat(),
        "draws": case.draws,
        "seed": case.seed,
        "round": None,
        "date": None,
        "title": None,
        "tier": None,
        "pooled": None,
        "model": None,
        "classes": None,
        "standard_error": None,
        "at_least": None,
        "in_force": None,
        "carried_out": None,
        "failed": None,
    }
    return {**said, **found}
