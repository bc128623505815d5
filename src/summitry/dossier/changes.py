"""Changing single numbers of a dossier for one run: `PATH=VALUE`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.source_text import Tree, read_tree


def apply_changes(tree: Tree, changes: Sequence[str]) -> None:
    """Set each `PATH=VALUE` in the tree; where a number has a note only its value is replaced.

    A path is keys joined by dots; an item of a list is named by its index or its id.
    Raises DossierError naming the change and the nearest part that exists.
    """
    for change in changes:
        path, separator, text = change.partition("=")
        if not separator or not path.strip() or not text.strip():
            raise _wrong(change, "write PATH=VALUE, for example --set trust.usa=0.6")
        _set(tree, change, path.strip().split("."), _value(change, text))


def _wrong(change: str, message: str) -> DossierError:
    return DossierError([Problem(f"--set {change}", 0, 0, message)])


def _value(change: str, text: str) -> Any:
    try:
        tree = read_tree(f"value: {text}", "value")
    except DossierError:
        raise _wrong(change, f"`{text}` is no number, range or text") from None
    return tree.data.get("value")


def _set(tree: Tree, change: str, keys: list[str], value: Any) -> None:
    spot: Any = tree.data
    path: list[str | int] = []
    for at, key in enumerate(keys[:-1]):
        step = _step(spot, key)
        if step is None:
            is_section = at == 0 and len(keys) == 2
            is_party = at == 1 and len(keys) == 3 and keys[0] == "values"
            if isinstance(spot, dict) and (is_section or is_party):
                step = key
                spot[key] = {}
                tree.changed[(*path, key)] = f"--set {change}"
            else:
                raise _missing(change, spot, key)
        path.append(step)
        spot = spot[step]
    last = _step(spot, keys[-1])
    if last is None:
        if not isinstance(spot, dict):
            raise _missing(change, spot, keys[-1])
        last = keys[-1]
    path.append(last)
    old = spot.get(last) if isinstance(spot, dict) else spot[last]
    if isinstance(old, dict) and "value" in old and not isinstance(value, dict):
        old["value"] = value
    else:
        spot[last] = value
    tree.places.pop(tuple(path), None)
    tree.changed[tuple(path)] = f"--set {change}"


def _step(spot: Any, key: str) -> str | int | None:
    """The key or index of an existing part."""
    if isinstance(spot, dict):
        return next((k for k in spot if str(k) == key), None)
    if isinstance(spot, list):
        if key.isdigit() and int(key) < len(spot):
            return int(key)
        ids = [item.get("id") if isinstance(item, dict) else None for item in spot]
        return ids.index(key) if key in ids else None
    return None


def _missing(change: str, spot: Any, key: str) -> DossierError:
    if isinstance(spot, dict):
        names = [str(name) for name in spot]
    elif isinstance(spot, list):
        names = [str(item.get("id", k)) for k, item in enumerate(spot) if isinstance(item, dict)]
    else:
        return _wrong(change, f"`{key}` would stand inside a single value; shorten the path")
    close = difflib.get_close_matches(key, names, 1, 0.4)
    hint = f"nearest: `{close[0]}`" if close else f"there are {', '.join(names[:12])}"
    return _wrong(change, f"no `{key}` here; {hint}")
