"""Conditions on a state: a pattern `Y N - -`, or words as in `strike if not withdraw`.

`x if y` fails only where y holds without x; `iff` holds where both hold or neither does. `not`
binds most tightly, then `and`, `or`, and last `if` and `iff`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summitry.dossier.names import nearest

WORDS = ("not", "and", "or", "if", "iff")
LONGEST = 2000
DEEPEST = 40
_PATTERN = re.compile(r"\s*[YN-](\s+[YN-])*\s*|\s*[YN-]+\s*")
_TOKEN = re.compile(r"\s*([A-Za-z0-9_][A-Za-z0-9_-]*|[()])")

Condition = tuple[Any, ...]
Bools = NDArray[np.bool_]


class ConditionError(ValueError):
    """A condition that cannot be read; the message says what would be right."""


def parse_condition(text: str, options: Sequence[str]) -> Condition:
    """A condition over options, read from a pattern or from words.

    Raises ConditionError for a pattern of another length, for names that are no option, and
    for words in the wrong place.
    """
    if len(text) > LONGEST:
        raise ConditionError(f"a condition of {len(text)} characters; at most {LONGEST} are read")
    if text.strip() not in options and _PATTERN.fullmatch(text):
        return _pattern(text, options)
    return _Words(text, options).whole()


def holds(condition: Condition, states: NDArray[np.uint32]) -> Bools:
    """In which states (bit masks) a condition holds."""
    word, *parts = condition
    if word == "pattern":
        yes, no = parts
        matched: Bools = (states & np.uint32(yes | no)) == np.uint32(yes)
        return matched
    truths = [holds(part, states) for part in parts]
    if word == "not":
        return np.logical_not(truths[0])
    if word == "and":
        return np.logical_and(*truths)
    if word == "or":
        return np.logical_or(*truths)
    if word == "if":
        return truths[0] | ~truths[1]
    same: Bools = truths[0] == truths[1]
    return same


def _pattern(text: str, options: Sequence[str]) -> Condition:
    letters = "".join(text.split())
    if len(letters) != len(options):
        raise ConditionError(
            f"the pattern `{text.strip()}` has {len(letters)} places for {len(options)} "
            "commitments: write Y, N or - for each, in their order"
        )
    return (
        "pattern",
        sum(1 << k for k, letter in enumerate(letters) if letter == "Y"),
        sum(1 << k for k, letter in enumerate(letters) if letter == "N"),
    )


class _Words:
    """One reading of a condition in words, from left to right."""

    def __init__(self, text: str, options: Sequence[str]) -> None:
        self.options = list(options)
        self.tokens: list[str] = []
        self.at = 0
        self.depth = 0
        end = 0
        while text[end:].strip():
            match = _TOKEN.match(text, end)
            if match is None:
                rest = text[end:].strip()[:20]
                raise ConditionError(f"`{rest}` is neither a commitment nor one of {_words()}")
            self.tokens.append(match[1])
            end = match.end()

    def whole(self) -> Condition:
        read = self._conditional()
        if self.at < len(self.tokens):
            raise ConditionError(f"one of {_words()} is wanted before `{self.tokens[self.at]}`")
        return read

    def _next(self, *words: str) -> str | None:
        """The next token if it is one of these, taken."""
        if self.at < len(self.tokens) and self.tokens[self.at] in words:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _conditional(self) -> Condition:
        read = self._either()
        if (word := self._next("if", "iff")) is None:
            return read
        read = (word, read, self._either())
        if (word := self._next("if", "iff")) is not None:
            raise ConditionError(f"a second `{word}`: put one of the two in parentheses")
        return read

    def _either(self) -> Condition:
        read = self._both()
        while self._next("or"):
            read = ("or", read, self._both())
        return read

    def _both(self) -> Condition:
        read = self._one()
        while self._next("and"):
            read = ("and", read, self._one())
        return read

    def _one(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError("too many parentheses or `not` inside each other")
        try:
            if self._next("not"):
                return ("not", self._one())
            if self._next("("):
                read = self._conditional()
                if not self._next(")"):
                    raise ConditionError("a parenthesis is not closed")
                return read
            return self._option()
        finally:
            self.depth -= 1

    def _option(self) -> Condition:
        if self.at == len(self.tokens):
            raise ConditionError("a commitment is wanted at the end")
        name = self.tokens[self.at]
        if name in WORDS or name == ")":
            raise ConditionError(f"a commitment is wanted before `{name}`")
        if name not in self.options:
            raise ConditionError(f"there is no commitment `{name}`{nearest(name, self.options)}")
        self.at += 1
        return ("pattern", 1 << self.options.index(name), 0)


def _words() -> str:
    return ", ".join(f"`{word}`" for word in WORDS)
