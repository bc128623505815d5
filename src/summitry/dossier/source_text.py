"""From a file's bytes to plain data with a place for every part; nothing is executed.

Refuses, before anything is built: what is too large, not UTF-8, empty, tagged, too deep, has
too many parts, or holds aliases that would multiply.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.syntax import is_torn, joined_surrogates, syntax_problem, torn_text

LARGEST = 1_000_000
LARGEST_TABLE = 5_000_000
DEEPEST = 40
MOST_NODES = 30_000
LONGEST_NUMBER = 100
REMEMBERED = 8  # texts; one that takes a second to read fills some ten megabytes
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

Path_ = tuple[str | int, ...]
KEY = "\0"  # ends the path of a key itself, where the path without it is that of its value
KNOWN_TAGS = {"!"} | {f"tag:yaml.org,2002:{name}" for name in (
    "str", "int", "float", "bool", "null", "timestamp", "map", "seq",
)}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """Where a row of a signal file stands, and what its columns are called."""

    file: str
    line: int
    columns: tuple[str, ...]

    def problem(self, path: Path_, message: str, is_note: bool) -> Problem:
        """A problem at the innermost part of the path that is a column, else at the row."""
        named = [self.columns.index(str(key)) + 1 for key in path if key in self.columns]
        return Problem(self.file, self.line, named[-1] if named else 1, message, is_note)


@dataclass
class Tree:
    """Plain data (dict, list, str, int, float, bool, date, None) and where each part stands."""

    file: str
    data: Any
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changed: dict[Path_, str] = field(default_factory=dict)
    rows: dict[Path_, Row] = field(default_factory=dict)
    nodes: int = 0

    def copy(self) -> Tree:
        """A tree of its own with the same parts."""
        return Tree(
            self.file,
            _copied(self.data),
            dict(self.places),
            list(self.problems),
            dict(self.changed),
            dict(self.rows),
            self.nodes,
        )

    def move(self, key: str, origin: list[int], rows: dict[int, Row]) -> None:
        """Item k of the list `key` is now what stood at `origin[k]`, or a row of a file."""
        old = {path: at for path, at in self.places.items() if path[:1] == (key,) and path[1:]}
        for path in old:
            del self.places[path]
        for k, before in enumerate(origin):
            if k in rows:
                self.rows[(key, k)] = rows[k]
                continue
            for path, at in old.items():
                if path[1] == before:
                    self.places[(key, k, *path[2:])] = at

    def forget(self, listed: Path_, gone: int) -> None:
        """An item of a list was taken out: those after it move up by one."""
        depth = len(listed)
        for part in (self.places, self.changed, self.rows):
            kept: dict[Path_, Any] = {}
            for path, value in part.items():
                at = path[depth] if len(path) > depth and path[:depth] == listed else -1
                if at == gone:
                    continue
                moved = isinstance(at, int) and at > gone
                kept[(*listed, int(at) - 1, *path[depth + 1 :]) if moved else path] = value
            part.clear()
            part.update(kept)

    def place(self, path: Path_) -> tuple[int, int]:
        """Line and column of a part, or of the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def problem(self, path: Path_, message: str, is_note: bool = False) -> Problem:
        """A problem at a part, or at the change for this run that made it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.changed:
                return Problem(self.changed[path[:length]], 0, 0, message, is_note)
        if path[:2] in self.rows:
            return self.rows[path[:2]].problem(path[2:], message, is_note)
        return Problem(self.file, *self.place(path), message, is_note)


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(item) for item in data] if isinstance(data, list) else data


def read_bytes(path: Path, shown: str, largest: int = LARGEST) -> bytes:
    """The bytes of a file of at most `largest` bytes. Raises DossierError where there are none to be read."""
    try:
        if path.is_dir():
            raise _refused(shown, "is a directory; name the dossier in it")
        if not path.is_file() and path.exists():
            raise _refused(shown, "is no regular file but a device or pipe; save it as a file")
        size = path.stat().st_size
        if size > largest:
            message = f"is {size / 1e6:.3g} MB; at most {largest / 1e6:g} MB are read"
            raise _refused(shown, message)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise _refused(shown, f"cannot be read: {why}") from None
    if not data.strip():
        raise _refused(shown, "is empty; `summitry new FILE` writes a dossier to start from")
    return data


def decode(data: bytes, shown: str) -> str:
    """The text of a UTF-8 file, without a byte order mark; control characters are refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        raise _refused_at(
            shown, before, "is not UTF-8 from here on; save the file as UTF-8"
        ) from None
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        message = (
            f"the control character {unprintable[0]!r} is refused; the file is to be plain text"
        )
        raise _refused_at(shown, text[: unprintable.start()], message)
    return text


def _refused_at(shown: str, before: str, message: str) -> DossierError:
    """A refusal at the place that follows the text before it."""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return DossierError([Problem(shown, line, column, message)])


def _refused(shown: str, message: str) -> DossierError:
    return DossierError([Problem(shown, 0, 0, message)])


def read_tree(text: str, shown: str) -> Tree:
    """A YAML text as plain data with places; duplicate keys are kept as problems.

    A text read a moment ago is not read again: a what-if changes a number of the same text.
    """
    return _read(text, shown).copy()


@lru_cache(maxsize=REMEMBERED)
def _read(text: str, shown: str) -> Tree:
    try:
        _inspect(text, shown)
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise DossierError([syntax_problem(error, text, shown)]) from None
    except (YAMLError, ValueError, RecursionError, NotImplementedError) as error:
        first = str(error).splitlines()[0] if str(error) else "unreadable"
        raise _refused(shown, f"is no YAML: {first}") from None
    if not isinstance(root, MappingNode):
        message = "a dossier is a mapping of keys such as `title:` and `parties:`"
        raise DossierError([Problem(shown, 1, 1, message)])
    tree = Tree(shown, None)
    tree.data = _plain(root, (), tree)
    return tree


def _inspect(text: str, shown: str) -> None:
    """Look at the events alone: tags, depth and number are refused before a tree is built."""
    depth = 0
    for number, event in enumerate(YAML(typ="rt", pure=True).parse(text)):
        name = type(event).__name__
        depth += name.endswith(("MappingStartEvent", "SequenceStartEvent"))
        depth -= name.endswith(("MappingEndEvent", "SequenceEndEvent"))
        message = None
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in KNOWN_TAGS:
            message = f"the tag `{tag}` is refused; a dossier holds plain data only"
        if depth > DEEPEST:
            message = f"nested more than {DEEPEST} deep; a dossier is not"
        if number > 2 * MOST_NODES:
            message = f"more than {MOST_NODES} parts up to here; a dossier is an analyst's work"
        if getattr(event, "version", None) not in (None, (1, 2)):
            message = "a dossier is YAML 1.2; take the line `%YAML` out"
        if message:
            mark = event.start_mark
            raise DossierError([Problem(shown, mark.line + 1, mark.column + 1, message)])


def _plain(node: Node, path: Path_, tree: Tree) -> Any:
    place = (node.start_mark.line + 1, node.start_mark.column + 1)
    tree.places.setdefault(path, place)
    tree.nodes += 1
    if tree.nodes > MOST_NODES or len(path) > DEEPEST:
        message = "the anchors and aliases up to here multiply without end; write the parts out"
        raise DossierError([Problem(tree.file, *place, message)])
    if isinstance(node, MappingNode):
        return dict(_pairs(node, path, tree))
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, k), tree) for k, item in enumerate(node.value)]
    return _scalar(node, tree)


def _pairs(node: MappingNode, path: Path_, tree: Tree) -> Iterator[tuple[Any, Any]]:
    seen: dict[Any, int] = {}
    last: Node | None = None  # the value before, and the one that was told to lack quotes
    told: Node | None = None
    for key_node, value_node in node.value:
        place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, ScalarNode):
            tree.problems.append(Problem(tree.file, *place, "a key must be a single word"))
            continue
        if key_node.value == "<<":
            message = "merging by `<<` is not supported; write the parts out"
            tree.problems.append(Problem(tree.file, *place, message))
            continue
        if is_torn(key_node, value_node):
            torn = torn_text(key_node, last, tree.file)
            if torn:
                if last is not told:
                    tree.problems.append(torn)
                told = last
                continue
        else:
            last = value_node
        key = _scalar(key_node, tree)
        key = str(key_node.value) if isinstance(key, bool | dt.date) or key is None else key
        if key in seen:
            message = f"`{key}` stands here twice (first on line {seen[key]}); keep one"
            tree.problems.append(Problem(tree.file, *place, message))
            continue
        seen[key] = place[0]
        tree.places[(*path, key)] = tree.places[(*path, key, KEY)] = place
        value = _plain(value_node, (*path, key), tree)
        if isinstance(value_node, ScalarNode) and value_node.value != "":
            mark = value_node.start_mark
            tree.places[(*path, key)] = (mark.line + 1, mark.column + 1)
        yield key, value


def _scalar(node: Any, tree: Tree) -> Any:
    """A scalar by YAML 1.2: `NO` stays a word, dates are dates, numbers are numbers.

    What only looks like a date or number (2019-02-30) stays a text; the schema refuses it.
    """
    text, tag = node.value, str(node.tag)
    try:
        if tag.endswith(":int") and len(text) <= LONGEST_NUMBER:
            return int(text.replace("_", ""), 0) if not text.lstrip("+-").isdigit() else int(text)
        if tag.endswith(":float"):
            return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        if tag.endswith(":timestamp"):
            return dt.date.fromisoformat(text[:10]) if len(text) == 10 else text
    except ValueError:
        return text
    if tag.endswith(":bool"):
        return text.lower() == "true"
    if tag.endswith(":null"):
        return None
    text = joined_surrogates(text)
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        message = f"the control character {unprintable[0]!r} is refused; write plain text"
        mark = node.start_mark
        tree.problems.append(Problem(tree.file, mark.line + 1, mark.column + 1, message))
    return UNPRINTABLE.sub("?", text)
