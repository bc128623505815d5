"""Filters on rows: what they mean, and what they say when they mean nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.evidence.filters import parse_filter

ROW = {
    "year": "1994",
    "viol": "1",
    "name": "N. KOREA I",
    "Event Type": "Talks",
    "gap": "",
    "day": "2018-06-12",
}


@pytest.mark.parametrize(
    "text, holds",
    [
        ("year >= 1946 and viol = 1", True),
        ("viol = 01.0", True),
        ("viol != 1 or year < 1990", False),
        ("viol = 2 or viol = 1 and year = 1994", True),
        ("(viol = 2 or viol = 1) and year = 1995", False),
        ("not (viol = 2) and not year in (1991, 1992)", True),
        ("name contains korea", True),
        ('name = "n. korea i"', True),
        ("[Event Type] in (talks, 'summit meeting')", True),
        ("gap is missing and year is not missing", True),
        ("gap = 1 or gap != 1 or gap < 1 or gap contains 1", False),
        ("not gap = 1", True),
        ("day > 2018-06-01", True),
    ],
)
def test_what_a_filter_means(text, holds):
    assert parse_filter(text).test(ROW) is holds


@pytest.mark.parametrize(
    "text, message",
    [
        ("viol <> 1", "character 7: `>` stands where a number or a text is expected"),
        ("viol = 1 year = 2", "character 10: `year` stands where `and` or `or` is expected"),
        ("(viol = 1", "character 10: the end stands where `)` is expected"),
        ("", "character 1: the end stands where a column is expected"),
        ("viol = 1; drop", "character 11: `drop` stands where"),
        ("__import__('os')", "character 11: `(` stands where"),
        ("name = 'open", "character 8: `'` cannot stand here"),
        ("not " * 99 + "viol = 1", "nested more than"),
    ],
)
def test_what_is_no_filter_is_told_where(text, message):
    with pytest.raises(ValueError) as told:
        parse_filter(text)
    assert message in str(told.value)


@given(st.text(alphabet="ab1 .=<>!()[],'\"and or not in is missing contains", max_size=60))
def test_any_text_is_a_filter_or_a_value_error(text):
    try:
        parse_filter(text)
    except ValueError as error:
        assert str(error).startswith("filter")


def test_words_and_numbers_are_not_ordered():
    with pytest.raises(ValueError, match="cannot be compared"):
        parse_filter("name > 3").test(ROW)


def test_the_conditions_that_and_joins():
    found = parse_filter("viol = 1 and (year > 1 or year < 0) and name contains 'a and b'")
    assert found.parts == ("viol = 1", "(year > 1 or year < 0)", "name contains 'a and b'")
    assert parse_filter("viol = 1 or year = 2 and gap = 3").parts == (
        "viol = 1 or year = 2 and gap = 3",
    )
    assert found.columns == ("viol", "year", "name")
