"""Conditions on a state as lists of patterns, any of which must match (disjunctive form)."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.dossier.conditions import Condition

MOST_PATTERNS = 256

Pattern = tuple[int, int]
Cells = list[list[int | str]]


def patterns_of(condition: Condition) -> list[Pattern]:
    """The patterns of a condition, each as the masks of the options that are Y and N.

    Raises ValueError where there would be more than 256 of them.
    """
    return _patterns(condition, True)


def _patterns(condition: Condition, wanted: bool) -> list[Pattern]:
    """The patterns under which a condition is what is wanted of it."""
    word, *parts = condition
    if word == "pattern":
        yes, no = parts
        return [(yes, no)] if wanted else _broken(yes, no)
    if word == "not":
        return _patterns(parts[0], not wanted)
    first, second = parts
    if word == "iff":
        same = _both(_patterns(first, True), _patterns(second, wanted))
        return _shortest([*same, *_both(_patterns(first, False), _patterns(second, not wanted))])
    left = _patterns(first, wanted)
    right = _patterns(second, (not wanted) if word == "if" else wanted)
    if (word == "and") == wanted:
        return _both(left, right)
    return _shortest([*left, *right])


def _broken(yes: int, no: int) -> list[Pattern]:
    """One pattern for each option that stands other than a pattern says."""
    bits = [1 << k for k in range(max(yes, no).bit_length())]
    return [*((0, bit) for bit in bits if yes & bit), *((bit, 0) for bit in bits if no & bit)]


def _both(left: Sequence[Pattern], right: Sequence[Pattern]) -> list[Pattern]:
    joined = [(a | c, b | d) for a, b in left for c, d in right]
    return _shortest([(yes, no) for yes, no in joined if not yes & no])


def _shortest(patterns: Sequence[Pattern]) -> list[Pattern]:
    """The patterns without those that a wider one covers already."""
    if len(patterns) > MOST_PATTERNS:
        raise ValueError(f"a condition falls apart into more than {MOST_PATTERNS} patterns")
    kept: list[Pattern] = []
    for yes, no in sorted(set(patterns), key=lambda p: ((p[0] | p[1]).bit_count(), p)):
        if not any(wide & yes == wide and bare & no == bare for wide, bare in kept):
            kept.append((yes, no))
    return kept


def cells(pattern: Pattern) -> Cells:
    """A pattern as a .gmcr file has it: the numbers of the options, each with Y or N."""
    yes, no = pattern
    return [
        [k, "Y" if yes >> k & 1 else "N"]
        for k in range((yes | no).bit_length())
        if (yes | no) >> k & 1
    ]
