"""What the files of other tools tell, whatever their form: actors, and issues with positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """Who takes part, with what power on all issues."""

    name: str
    power: float
    note: str | None = None


@dataclass(frozen=True)
class Stand:
    """Where an actor stands, and how much it cares, in the file's own units."""

    position: float
    salience: float


@dataclass(frozen=True)
class Scale:
    """An issue: the places that have a meaning, and who stands where (by the actor's key)."""

    title: str
    labels: Mapping[float, str]
    stands: Mapping[str, Stand]
    note: str | None = None


@dataclass(frozen=True)
class Scenario:
    """All that a file tells. Keys of `actors` and `issues` are the file's own names.

    `remarks` are its author's words about the data.
    """

    title: str
    actors: Mapping[str, Actor]
    issues: Mapping[str, Scale]
    remarks: tuple[str, ...] = field(default=())
