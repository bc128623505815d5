"""The little of an entry that lists and scores need, kept beside it so that they need not read all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEYS = {
    "forecast": ("created", "author", "title", "as_of", "probabilities", "reference", "supersedes"),
    "rival": ("created", "author", "by", "date", "probabilities", "tiers", "probability",
              "supersedes"),
    "resolution": ("created", "author", "tier", "date", "supersedes"),
}  # fmt: skip


def summary_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Those parts of an entry's body that its kind is listed and scored by."""
    return {key: body[key] for key in KEYS[body["kind"]] if body.get(key) is not None}
