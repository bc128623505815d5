"""The JSON Schema accepts the bundled dossiers as they are written, and little else."""

from __future__ import annotations

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from summitry.dossier.json_schema import dossier_schema
from summitry.dossier.library import bundled_names, bundled_path
from summitry.dossier.source_text import read_tree

VALIDATOR = Draft202012Validator(dossier_schema())


def written(name: str) -> dict:
    """The YAML as an editor sees it: dates are texts."""
    data = read_tree(bundled_path(name).read_text(encoding="utf-8"), name).data
    return json.loads(json.dumps(data, default=str))


def test_it_is_a_schema():
    Draft202012Validator.check_schema(dossier_schema())


@pytest.mark.parametrize("name", ["starter", *bundled_names()])
def test_bundled_dossiers_are_valid(name):
    assert [error.message for error in VALIDATOR.iter_errors(written(name))] == []


DAMAGED = {
    "unknown key": lambda d: d.update(trsut={}),
    "unknown key inside": lambda d: d["parties"]["upland"].update(rank=1),
    "no title": lambda d: d.pop("title"),
    "kind": lambda d: d["commitments"]["data"].update(kind="deed"),
    "share": lambda d: d.update(knowledge={"value": [1]}),
    "range for a fixed number": lambda d: d.update(correlation="0.1 to 0.3"),
    "signal": lambda d: d["signals"].append({"file": "x.csv", "party": "upland"}),
    "id": lambda d: d["commitments"]["data"].update(by="up land"),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damage_is_found(damage):
    data = copy.deepcopy(written("starter"))
    damage(data)
    assert not VALIDATOR.is_valid(data)
