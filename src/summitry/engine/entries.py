"""One case of a plan as an entry of a ledger, or the reason why it may not be one."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.engine.case import Row, attempt, document_of, row_of
from summitry.engine.plan import Case


def make_entries(cases: Sequence[Case]) -> list[Row]:
    """A row a case: what its entry says, and the contents that it names besides its files."""
    return [row for case in cases for row in attempt(case, _entry)]


def _entry(case: Case) -> list[Row]:
    from summitry.analysis.setup import Options
    from summitry.ledger.making import make, play
    from summitry.ledger.record import insist

    document = document_of(case)
    options = Options(draws=case.draws, seed=case.seed, as_of=case.as_of, workers=1)
    played = play(document, options)
    insist(played.setup)
    made = make(played, options)
    return [
        {
            **row_of(case, dossier_sha256=document.sha256),
            "body": made.body,
            "contents": [made.question.decode(), made.forecast.decode()],
        }
    ]
