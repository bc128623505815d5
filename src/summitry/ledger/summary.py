"""The little of an entry that lists and scores need, kept beside it so that they need not read all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEYS = {
    "forecast": ("created", "title", "as_of", "round", "outcomes", "supersedes"),
    "rival": ("created", "by", "date", "outcomes", "tiers", "probability", "supersedes"),
    "resolution": ("created", "author", "tier", "date", "supersedes"),
}
LISTED = ("probabilities", "reference")  # in the order of the outcomes, without their names


def summary_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Those parts of an entry's body that its kind is listed and scored by."""
    told = {key: body[key] for key in KEYS[body["kind"]] if body.get(key) not in (None, [])}
    for key in LISTED:
        if body.get(key):
            told[key] = [body[key][tier] for tier in body["outcomes"]]
    return told
