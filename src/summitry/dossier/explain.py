"""What the schema refused, in the words of a dossier's author."""

from __future__ import annotations

import datetime as dt
import types
import typing
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from summitry.dossier import gone
from summitry.dossier.errors import Problem
from summitry.dossier.names import nearest
from summitry.dossier.records import quoted
from summitry.dossier.schema import Dossier
from summitry.dossier.source_text import KEY, Path_, Tree

MOST_TOLD = 500


def explain(error: ValidationError, tree: Tree) -> list[Problem]:
    """One located problem for each error of the schema, up to 500."""
    return [_explain(details, tree) for details in error.errors(include_url=False)[:MOST_TOLD]]


def _explain(details: ErrorDetails, tree: Tree) -> Problem:
    path = walk(details["loc"], tree.data)
    kind, given = details["type"], details["input"]
    name = str(details["loc"][-1])
    if kind == "extra_forbidden" and path in gone.KEYS:
        return tree.problem((*path, KEY), gone.KEYS[path])
    if kind == "literal_error" and (path, str(given)) in gone.WORDS:
        return tree.problem(path, gone.WORDS[path, str(given)])
    if kind == "extra_forbidden":
        return tree.problem(
            (*path, KEY), f"unknown key `{name}`{nearest(name, _keys_at(path[:-1]))}"
        )
    if kind == "missing":
        return tree.problem(path, f"`{name}` is missing{_where(path)}")
    if kind == "literal_error":
        names = [w.strip(" '") for w in details["ctx"]["expected"].replace(" or ", ",").split(",")]
        return tree.problem(path, f"`{given}` is not known here{nearest(given, names)}")
    if kind == "string_pattern_mismatch":
        return tree.problem(path, f"`{given}` is no id; ids are letters, digits, `_` and `-`")
    if kind == "value_error":
        return tree.problem(path, details["msg"].removeprefix("Value error, "))
    if kind == "string_type" and isinstance(given, bool | int | float | dt.date):
        return tree.problem(path, f"a text is needed here: {quoted(given)}")
    return tree.problem(path, f"{_expected(kind, details)}, not {_shown(given)}")


def _where(path: Path_) -> str:
    return f" in `{'.'.join(str(part) for part in path)}`" if path else ""


def _expected(kind: str, details: ErrorDetails) -> str:
    known = {
        "string_type": "a text is needed here",
        "dict_type": "a mapping `key: value` is needed here",
        "model_type": "a mapping `key: value` is needed here",
        "model_attributes_type": "a mapping `key: value` is needed here",
        "list_type": "a list is needed here",
        "date_type": "a date such as 2019-02-10 is needed here",
        "bool_type": "true or false is needed here",
        "int_type": "a whole number is needed here",
        "float_type": "a number is needed here",
        "too_short": "at least {min_length} needed here",
        "greater_than_equal": "at least {ge:g} is needed here",
        "greater_than": "more than {gt:g} is needed here",
        "less_than_equal": "at most {le:g} is possible here",
    }
    return known.get(kind, details["msg"]).format(**details.get("ctx", {}))


def _shown(given: Any) -> str:
    text = "nothing" if given is None else f"`{given}`"
    return text if len(text) <= 60 else text[:57] + "...`"


def walk(loc: tuple[int | str, ...], data: Any) -> Path_:
    """The part of an error's place that stands in the file; the schema's own steps go."""
    path: list[str | int] = []
    for step in loc:
        if isinstance(data, dict):
            found = next((key for key in data if str(key) == str(step)), None)
            if found is None:
                continue
            path.append(found)
            data = data[found]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            path.append(step)
            data = data[step]
    return tuple(path)


def _keys_at(path: Path_) -> list[str]:
    """The keys that the schema knows at a place."""
    models: list[Any] = [Dossier]
    for step in path:
        following: list[Any] = []
        for model in models:
            if isinstance(model, type) and issubclass(model, BaseModel):
                found = model.model_fields.get(str(step))
                following += _inside(found.annotation) if found else []
            else:
                following += _inside(model)
        models = following
    return [
        name
        for model in models
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name in model.model_fields
    ]


def _inside(annotation: Any) -> list[Any]:
    """What an annotation holds: the items of a list, the values of a mapping, all of a union."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is typing.Annotated:
        return _inside(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return [inner for argument in arguments for inner in _inside(argument)]
    if origin in (list, dict):
        return [_Holds(arguments[-1])]
    if isinstance(annotation, _Holds):
        return _inside(annotation.of)
    return [annotation]


class _Holds:
    """A list or mapping, one step above its items."""

    def __init__(self, of: Any) -> None:
        self.of = of
