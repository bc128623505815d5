"""A small language that says which rows of a table are meant; nothing in it is ever executed.

    yrtrig >= 1946 and viol = 1
    crisname contains "KOREA" and not forout in (4, 5)
    [Parties Involved] contains Russia or forout is missing

A column whose name has spaces stands in [brackets], a text with spaces in quotes. Two numbers
are compared as numbers, all else as text without regard to case. A missing cell (empty, NA or
a dot) is neither equal nor unequal to anything; only `is missing` and `not` hold of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Row = Mapping[str, str]
Test = Callable[[Row], bool]
LONGEST, DEEPEST = 4000, 40
MISSING = {"", ".", "na", "n/a", "nan", "null"}
WORDS = {"and", "or", "not", "in", "is", "contains"}
TOKEN = re.compile(
    r"\s*(?:(?P<column>\[[^\]]*\])|(?P<quoted>\"[^\"]*\"|'[^']*')"
    r"|(?P<sign><=|>=|!=|=|<|>|\(|\)|,)|(?P<bare>[^\s()\[\]\"',<>=!]+))"
)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
ORDERS: dict[str, Callable[[float | str, float | str], bool]] = {
    "<": lambda a, b: a < b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


@dataclass(frozen=True)
class Filter:
    """A condition on rows: its text, the columns it reads, the test, and its parts.

    `parts` are the conditions that `and` joins at the top, as texts: one where there is none.
    """

    text: str
    columns: tuple[str, ...]
    test: Test
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Token:
    """A word of the language, and where it begins (1 = the first character)."""

    kind: str
    text: str
    at: int
    end: int


def parse_filter(text: str) -> Filter:
    """The condition that a text states.

    Raises ValueError that says at which character what is wrong, and what would be right.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a filter has at most {LONGEST} characters, not {len(text)}")
    reader = _Reader(text, list(_tokens(text)))
    test = reader.either()
    if reader.here is not None:
        raise reader.wrong("`and` or `or`")
    return Filter(text, tuple(dict.fromkeys(reader.columns)), test, _parts(text, reader.tokens))


def is_missing(cell: str) -> bool:
    """Whether a cell holds nothing: empty, a dot, NA."""
    return cell.strip().lower() in MISSING


def _tokens(text: str) -> Iterator[Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise ValueError(f"filter, character {start + 1}: `{text[start]}` cannot stand here")
        kind = str(found.lastgroup)
        word = found[kind]
        if kind == "bare" and word.lower() in WORDS:
            kind, word = "word", word.lower()
        yield Token(kind, word, found.start(str(found.lastgroup)) + 1, found.end())
        at = found.end()


class _Reader:
    """Reads tokens from left to right; each method reads one construct and gives its test."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens, self.next = text, tokens, 0
        self.columns: list[str] = []
        self.depth = 0

    @property
    def here(self) -> Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def wrong(self, wanted: str) -> ValueError:
        token = self.here
        place = token.at if token else len(self.text) + 1
        found = f"`{token.text}`" if token else "the end"
        return ValueError(f"filter, character {place}: {found} stands where {wanted} is expected")

    def take(self, *texts: str) -> str | None:
        token = self.here
        if token is None or token.kind not in ("word", "sign") or token.text not in texts:
            return None
        self.next += 1
        return token.text

    def need(self, text: str) -> None:
        if self.take(text) is None:
            raise self.wrong(f"`{text}`")

    def either(self) -> Test:
        tests = [self.all_of()]
        while self.take("or"):
            tests.append(self.all_of())
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def all_of(self) -> Test:
        tests = [self.one()]
        while self.take("and"):
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def one(self) -> Test:
        if self.depth > DEEPEST:
            raise ValueError(f"filter: nested more than {DEEPEST} deep")
        if self.take("not"):
            self.depth += 1
            inner = self.one()
            self.depth -= 1
            return lambda row: not inner(row)
        if self.take("("):
            self.depth += 1
            inner = self.either()
            self.need(")")
            self.depth -= 1
            return inner
        return self.comparison(self.column())

    def column(self) -> str:
        token = self.here
        if token is None or token.kind not in ("column", "bare"):
            raise self.wrong("a column")
        self.next += 1
        name = token.text[1:-1].strip() if token.kind == "column" else token.text
        self.columns.append(name)
        return name

    def comparison(self, column: str) -> Test:
        if self.take("is"):
            negated = self.take("not") is not None
            token = self.here
            if token is None or token.text.lower() != "missing":
                raise self.wrong("`missing`")
            self.next += 1
            return lambda row: is_missing(row[column]) != negated
        if self.take("contains"):
            part = self.value().lower()
            return lambda row: not is_missing(row[column]) and part in row[column].lower()
        if self.take("in"):
            return _is_any(column, self.values())
        sign = self.take("=", "!=", *ORDERS)
        if sign is None:
            raise self.wrong("`=`, `!=`, `<`, `>`, `in`, `contains` or `is`")
        value = self.value()
        if sign in ORDERS:
            return _is_ordered(column, sign, value)
        same = _is_any(column, [value])
        if sign == "=":
            return same
        return lambda row: not is_missing(row[column]) and not same(row)

    def values(self) -> list[str]:
        self.need("(")
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        self.need(")")
        return found

    def value(self) -> str:
        token = self.here
        if token is None or token.kind not in ("quoted", "bare"):
            raise self.wrong("a number or a text")
        self.next += 1
        return token.text[1:-1] if token.kind == "quoted" else token.text


def _parts(text: str, tokens: list[Token]) -> tuple[str, ...]:
    """The text cut at each `and` outside parentheses; whole where an `or` stands there too."""
    depth, cuts = 0, [0]
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if depth == 0 and token.kind == "word" and token.text == "or":
            return (text.strip(),)
        if depth == 0 and token.kind == "word" and token.text == "and":
            cuts += [token.at - 1, token.end]
    cuts.append(len(text))
    return tuple(text[a:b].strip() for a, b in zip(cuts[::2], cuts[1::2], strict=True))


def _number(text: str) -> float | None:
    return float(text) if NUMBER.fullmatch(text) else None


def comparable(text: str) -> float | str:
    """A number where the text is one, else the text without regard to case."""
    text = text.strip()
    number = _number(text)
    return text.lower() if number is None else number


def _is_any(column: str, values: list[str]) -> Test:
    wanted = {comparable(value) for value in values}
    return lambda row: not is_missing(row[column]) and comparable(row[column]) in wanted


def _is_ordered(column: str, sign: str, value: str) -> Test:
    """Raises, when tested, ValueError for a cell that cannot be compared with the value."""
    bound, order = comparable(value), ORDERS[sign]

    def test(row: Row) -> bool:
        cell = row[column]
        if is_missing(cell):
            return False
        found = comparable(cell)
        if isinstance(found, float) != isinstance(bound, float):
            raise ValueError(f"`{cell}` in the column `{column}` cannot be compared with {value}")
        return order(found, bound)

    return test
