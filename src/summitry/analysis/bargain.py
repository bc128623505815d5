"""What `deals` answers: the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from summitry.analysis.blame import Refusal
from summitry.analysis.enforcement import Enforcement
from summitry.analysis.offer import Fortune, Offer
from summitry.analysis.telling import Provenance, frame, told

SCHEMA = "summitry.deals/2"


@dataclass(frozen=True)
class Zone:
    """In which share of all draws there is a deal to be had before the talks, and who closes it.

    `share` and `standard_error`: that some package is acceptable to all `principals`, to
    all who must `consent`, and has a `roadmap` that asks nobody for more trust than it has.
    `closed_by`: who closes it where no principals' zone is left (or, under `vetoed_by`, no
    package that all consent to).
    """

    share: Mapping[str, float]
    standard_error: Mapping[str, float]
    closed_by: Sequence[Refusal]
    vetoed_by: Sequence[Refusal]


@dataclass(frozen=True)
class Deal:
    """One package: what it brings each party at the point, and how it fares over all draws.

    `shares`: each principal's gain as a share of its best in the zone. `solutions`: which
    solutions it is. `in_force`: how likely all of it comes into force once it is signed.
    `enforcement`: what holds it together. `fortune`: how often it is acceptable, efficient and
    chosen (None where packages are too many to list). `alike`: how many packages bring the
    principals exactly these gains, itself among them (None where they are listed one by one, or
    not counted).
    """

    commitments: Sequence[str]
    tier: str
    gains: Mapping[str, float]
    shares: Mapping[str, float]
    on_frontier: bool
    solutions: Sequence[str]
    in_force: float
    enforcement: Enforcement
    fortune: Fortune | None
    alike: float | None = None


@dataclass(frozen=True)
class Method:
    """How the deals were found, in a word and as a reader is told.

    `name`: `listing` (every possible package), `pareto-lists` (exact) or `highs`. `frontier`:
    how many points of the frontier there are (None: not found), of which at most 2,000 are
    told. `gaps`: what is left to be proved of each solution, in its own measure; 0: nothing.
    """

    name: Literal["listing", "pareto-lists", "highs"]
    says: str
    frontier: int | None
    gaps: Mapping[str, float]


@dataclass(frozen=True)
class Deals:
    """The answer of `deals`: the zone over all draws, and the deals at one point.

    `counts`: of the `possible` packages at the point, how many all principals accept
    (`principals`), all who must consent (`consent`), and have a roadmap within the parties'
    trust (`roadmap`). `frontier` holds the Pareto frontier over the principals among those
    that all accept who must, then the packages most often chosen over all draws. `zone`, and
    the counts, are None where packages are too many to list: see `method`.
    """

    point: str
    types: Mapping[str, str]
    principals: Sequence[str]
    zone: Zone | None
    counts: Mapping[str, int | None]
    ideal: Mapping[str, float]
    deals: Sequence[Deal]
    solutions: Mapping[str, Sequence[str]]
    package: Offer | None
    method: Method
    about: Provenance
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON."""
        return told(self)

    def rows(self) -> list[dict[str, Any]]:
        """A record for each package told."""
        return [
            {
                "package": ",".join(deal.commitments),
                "tier": deal.tier,
                **{f"gain.{name}": deal.gains[name] for name in deal.gains},
                "on_frontier": deal.on_frontier,
                "solutions": ",".join(deal.solutions),
                "in_force": deal.in_force,
                "minimum_trust": deal.enforcement.minimum_trust,
                "can_be_signed": deal.enforcement.can_be_signed,
                "self_enforcing": deal.enforcement.self_enforcing,
                **{
                    name: getattr(deal.fortune, name, None)
                    for name in ("acceptable", "efficient", "chosen")
                },
            }
            for deal in self.deals
        ]

    def to_frame(self) -> Any:
        """The records as a polars frame. Raises ImportError where polars is not installed."""
        return frame(self.rows())
