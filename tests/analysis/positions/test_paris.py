"""The bundled Paris dossier, end to end: what its page in docs/cases says is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summitry import positions

PAGE = Path(__file__).parents[3] / "docs" / "cases" / "paris-2015.md"


@pytest.fixture(scope="module")
def paris():
    return positions("paris-2015")


def test_the_errors_told_are_those_found(paris):
    told = re.search(
        r"prints ([\d.]+), ([\d.]+), ([\d.]+) and ([\d.]+), and (\d+) and (\d+)", PAGE.read_text()
    )
    assert told
    for model, error in zip(
        ("summitry", "compromise", "pce-markov", "exchange"), told.groups(), strict=False
    ):
        places = [next(m.place for m in i.models if m.model == model) for i in paris.issues]
        misses = [abs(p - i.resolution) for p, i in zip(places, paris.issues, strict=True)]
        assert f"{sum(misses) / 13:.1f}" == error
    for level, number in zip((90, 50), told.groups()[4:], strict=True):
        ends = [(getattr(i, f"interval_{level}"), i.resolution) for i in paris.issues]
        assert sum(low <= outcome <= high for (low, high), outcome in ends) == int(number)


def test_the_codings_told_are_those_bundled(paris):
    told = dict(re.findall(r"`([a-z0-9-]+)` ([\d.]+)(?: \(|,| \|)", PAGE.read_text()))
    assert told == {i.issue: f"{i.resolution:g}" for i in paris.issues}
