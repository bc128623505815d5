"""A forecast as an entry holds it: made from a dossier the first time, or again from what is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from summitry import __version__
from summitry.analysis.assemble import assemble
from summitry.analysis.forecast import Forecast
from summitry.analysis.setup import Options, Setup
from summitry.analysis.streamed import Played, play_through
from summitry.dossier.reader import Document
from summitry.ledger.canonical import canonical, fingerprint
from summitry.ledger.leaks import excluded
from summitry.ledger.question import question_of, round_of


@dataclass(frozen=True)
class Made:
    """A forecast ready for the record: what the entry says, and the contents it names."""

    setup: Setup
    body: dict[str, Any]
    question: bytes
    forecast: bytes


def play(document: Document, options: Options) -> Played:
    """The dossier's game played, for a document that is loaded with its changes."""
    rest = options.copy()
    rest["changes"] = ()
    return play_through(document, rest)


def make(played: Played, options: Options) -> Made:
    """The forecast of what was played, as an entry holds it."""
    setup = played.setup
    forecast = replace(assemble(played), dossier=setup.document.path.name)
    question = canonical(question_of(setup.dossier, setup.question))
    full = canonical(forecast.to_dict())
    named = {"question": fingerprint(question), "forecast": fingerprint(full)}
    return Made(setup, _body(setup, forecast, options) | named, question, full)


def _body(setup: Setup, forecast: Forecast, options: Options) -> dict[str, Any]:
    expected = forecast.rounds[forecast.round]
    document, cut_off = setup.document, setup.question.as_of
    assert cut_off is not None
    return {
        "kind": "forecast",
        "title": setup.dossier.title,
        "as_of": str(cut_off),
        "round": str(round_of(setup.dossier, setup.question).date),
        "version": __version__,
        "dossier": {"name": document.path.name, "sha256": document.sha256},
        "inputs": [{"name": name, "sha256": fingerprint(data)} for name, data in document.files],
        "excluded": excluded(setup.dossier, cut_off),
        "options": {
            "seed": setup.run.seed,
            "draws": setup.run.draws,
            "protocol": options.get("protocol"),
            "round": options.get("round"),
            "changes": list(document.changes),
            "without": list(setup.without),
        },
        "outcomes": list(setup.tiers),
        "probabilities": dict(expected.pooled),
        "reference": dict(expected.classes) if expected.classes else None,
    }
