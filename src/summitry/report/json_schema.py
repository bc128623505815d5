"""The JSON Schemas of the answers as their `to_dict` gives them."""

from __future__ import annotations

import importlib
from typing import Any

from pydantic import TypeAdapter

ANSWERS = {
    "forecast": "summitry.analysis.forecast:Forecast",
    "deals": "summitry.analysis.deals:Deals",
    "division": "summitry.analysis.adjusted_winner:Division",
    "roadmap": "summitry.analysis.roadmap:Roadmap",
    "obstacles": "summitry.analysis.obstacles:Obstacles",
    "what-if": "summitry.analysis.what_if:FirstAnswer",
    "levers": "summitry.analysis.levers:Levers",
    "timeline": "summitry.analysis.timeline:Timeline",
    "compare": "summitry.analysis.compare:Comparison",
    "positions": "summitry.analysis.positions.answer:Positions",
    "backtest-positions": "summitry.analysis.positions.backtest:Backtest",
    "stability": "summitry.analysis.stability:Stability",
    "score": "summitry.ledger.scores:Scores",
    "sweep": "summitry.engine.sweep:Sweep",
    "classes": "summitry.analysis.reference_classes:ReferenceClasses",
    "signals": "summitry.analysis.event_signals:EventSignals",
    "backtest-deals": "summitry.analysis.human_deals.backtest:DealsBacktest",
}


def answer_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an answer's `to_dict()`; `name` is a key of ANSWERS."""
    module, record = ANSWERS[name].split(":")
    holder = importlib.import_module(module)
    schema = TypeAdapter(getattr(holder, record)).json_schema(mode="serialization")
    schema["properties"]["schema"] = {"const": schema["properties"]["schema"]["default"]}
    schema["required"] = [*schema.get("required", []), "schema"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_nullable(schema)}


def _nullable(schema: Any) -> Any:
    """The same where a number may be null: `to_dict` writes what is infinite or unknown so."""
    if isinstance(schema, list):
        return [_nullable(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "number":
        return {**schema, "type": ["number", "null"]}
    return {key: _nullable(value) for key, value in schema.items()}
