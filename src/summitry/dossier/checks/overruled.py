"""Numbers of a party that count nowhere, for all its types have their own."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.dossier.errors import Problem
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import Path_, Tree

OF_A_PARTY = ("no_agreement", "trust", "honesty", "firmness", "breach_cost", "delay_cost")


def check_overruled(dossier: Dossier, tree: Tree) -> Iterator[Problem]:
    """A mistake where it was changed for this run, a note where it was written and no `note` says why."""
    for path, note in _overruled(dossier):
        party, asked = path[1], path[0] if path[0] != "values" else f"values.{path[2]}"
        own = ", ".join(f"`types.{party}.{kind}.{asked}`" for kind in dossier.types[str(party)])
        message = f"this counts nowhere: all types of {party} have their own, {own}"
        if path in tree.changed:
            yield tree.problem(path, f"{message}; change those")
        elif not note:
            yield tree.problem(path, f"{message}; a `note` says that it is meant so", is_note=True)


def _overruled(dossier: Dossier) -> Iterator[tuple[Path_, str | None]]:
    for party, kinds in dossier.types.items():
        if not kinds or party not in dossier.parties:
            continue
        for section in OF_A_PARTY:
            number = getattr(dossier, section).get(party)
            if number and all(getattr(kind, section) is not None for kind in kinds.values()):
                yield (section, party), number.note
        for commitment, number in dossier.values.get(party, {}).items():
            if all(commitment in kind.values for kind in kinds.values()):
                yield ("values", party, commitment), number.note
