"""A scenario as the text of a dossier."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from summitry.formats.scenario import Scale, Scenario, Stand

LONGEST_ID = 40
SOURCE = "file"


def dossier_text(scenario: Scenario, file: str, kind: str, notes: Iterable[str]) -> str:
    """The dossier: parties, power and issues, with the file as the source of each number.

    Ids are made of the file's names, which stay as names and titles.
    """
    ids = ids_of(scenario.actors)
    source = {"title": file, "note": ". ".join([kind, *(r.rstrip(". ") for r in scenario.remarks)])}
    parties = CommentedMap()
    for key, actor in scenario.actors.items():
        parties[ids[key]] = _flow({"name": actor.name, "note": actor.note})
    power = CommentedMap((ids[key], _number(a.power)) for key, a in scenario.actors.items())
    issues = CommentedMap()
    for key, name in ids_of(scenario.issues).items():
        issues[name] = _issue(scenario.issues[key], ids)
    told = CommentedMap(title=scenario.title)
    told["sources"] = CommentedMap({SOURCE: _flow(source)})
    told |= {"parties": parties, "power": power, "issues": issues}
    told.yaml_set_start_comment("\n".join([f"Imported from {file} ({kind}).", *notes]))
    told.yaml_set_comment_before_after_key(
        "power", before=f"\nPower, positions and saliences are in the units of {file}."
    )
    yaml = YAML()
    yaml.width = 10_000
    out = io.StringIO()
    yaml.dump(told, out)
    return out.getvalue()


def _issue(scale: Scale, ids: Mapping[str, str]) -> CommentedMap:
    stands = CommentedMap((ids[key], _stand(stand)) for key, stand in scale.stands.items())
    labels = sorted(scale.labels.items())
    told = CommentedMap(title=scale.title)
    if scale.note:
        told["note"] = scale.note
    told["because"] = SOURCE
    told["scale"] = CommentedMap(
        (_number(place), meaning or _place(k, len(labels)))
        for k, (place, meaning) in enumerate(labels)
    )
    told["positions"] = stands
    return told


def _stand(stand: Stand) -> CommentedMap:
    return _flow({"position": _number(stand.position), "salience": _number(stand.salience)})


def _place(k: int, number: int) -> str:
    """What to call a place on the scale that the file gives no meaning."""
    return "lower end" if k == 0 else "upper end" if k == number - 1 else "not named"


def _flow(told: Mapping[str, Any]) -> CommentedMap:
    """A mapping on one line, without what is None."""
    kept = CommentedMap((key, value) for key, value in told.items() if value is not None)
    kept.fa.set_flow_style()
    return kept


def _number(value: float) -> int | float:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def ids_of(names: Iterable[str]) -> dict[str, str]:
    """An id for each name: its letters without accents and its digits, made unlike the others."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:LONGEST_ID].strip("-") or "x"
        number = 1
        ids[name] = base
        while ids[name] in taken:
            number += 1
            ids[name] = f"{base}-{number}"
        taken.add(ids[name])
    return ids
