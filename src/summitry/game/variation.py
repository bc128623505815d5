"""What a what-if changes of a game's draws; all other numbers stay the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Variation:
    """A change that leaves every other random number as it is (common random numbers).

    `levels` holds numbers, by their path, at a quantile level of their own distribution in
    every draw; `everywhere` holds all that `levels` does not name. The numbers whose paths are
    in `renewed` are drawn anew, independently. `analyst`: every number as another analyst, the
    one of this number, would centre it.
    """

    levels: Mapping[str, float] = field(default_factory=dict)
    everywhere: float | None = None
    renewed: Collection[str] = frozenset()
    analyst: int | None = None

    def level(self, path: str) -> float | None:
        """The quantile level at which a number is held; None where it is drawn."""
        return self.levels.get(path, self.everywhere)


AS_IT_IS = Variation()
CENTRAL = Variation(everywhere=0.5)
