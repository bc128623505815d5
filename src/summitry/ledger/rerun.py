"""Making a forecast again from what is kept, and telling precisely what differs."""

from __future__ import annotations

import datetime as dt
import json
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from summitry import __version__
from summitry.analysis.setup import Options, open_document
from summitry.dossier.errors import SummitryError
from summitry.ledger.making import Made, make, play

SAME = 1e-9  # other processors round the last digits otherwise
MOST = 8  # differences told of one entry
REMADE = ("title", "as_of", "round", "dossier", "inputs", "excluded", "options", "outcomes", "probabilities",
          "reference", "question")  # fmt: skip


def rerun(body: Mapping[str, Any], fetch: Callable[[str], bytes]) -> list[str]:
    """What differs when an entry's forecast is made again from its stored inputs; nothing: []."""
    with tempfile.TemporaryDirectory(prefix="summitry-") as folder:
        try:
            made = _again(body, fetch, Path(folder))
        except (SummitryError, ValueError, OSError) as error:
            return [f"it cannot be made again: {error}"]
        except (KeyError, TypeError) as error:
            return [f"it cannot be made again: the entry is not as entries are ({error})"]
    recorded = {key: body.get(key) for key in REMADE}
    found = [*differences(recorded, {key: made.body[key] for key in REMADE})]
    again = json.loads(made.forecast)
    try:
        whole = dict(json.loads(fetch(str(body["forecast"]))))
        ours = whole.pop("version"), again.pop("version")
    except (ValueError, TypeError, KeyError, RecursionError):
        return [*found[:MOST], "forecast: what is kept is no forecast"]
    found += [*differences(whole, again, "forecast")]
    more = [f"and {len(found) - MOST} more differences"] * (len(found) > MOST)
    if found and ours[0] != ours[1]:
        found.insert(0, f"it was made by version {ours[0]}, and again by {__version__}")
    return [*found[:MOST], *more]


def _again(body: Mapping[str, Any], fetch: Callable[[str], bytes], folder: Path) -> Made:
    for one in body["inputs"]:
        path = (folder / one["name"]).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ValueError(f"the file `{one['name']}` lies outside the dossier's folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fetch(one["sha256"]))
    given = body["options"]
    options: Options = {
        "as_of": dt.date.fromisoformat(body["as_of"]),
        **{key: given[key] for key in ("seed", "draws", "protocol", "round", "without")},  # type: ignore[typeddict-item]
    }
    document = open_document(folder / body["dossier"]["name"], given["changes"])
    return make(play(document, options), options)


def differences(recorded: Any, again: Any, place: str = "") -> Iterator[str]:
    """Every place at which two pieces of plain data differ, with what stands there."""
    if isinstance(recorded, dict) and isinstance(again, dict):
        for key in sorted(recorded.keys() | again.keys()):
            inner = f"{place}.{key}" if place else key
            yield from differences(recorded.get(key), again.get(key), inner)
    elif isinstance(recorded, list) and isinstance(again, list) and len(recorded) == len(again):
        for k, pair in enumerate(zip(recorded, again, strict=True)):
            yield from differences(*pair, f"{place}[{k}]")
    elif not _same(recorded, again):
        yield f"{place}: recorded {_short(recorded)}, now {_short(again)}"


def _same(a: Any, b: Any) -> bool:
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (a, b))
    return math.isclose(a, b, rel_tol=SAME, abs_tol=SAME) if numbers else bool(a == b)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
