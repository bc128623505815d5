"""What a log is told of a long run."""

from __future__ import annotations

import itertools

from summitry.cli import progress


def test_a_line_a_minute_tells_the_time_left_at_the_speed_so_far(capsys, monkeypatch):
    clock = itertools.count(0.0, 40.0)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.progress_bar("running") as advance:
        next(clock)
        for done in (0, 0, 0, 300, 400, 500, 600):  # what was done at first has no speed
            advance(done, 1000)
        for done in (0, 10, 12, 14):  # begun anew
            advance(done, 10_000, "again")
    assert capsys.readouterr().err.splitlines() == [
        "running: 0 of 1,000",
        "running: 400 of 1,000, 4 min left",
        "running: 600 of 1,000, 3 min left",
        "again: 10 of 10,000",
        "again: 14 of 10,000, 55 h left",
    ]
