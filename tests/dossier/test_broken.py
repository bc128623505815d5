"""One dossier with every kind of mistake: each is told once, at its place, in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitry.dossier.errors import DossierError
from summitry.dossier.reader import check, load

HERE = Path(__file__).parent


def test_every_mistake_is_told_once(snapshot, monkeypatch):
    monkeypatch.chdir(HERE)
    told = [str(problem) for problem in check("broken.yaml")]
    assert told == snapshot
    assert len(set(told)) == len(told)


def test_load_raises_what_check_lists(monkeypatch):
    monkeypatch.chdir(HERE)
    with pytest.raises(DossierError) as refused:
        load("broken.yaml")
    assert list(refused.value.problems) == check("broken.yaml")
    assert not any(problem.is_note for problem in refused.value.problems)
