"""The JSON Schema of a dossier, for editors that complete and check it."""

from __future__ import annotations

from typing import Any

from summitry.dossier.schema import Dossier


def dossier_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a dossier."""
    schema = Dossier.model_json_schema()
    _accept_single_ids(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _accept_single_ids(schema: Any) -> None:
    """Where a list of ids is expected one id alone will do, as the reader accepts it."""
    for part in [schema, *schema.get("$defs", {}).values()]:
        for name, field in part.get("properties", {}).items():
            if field.get("type") == "array" and field.get("items", {}).get("pattern"):
                default = {"default": field["default"]} if "default" in field else {}
                single = dict(field["items"])
                listed = {key: value for key, value in field.items() if key != "default"}
                part["properties"][name] = {"anyOf": [single, listed], **default}
            if name == "source":
                part["properties"][name] = {"anyOf": [{"type": "string"}, field]}
