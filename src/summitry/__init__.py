"""Summitry: what is to be expected of a negotiation, why, and what would change it.

import summitry
forecast = summitry.expect("hanoi-2019")
forecast.rounds[0].pooled
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "CannotAnswer": "summitry.dossier.errors",
    "Document": "summitry.dossier.reader",
    "DossierError": "summitry.dossier.errors",
    "Forecast": "summitry.analysis.forecast",
    "SummitryError": "summitry.dossier.errors",
    "backtest_deals": "summitry.analysis.human_deals.backtest",
    "backtest_positions": "summitry.analysis.positions.backtest",
    "check": "summitry.dossier.reader",
    "classes": "summitry.formats.classes",
    "compare": "summitry.analysis.compare",
    "deals": "summitry.analysis.deals",
    "divide": "summitry.analysis.adjusted_winner",
    "expect": "summitry.analysis.expect",
    "import_file": "summitry.formats.importing",
    "levers": "summitry.analysis.levers",
    "load": "summitry.dossier.reader",
    "obstacles": "summitry.analysis.obstacles",
    "positions": "summitry.analysis.positions.answer",
    "record": "summitry.ledger.record",
    "record_sweep": "summitry.engine.recording",
    "resolve": "summitry.ledger.resolve",
    "roadmap": "summitry.analysis.roadmap",
    "score": "summitry.ledger.score",
    "signals": "summitry.formats.signals",
    "stability": "summitry.analysis.stability",
    "sweep": "summitry.engine.sweep",
    "timeline": "summitry.analysis.timeline",
    "verify": "summitry.ledger.verify",
    "what_if": "summitry.analysis.what_if",
}
__all__ = [*sorted(_PUBLIC), "__version__"]

if TYPE_CHECKING:
    from summitry.analysis.adjusted_winner import divide
    from summitry.analysis.compare import compare
    from summitry.analysis.deals import deals
    from summitry.analysis.expect import expect
    from summitry.analysis.forecast import Forecast
    from summitry.analysis.human_deals.backtest import backtest_deals
    from summitry.analysis.levers import levers
    from summitry.analysis.obstacles import obstacles
    from summitry.analysis.positions.answer import positions
    from summitry.analysis.positions.backtest import backtest_positions
    from summitry.analysis.roadmap import roadmap
    from summitry.analysis.stability import stability
    from summitry.analysis.timeline import timeline
    from summitry.analysis.what_if import what_if
    from summitry.dossier.errors import CannotAnswer, DossierError, SummitryError
    from summitry.dossier.reader import Document, check, load
    from summitry.engine.recording import record_sweep
    from summitry.engine.sweep import sweep
    from summitry.formats.classes import classes
    from summitry.formats.importing import import_file
    from summitry.formats.signals import signals
    from summitry.ledger.record import record
    from summitry.ledger.resolve import resolve
    from summitry.ledger.score import score
    from summitry.ledger.verify import verify


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first asked for."""
    if name not in _PUBLIC:
        raise AttributeError(f"module `summitry` has no attribute `{name}`")
    return getattr(importlib.import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
