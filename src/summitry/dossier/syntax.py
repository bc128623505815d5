"""What a YAML parser stumbles over, in the words of who wrote the text."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import Node, ScalarNode

from summitry.dossier.errors import Problem

COLON = "put this text in quotes: it holds a colon"
SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def syntax_problem(error: MarkedYAMLError, text: str, shown: str) -> Problem:
    """A parser's error at its place, with what to write instead where that is plain."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines() or [""]
    before = lines[line][:column] if line < len(lines) else ""
    opened = error.context_mark
    what = " ".join(str(error.problem or error.context or "unreadable").split())
    in_braces = what.endswith("but got ':'")
    if what.startswith("mapping values are not allowed") or in_braces:
        starts = _text_after_key(before, in_braces)
        if starts is not None:
            return Problem(shown, line + 1, starts + 1, COLON)
    if "quoted scalar" in str(error.context) and "end of stream" in what and opened:
        line, column, what = opened.line, opened.column, "this quote is not closed"
    elif "parsing a flow" in str(error.context) and opened and (in_braces or not before.strip()):
        line, column, what = opened.line, opened.column, "this bracket is not closed"
    elif what.startswith("mapping values are not allowed"):
        what = "a key inside the text above it: indent it like that text's own key"
    elif what.startswith("found character") and "cannot start" in what:
        given = lines[line][column]
        what = (
            "a tab; indent with spaces"
            if given == "\t"
            else f"put this text in quotes: it starts with `{given}`"
        )
    elif "but found '<scalar>'" in what or "but got '<scalar>'" in what:
        what = "text after what was closed before it: put quotes round the whole text"
    return Problem(shown, line + 1, column + 1, f"not valid YAML: {what}")


def _text_after_key(before: str, in_braces: bool) -> int | None:
    """Where the text starts whose key stands before it on the line; None where none does."""
    first = max(before.rfind(mark) for mark in "{[,") + 1 if in_braces else 0
    colon = before.find(": ", first)
    return None if colon < 0 else len(before) - len(before[colon + 1 :].lstrip())


def torn_text(key: Node, text: Node | None, shown: str) -> Problem | None:
    """Said of a key that stands alone where it is the rest of the text before it, with a comma."""
    if not isinstance(text, ScalarNode) or text.style or not str(text.tag).endswith(":str"):
        return None
    word = str(key.value)
    other = "" if " " in word else f" (or write what `{word}` is: `{word}: ...`)"
    mark = text.start_mark
    message = f"put this text in quotes: it holds a comma{other}"
    return Problem(shown, mark.line + 1, mark.column + 1, message)


def is_torn(key: Node, value: Node) -> bool:
    """Whether a key stands alone, without even a colon."""
    ends, starts = key.end_mark, value.start_mark
    return (
        isinstance(key, ScalarNode)
        and isinstance(value, ScalarNode)
        and value.value == ""
        and not value.style
        and not key.value.endswith(":")
        and (ends.line, ends.column) == (starts.line, starts.column)
    )


def joined_surrogates(text: str) -> str:
    """A text whose characters beyond 16 bits came as JSON writes them, in two halves each."""
    return SURROGATES.sub(
        lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text
    )
