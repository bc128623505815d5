"""Coded events: direction, kind and size of their classes, and their weeks."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.dossier.kinds import KINDS
from summitry.evidence.event_classes import direction_of, kind_of, measured, quad_class
from summitry.evidence.weekly import Event, weekly_signals

CAMEO = Path(__file__).parents[2].parent / "shared" / "data" / "events" / "cameo_goldstein.csv"
CODES = {"046": 7.0, "036": 4.0, "040": 1.0, "057": 8.0, "130": -4.4, "163": -8.0, "190": -10.0}


@pytest.mark.parametrize(
    "code, goldstein, direction, kind",
    [
        ("046", 7.0, "cooperation", "contact"),
        ("036", 4.0, "cooperation", "words"),
        ("057", 8.0, "cooperation", "commitment"),
        ("070", 7.4, "cooperation", "act"),
        ("130", -4.4, "conflict", "words"),
        ("163", -8.0, "conflict", "act"),
        ("190", None, "conflict", "act"),
        ("010", 0.0, None, "words"),
        ("025", -0.3, None, "words"),
    ],
)
def test_direction_and_kind(code, goldstein, direction, kind):
    assert direction_of(quad_class(code), goldstein) == direction
    assert kind_of(code) == kind


@pytest.mark.parametrize(
    "code, events, size",
    [
        ("040", 60, 1.38),
        ("040", 5, 1.35),
        ("0331", 60, 2.03),
        ("130", 5, 1.0),
        ("130", 60, 1.56),
        ("190", 5, 1 / 0.53),
        ("150", 60, 1.0),
    ],
    ids=["busy", "quiet", "read as its class", "chance", "busy threat", "below 1", "quiet only"],
)
def test_sizes_are_those_of_weeks_of_like_activity(code, events, size):
    assert measured(code, events).size == pytest.approx(size)


def test_what_was_not_measured_has_no_size():
    assert measured("057", 60) is None and measured("140", 60) is None


@pytest.mark.skipif(not CAMEO.is_file(), reason="the shared data are not beside it")
def test_quad_classes_are_those_of_the_codebook():
    with CAMEO.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert quad_class(row["code"]) == int(row["quad_class"])


@st.composite
def events(draw):
    code = draw(st.sampled_from(sorted(CODES)))
    date = dt.date(2018, 1, 1) + dt.timedelta(days=draw(st.integers(0, 60)))
    known = date + dt.timedelta(days=draw(st.integers(0, 40)))
    return Event(draw(st.sampled_from("ab")), date, known, code, quad_class(code), CODES[code])


@given(st.lists(events(), max_size=40), st.integers(0, 99))
def test_weeks_hold_all_events_in_any_order_and_leak_nothing(told, seed):
    found = weekly_signals(told, KINDS)
    mixed = random.Random(seed).sample(told, len(told))
    assert [s.codes for s in weekly_signals(mixed, KINDS)] == [s.codes for s in found]
    assert sum(sum(one.codes.values()) for one in found) == len(told)
    for one in found:
        week = [e.known_at for e in told if e.known_at.isocalendar()[:2] == (one.year, one.week)]
        assert one.since <= one.date <= one.known_at == max(week)
        assert one.between == len(week)
        assert one.ratio is None or 1 <= one.ratio <= KINDS[one.kind].cap
