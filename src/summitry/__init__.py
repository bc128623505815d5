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
    "check": "summitry.dossier.reader",
    "classes": "summitry.formats.classes",
    "expect": "summitry.analysis.expect",
    "load": "summitry.dossier.reader",
    "record": "summitry.ledger.record",
    "resolve": "summitry.ledger.resolve",
    "score": "summitry.ledger.score",
    "signals": "summitry.formats.signals",
    "verify": "summitry.ledger.verify",
}
__all__ = [*sorted(_PUBLIC), "__version__"]

if TYPE_CHECKING:
    from summitry.analysis.expect import expect
    from summitry.analysis.forecast import Forecast
    from summitry.analysis.human_deals.backtest import backtest_deals
    from summitry.dossier.errors import CannotAnswer, DossierError, SummitryError
    from summitry.dossier.reader import Document, check, load
    from summitry.formats.classes import classes
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
