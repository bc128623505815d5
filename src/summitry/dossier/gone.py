"""Keys and words of earlier dossiers that are gone, and what took their place."""

from __future__ import annotations

from summitry.dossier.source_text import Path_

KEYS: dict[Path_, str] = {
    ("initiative",): (
        "`initiative` is gone: nobody makes the single offer any more; write under `firmness` how much "
        "a party holds out for and under `bargaining_power` how large its share is, or leave it out"
    ),
}
WORDS: dict[tuple[Path_, str], str] = {
    (("protocol",), "offers"): (
        "the protocol `offers` is gone: the parties talk tier by tier, each holding out for a share of "
        "what it could get; write `aspirations`, or leave `protocol` out"
    ),
}
