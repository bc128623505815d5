"""The JSON Schema of a dossier, for editors that complete and check it."""

from __future__ import annotations

from typing import Any

from summitry.dossier.schema import Dossier


def dossier_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a dossier."""
    schema = Dossier.model_json_schema()
    signal = schema["$defs"]["Signal"]["properties"]
    signal["source"] = {"anyOf": [{"type": "string"}, signal["source"]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
