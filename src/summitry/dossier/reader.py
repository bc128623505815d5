"""Loading a dossier: from a name or path to validated records, or to all mistakes at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summitry.dossier.changes import apply_changes
from summitry.dossier.check import find_problems
from summitry.dossier.checks.sources import check_sources
from summitry.dossier.errors import DossierError, Problem
from summitry.dossier.explain import explain
from summitry.dossier.library import bundled_names, bundled_path
from summitry.dossier.names import nearest
from summitry.dossier.salvage import salvage
from summitry.dossier.schema import Dossier
from summitry.dossier.signal_files import read_signals
from summitry.dossier.source_text import Row, Tree, decode, read_bytes, read_tree


@dataclass(frozen=True)
class Document:
    """A dossier as loaded: with the signals of its files in place, and what it was read from.

    `sha256` covers the dossier's bytes and those of every file it names, which are in
    `files`, by name, the dossier's first; `changes` are the settings made for this run;
    `notes` what the author should know.
    """

    dossier: Dossier
    name: str
    path: Path
    sha256: str
    changes: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


def load(name: str | Path, changes: Sequence[str] = ()) -> Document:
    """The dossier of a bundled name or a path, with `PATH=VALUE` changes for this run.

    Raises DossierError with every mistake that could be found.
    """
    path, shown = _locate(name)
    data = read_bytes(path, shown)
    tree = read_tree(decode(data, shown), shown)
    apply_changes(tree, changes)
    digests = [(path.name, data)]
    problems = list(tree.problems)
    _merge_signals(tree, path.parent, digests, problems)
    dossier = _validate(tree, problems)
    problems += find_problems(dossier, tree)
    mistakes = [problem for problem in problems if not problem.is_note]
    if mistakes:
        raise DossierError(mistakes)
    return Document(
        dossier=dossier,
        name=str(name),
        path=path,
        sha256=_digest(digests),
        changes=tuple(changes),
        notes=tuple(sorted(set(problems))),
        files=tuple(digests),
    )


def check(name: str | Path) -> list[Problem]:
    """All mistakes and notes of a dossier, in the order of the file."""
    try:
        return list(load(name).notes)
    except DossierError as error:
        return list(error.problems)


def check_text(text: str, shown: str) -> list[Problem]:
    """All mistakes and notes of a dossier's text, which `shown` names; it names no signal files."""
    try:
        tree = read_tree(text, shown)
        return find_problems(_validate(tree, list(tree.problems)), tree)
    except DossierError as error:
        return list(error.problems)


def _locate(name: str | Path) -> tuple[Path, str]:
    """The file that is meant, and how messages call it."""
    if isinstance(name, str) and name in bundled_names():
        return bundled_path(name), f"{name}.yaml"
    path = Path(name)
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        message = f"there is no such file or bundled dossier{nearest(name, bundled_names())}"
        raise DossierError([Problem(str(name), 0, 0, message)])
    return path, str(path)


def _merge_signals(
    tree: Tree, folder: Path, digests: list[tuple[str, bytes]], problems: list[Problem]
) -> None:
    """Put the rows of signal files where the files are named."""
    signals = tree.data.get("signals")
    if not isinstance(signals, list):
        return
    merged: list[Any] = []
    places: dict[int, Row] = {}
    origin: list[int] = []
    for k, item in enumerate(signals):
        if not (isinstance(item, dict) and set(item) == {"file"} and isinstance(item["file"], str)):
            origin.append(k)
            merged.append(item)
            continue
        try:
            rows, misshapen, data = read_signals(folder, item["file"])
        except DossierError as error:
            for wrong in error.problems:
                at = tree.problem(("signals", k, "file"), f"`{wrong.file}`: {wrong.message}")
                problems.append(wrong if wrong.line else at)
            continue
        problems.extend(misshapen)
        digests.append((item["file"], data))
        for row, signal in rows:
            places[len(merged)] = row
            origin.append(k)
            merged.append(signal)
    tree.data["signals"] = merged
    tree.move("signals", origin, places)


def _validate(tree: Tree, problems: list[Problem]) -> Dossier:
    """The dossier; raises DossierError with the schema's problems and all others there are."""
    try:
        return Dossier.model_validate(tree.data)
    except ValidationError as error:
        problems += explain(error, tree)
    salvaged = salvage(tree)
    if salvaged is not None:
        dossier, rest = salvaged
        packages = not rest.sections & {"commitments", "tiers"}
        problems += filter(rest.is_real, find_problems(dossier, rest.tree, packages))
        problems += filter(rest.is_real, check_sources(dossier, tree))
    raise DossierError(problems)


def _digest(files: list[tuple[str, bytes]]) -> str:
    """One hash over all files: that of the list of their names and hashes."""
    listed = [[name, hashlib.sha256(data).hexdigest()] for name, data in files]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()
