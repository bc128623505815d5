"""What is to be expected: from a dossier to a forecast with reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from summitry.analysis.assemble import assemble
from summitry.analysis.forecast import Forecast
from summitry.analysis.setup import Options, prepare
from summitry.dossier.reader import Document


def expect(dossier: str | Path | Document, **options: Unpack[Options]) -> Forecast:
    """The forecast of a dossier: each tier's probability by each round, with the reasons.

    `dossier` is a bundled name, a path or a loaded document; the options are those of
    `Options`: draws, seed, protocol, as_of, round, changes, workers, progress. The same
    seed gives the same forecast on any number of `workers`.

    Raises DossierError for mistakes in the dossier, CannotAnswer where a section is
    missing or no round is left, ValueError for options out of range.
    """
    return assemble(prepare(dossier, options))
