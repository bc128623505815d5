"""The JSON Schema of a forecast as `to_dict` gives it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from summitry.analysis.forecast import SCHEMA, Forecast


def forecast_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `Forecast.to_dict()`."""
    schema = TypeAdapter(Forecast).json_schema(mode="serialization")
    schema["properties"]["schema"] = {"const": SCHEMA}
    schema["required"] = [*schema.get("required", []), "schema"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
