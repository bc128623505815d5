"""Draws played span by span bring what they bring when all are kept, in less memory."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from summitry.analysis import streamed
from summitry.analysis.expect import expect
from summitry.analysis.pooling import delta_error, standard_error
from summitry.analysis.setup import blend_of, hits_of, prepare
from summitry.analysis.streamed import play_through, round_errors
from summitry.analysis.tally import shares
from summitry.dossier.library import bundled_path
from summitry.dossier.reader import load
from summitry.game import stream
from summitry.game.compile import compile_game
from summitry.game.stream import game_between, open_stream

STARTER = bundled_path("starter")


def told(**options) -> str:
    return json.dumps(expect(STARTER, workers=2, **options).to_dict())


# the last span full, of one draw (its ghost is draw 0), and cut
@pytest.mark.parametrize("draws", [2 * 4096, 4097, 6000])
def test_the_same_bytes_kept_or_streamed(draws, monkeypatch):
    in_spans = told(draws=draws)
    monkeypatch.setattr(streamed, "SPAN", draws)
    assert told(draws=draws) == in_spans


def test_a_span_holds_the_rows_of_the_whole():
    dossier, asked = load("hanoi-2019").dossier, {"draws": 5000, "seed": 7, "rounds": (0, 1)}
    whole, opened = compile_game(dossier, **asked), open_stream(dossier, **asked)
    for first, stop in ((0, 3), (1000, 2100), (4096, 5000)):
        part = game_between(opened, first, stop)
        rows = [(part.setting, whole.setting), (part.ghosts, whole.ghosts)]
        rows += [(part.stakes(s), whole.stakes(s)) for s in range(len(whole.strata))]
        for few, all_ in rows:
            for one, other in zip(few, all_, strict=True):
                np.testing.assert_array_equal(one, other[first:stop])
        np.testing.assert_array_equal(part.beliefs.deviation, whole.beliefs.deviation)


def test_counts_give_the_errors_that_the_draws_give():
    played, setup = play_through("hanoi-2019", {"draws": 40}), prepare("hanoi-2019", {"draws": 40})
    for t in range(3):
        hits, blend = hits_of(setup, t), blend_of(setup, t)
        model, pooled = round_errors(played, t)
        np.testing.assert_allclose(shares(played.counted, setup.weights, t), hits.mean(axis=0))
        np.testing.assert_allclose(model, standard_error(hits), atol=1e-12)
        if blend.classes:
            seen = hits.mean(axis=0) > 0
            expected = delta_error(hits, blend.pooled)
            np.testing.assert_allclose(pooled[seen], expected[seen], atol=1e-12)


def test_memory_does_not_grow_with_the_draws(monkeypatch):
    for module in (stream, streamed):
        monkeypatch.setattr(module, "SPAN", 512)
    monkeypatch.setattr(streamed, "LEADING", 1024)
    play_through(STARTER, {"draws": 1025}, survey=False)

    def peak(draws: int) -> int:
        tracemalloc.start()
        play_through(STARTER, {"draws": draws}, survey=False)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(20 * 512) < 1.1 * peak(4 * 512)


def test_a_package_that_no_leading_draw_agrees_on_is_told_without_steps(monkeypatch):
    for module in (stream, streamed):
        monkeypatch.setattr(module, "SPAN", 64)
    monkeypatch.setattr(streamed, "LEADING", 64)
    packages = expect(STARTER, draws=20 * 64).packages
    assert any(not package.first_steps for package in packages)
    assert packages[0].first_steps


def test_draws_until_an_error_are_those_of_a_plain_run():
    seen = []
    found = expect(
        STARTER, draws=512, until_error=0.005, running=lambda *so_far: seen.append(so_far)
    )
    errors = [e for r in found.rounds for e in r.standard_error["pooled"].values()]
    assert max(errors) <= 0.005
    assert found.draws > 512
    assert seen[-1] == (found.draws, max(errors))
    plain = expect(STARTER, draws=found.draws).to_dict()
    assert found.to_dict() == {**plain, "until_error": 0.005}
    loose = expect(STARTER, draws=512, until_error=0.2)
    assert loose.draws == 512


@pytest.mark.parametrize("error, message", [(1e-7, "at most 1,000,000,000"), (0.0, "above 0")])
def test_an_error_that_cannot_be_reached_is_refused(error, message):
    with pytest.raises(ValueError, match=message):
        expect(STARTER, draws=64, until_error=error)
