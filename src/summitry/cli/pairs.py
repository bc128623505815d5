"""`NAME=VALUE` as options take it."""

from __future__ import annotations

from collections.abc import Sequence

import click


def pairs(option: str, texts: Sequence[str], example: str) -> dict[str, str]:
    """The texts cut at their first `=`. Raises click.UsageError for another form or a name twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (sign and name and value):
            raise click.UsageError(f"write {option} {example}, not `{text}`")
        if name in found:
            raise click.UsageError(f"{option} {name}= is given twice; join them")
        found[name] = value
    return found


def listed(text: str, sign: str) -> list[str]:
    """The parts of a text between the signs, without those that are empty."""
    return [part.strip() for part in text.split(sign) if part.strip()]
