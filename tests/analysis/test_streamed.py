"""Draws played span by span bring what they bring when all are kept, in less memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from summitry.analysis import streamed
from summitry.analysis.expect import expect
from summitry.analysis.pooling import standard_error
from summitry.analysis.setup import hits_of, influence, model_of, pooling_of, prepare
from summitry.analysis.streamed import model_errors, play_through, pooled_errors
from summitry.analysis.tally import shares
from summitry.dossier.library import bundled_path
from summitry.dossier.reader import load
from summitry.game import stream
from summitry.game.compile import compile_game

STARTER = bundled_path("starter")


# the last span full, of one draw, and cut
@pytest.mark.parametrize("draws", [2 * 512, 513, 700])
def test_the_same_numbers_kept_or_streamed(draws, monkeypatch):
    whole = expect(STARTER, draws=draws, workers=2)
    spans(monkeypatch, 512)
    parts = expect(STARTER, draws=draws, workers=2)
    assert parts.rounds == whole.rounds
    assert parts.signals == whole.signals
    for one, other in zip(parts.packages, whole.packages, strict=True):
        assert one.commitments == other.commitments
        assert one.probability == pytest.approx(other.probability)
        assert one.standard_error == pytest.approx(other.standard_error)
    for name, likely in whole.commitments.items():
        assert parts.commitments[name].carried_out == pytest.approx(likely.carried_out)


def spans(monkeypatch, size: int) -> None:
    for module in (stream, streamed):
        monkeypatch.setattr(module, "SPAN", size)


def test_a_span_holds_the_rows_of_the_whole():
    dossier, asked = load("hanoi-2019").dossier, {"seed": 7, "rounds": (0, 1)}
    whole = compile_game(dossier, draws=900, **asked)
    for first, stop in ((0, 3), (250, 610), (511, 900)):
        part = compile_game(dossier, draws=stop - first, first=first, **asked)
        rows = [(part.setting, whole.setting)]
        for s in range(len(whole.strata)):
            rows += [(part.stakes(s), whole.stakes(s)), (part.worths(s), whole.worths(s))]
        for few, all_ in rows:
            for one, other in zip(few, all_, strict=True):
                of_draws = np.ndim(other) > 0
                np.testing.assert_array_equal(one, other[first:stop] if of_draws else other)
        np.testing.assert_array_equal(part.in_force, whole.in_force[first:stop])


def test_counts_give_the_errors_that_the_draws_give():
    played, setup = play_through("hanoi-2019", {"draws": 40}), prepare("hanoi-2019", {"draws": 40})
    pooling, model = pooling_of(setup), model_of(setup)
    np.testing.assert_allclose(shares(played.counted, setup.weights), model)
    own, pooled = model_errors(played, model), pooled_errors(played, model).exactly
    for t in range(3):
        hits, moved = hits_of(setup, t), influence(setup, pooling, t)
        np.testing.assert_allclose(own[t], standard_error(hits), atol=1e-12)
        seen = hits.mean(axis=0) > 0
        expected = moved.std(axis=0, ddof=1) / np.sqrt(len(moved))
        np.testing.assert_allclose(pooled[t][seen], expected[seen], atol=1e-9)


def test_memory_does_not_grow_with_the_draws(monkeypatch):
    spans(monkeypatch, 512)
    play_through(STARTER, {"draws": 1025}, survey=False)

    def peak(draws: int) -> int:
        tracemalloc.start()
        play_through(STARTER, {"draws": draws}, survey=False)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(20 * 512) < 1.1 * peak(4 * 512)


def test_a_package_that_no_leading_draw_agrees_on_is_told_without_steps(monkeypatch):
    spans(monkeypatch, 64)
    packages = expect(STARTER, draws=20 * 64).packages
    assert any(not package.first_steps for package in packages)
    assert packages[0].first_steps


def test_draws_until_an_error_are_those_of_a_plain_run(monkeypatch):
    spans(monkeypatch, 512)
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
