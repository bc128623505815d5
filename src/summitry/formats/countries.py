"""How files of events call a country: three letters, or a name."""

from __future__ import annotations

import csv
from functools import cache

from summitry.formats.library import FOLDER


@cache
def country_names() -> dict[str, tuple[str, ...]]:
    """The names of each country by its three letters (ISO 3166, as CAMEO has them)."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: tuple(row["names"].split(";")) for row in csv.DictReader(file)}


def labels_of(actor: str) -> frozenset[str]:
    """All that a file may call an actor that is given by code or name, in small letters."""
    word = actor.strip().casefold()
    for code, names in country_names().items():
        labels = {code.casefold(), *(name.casefold() for name in names)}
        if word in labels:
            return frozenset(labels)
    return frozenset({word})


def short_name(actor: str) -> str:
    """The three letters of a country, where it is one; else the actor as given."""
    word = actor.strip().casefold()
    for code, names in country_names().items():
        if word in {code.casefold(), *(name.casefold() for name in names)}:
            return code
    return actor.strip()


def with_name(label: str) -> str:
    """A label with the country's first name, where it is a code: PRK (North Korea)."""
    names = country_names().get(label.upper())
    return f"{label} ({names[0]})" if names else label
