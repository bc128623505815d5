"""The nearest valid name to a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST = 60
MOST = 1000


def nearest(word: object, names: Iterable[object]) -> str:
    """`; nearest: x` or the valid names in all, to end a message with."""
    valid = [str(name) for name in names if name != word]
    close = difflib.get_close_matches(str(word)[:LONGEST], valid[:MOST], 1, 0.55)
    if close:
        return f"; nearest: `{close[0]}`"
    if not valid:
        return ""
    shown = ", ".join(valid[:12]) + (", ..." if len(valid) > 12 else "")
    return f"; there are: {shown}"
