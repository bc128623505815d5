"""An append-only file of finished chunks: what is in it survives a kill, and is not redone.

A line is `NUMBER CHECKSUM JSON`; the first one, number -1, says whose it is. A line torn by a
kill or a full disk has a wrong checksum and is cut off when the journal is opened again.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = -1


class OtherPlan(ValueError):
    """A journal that belongs to another plan."""


@dataclass
class Journal:
    """The open file, its length so far, and where each finished chunk stands in it."""

    path: Path
    file: int
    end: int = 0
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)


def open_journal(path: Path, head: dict[str, Any]) -> Journal:
    """The journal of a plan, new or as a kill left it; `head` says whose it is.

    Raises OtherPlan where the file is not this plan's, OSError where it cannot be written
    or another sweep has it open.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    journal = Journal(path, file)
    try:
        _lock(journal)
        _read(journal)
        if journal.end == 0:
            if os.fstat(file).st_size > 0:
                raise OtherPlan(f"{path}: is no journal of a sweep; it is left as it is")
            _append(journal, HEAD, head)
        elif journal.head.get("fingerprint") != head["fingerprint"]:
            raise OtherPlan(
                f"{path}: is the journal of another plan, or of dossiers since changed; name "
                "another file with --out, or delete it to begin anew"
            )
        os.ftruncate(file, journal.end)
    except BaseException:
        os.close(file)
        raise
    return journal


def _lock(journal: Journal) -> None:
    """Refuse a journal that another sweep writes; systems without locks go without."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover
        return
    try:
        fcntl.flock(journal.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise OSError(0, "another sweep is writing it", str(journal.path)) from None


def _read(journal: Journal) -> None:
    """Find the finished chunks; what follows the first broken line does not count."""
    with os.fdopen(os.dup(journal.file), "rb") as lines:
        for line in lines:
            number, _, rest = line.partition(b" ")
            checksum, _, text = rest.partition(b" ")
            try:
                whole = int(checksum, 16) == zlib.crc32(text) and text.endswith(b"\n")
                chunk = int(number)
            except ValueError:
                whole = False
            if not whole:
                return
            if chunk == HEAD:
                journal.head = json.loads(text)
            else:
                journal.places[chunk] = (journal.end, len(line))
            journal.end += len(line)


def keep(journal: Journal, chunk: int, rows: Sequence[dict[str, Any]]) -> None:
    """Add a finished chunk; it is on the disk when this returns. A chunk is kept once."""
    if chunk not in journal.places:
        journal.places[chunk] = _append(journal, chunk, rows)


def _append(journal: Journal, number: int, value: Any) -> tuple[int, int]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    line = b"%d %08x " % (number, zlib.crc32(text)) + text
    begin, left = journal.end, memoryview(line)
    try:
        os.lseek(journal.file, begin, os.SEEK_SET)
        while left:
            left = left[os.write(journal.file, left) :]
        os.fsync(journal.file)
    except OSError as error:
        why = f"{error.strerror}; what is finished is kept, and the same sweep goes on from there"
        raise OSError(error.errno, why, str(journal.path)) from None
    journal.end = begin + len(line)
    return begin, len(line)


def rows_of(journal: Journal, chunk: int) -> list[dict[str, Any]]:
    """The rows of a finished chunk."""
    begin, length = journal.places[chunk]
    rows: list[dict[str, Any]] = json.loads(os.pread(journal.file, length, begin).split(b" ", 2)[2])
    return rows


def close(journal: Journal) -> None:
    """Close the file; its lock goes with it."""
    os.close(journal.file)
