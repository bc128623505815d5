"""Games files: a game's rules and draws, and all results of the literal version.

A file is a list of games. Each draw gives values per party and commitment, values per linkage,
reservation values, trust, breach and delay costs, the principals' firmness (f·ξ), the outside
consents' `chance` and whether each is `granted`, who is `honest`, the `agenda` (steps or
package), and for the talks `goes_on` per round and tier and `choice` by package.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.literal.ground import carry_out
from tests.literal.packages import Package, Rules, mask_of, possible_packages, tier_of
from tests.literal.roadmaps import Steps, minimum_trust, roadmap
from tests.literal.shares import Played
from tests.literal.solutions import egalitarian, kalai_smorodinsky, nash, pareto, utilitarian
from tests.literal.stakes import Numbers, Stand, gain
from tests.literal.talks import Lots, aspirations, efficient, powers, principal_gains
from tests.literal.zones import zones_of


class Game(NamedTuple):
    """A game as read: `told` is the file's own text."""

    told: Mapping[str, Any]
    rules: Rules
    ids: tuple[str, ...]


def read_games(path: Path) -> list[Game]:
    """All games of a file."""
    return [game_of(told) for told in json.loads(path.read_text(encoding="utf-8"))]


def game_of(told: Mapping[str, Any]) -> Game:
    """A game from its text."""
    return Game(told, rules_of(told), tuple(c["id"] for c in told["commitments"]))


def rules_of(told: Mapping[str, Any]) -> Rules:
    """What no draw changes, by place instead of by name."""
    parties = (*told["principals"], *told["stakeholders"])
    commitments = told["commitments"]
    ids = [c["id"] for c in commitments]

    def sets(key: str, names: Sequence[str]) -> tuple[frozenset[int], ...]:
        return tuple(places(c[key], names) for c in commitments)

    return Rules(
        parties=parties,
        principals=places(told["principals"], parties),
        movers=sets("by", parties),
        judges=sets("consent", parties),
        requires=sets("requires", ids),
        only_with=sets("only_with", ids),
        excludes=sets("excludes", ids),
        instant=tuple(c["instant"] for c in commitments),
        reversible=tuple(c["reversible"] for c in commitments),
        linkages=tuple(places(together, ids) for together in told["linkages"]),
        tiers=tuple((places(t["all"], ids), places(t["any"], ids)) for t in told["tiers"]),
        power=tuple(told["power"].get(name, 1.0) for name in parties),
    )


def places(chosen: Sequence[str], names: Sequence[str]) -> frozenset[int]:
    """The places of the chosen names."""
    return frozenset(names.index(name) for name in chosen)


def stand_of(game: Game, draw: int) -> Stand:
    """Where the parties stand in one draw before the first round."""
    told = game.told["draws"][draw]
    parties = tuple(
        Numbers(
            values=tuple(told["values"][name]),
            linkages=tuple(told["linkage_values"][name]),
            reservation=told["no_agreement"][name],
            delay=told["delay_cost"][name],
            breach=told["breach_cost"][name],
            trust=told["trust"][name],
            honest=told["honest"][name],
            firmness=told["firmness"].get(name, 1.0),
        )
        for name in game.rules.parties
    )
    chance = {game.ids.index(c): p for c, p in told["chance"].items()}
    return Stand(game.rules, parties, chance, waited=0)


def lots_of(game: Game, draw: int) -> Lots:
    """What chance decides of the talks in one draw."""
    told = game.told["draws"][draw]
    choice = {int(mask): x for mask, x in told["choice"].items()}
    return Lots(told["agenda"] == "package", told["goes_on"], choice)


def results_of(game: Game) -> dict[str, Any]:
    """All results in the shape of `expected`."""
    packages, draws = possible_packages(game.rules), range(len(game.told["draws"]))
    return {
        "packages": [mask_of(package) for package in packages],
        "tier": {str(mask_of(p)): tier_of(p, game.rules) for p in packages},
        "first_draw": first_draw(game, packages),
        "efficient": [told_efficient(game, draw) for draw in draws],
        "aspirations": [told_aspirations(game, draw) for draw in draws],
    }


def first_draw(game: Game, packages: Sequence[Package]) -> dict[str, Any]:
    """Gains, zones, frontier, solutions and roadmaps of the first draw in round 0."""
    stand = stand_of(game, 0)
    zones = zones_of(stand)
    left = principal_gains(zones.consented, stand)

    def roadmaps(*, bounded: bool) -> dict[str, Any]:
        found = {str(mask_of(p)): roadmap(p, stand, bounded=bounded) for p in zones.consented}
        return {mask: steps and told_steps(steps, game) for mask, steps in found.items()}

    return {
        "gains": {
            str(mask_of(p)): {name: gain(i, p, stand) for i, name in enumerate(game.rules.parties)}
            for p in packages
        },
        "acceptable_to_principals": [mask_of(p) for p in zones.principals],
        "after_vetoes": [mask_of(p) for p in zones.consented],
        "with_roadmap": [mask_of(p) for p in zones.signable],
        "pareto_after_vetoes": pareto(left),
        "solutions_after_vetoes": {
            "nash": nash(left, powers(stand)),
            "kalai-smorodinsky": kalai_smorodinsky(left),
            "egalitarian": egalitarian(left),
            "utilitarian": utilitarian(left),
        },
        "minimum_trust": {str(mask_of(p)): told_trust(minimum_trust(p, stand)) for p in packages},
        "roadmap": roadmaps(bounded=True),
        "roadmap_whatever_the_trust": roadmaps(bounded=False),
    }


def told_efficient(game: Game, draw: int) -> list[Any]:
    """[mask, obstacle]."""
    package, obstacle = efficient(stand_of(game, draw))
    return [mask_of(package), obstacle]


def played(game: Game, draw: int) -> Played:
    """One draw played by the protocol `aspirations`."""
    told = game.told
    rounds, agreements = aspirations(
        stand_of(game, draw), told["knowledge"], told["learning"], lots_of(game, draw)
    )
    granted = {game.ids.index(c): given for c, given in told["draws"][draw]["granted"].items()}
    return Played(rounds, agreements, granted)


def told_aspirations(game: Game, draw: int) -> dict[str, Any]:
    """What each round brought, and what became of all that was signed."""
    rounds, agreements, granted = played(game, draw)
    ended: dict[str, Any] | None = None
    if agreements:
        after = carry_out(agreements, granted, game.rules)
        stopped = after.stopped_by
        ended = {
            "steps": [told_steps(agreement.steps, game) for agreement in agreements],
            "in_force": mask_of(after.in_force),
            "done": mask_of(after.done),
            "stopped_by": stopped and [game.rules.parties[i] for i in stopped],
        }
    return {
        "rounds": [
            [mask_of(r.signed), r.why, {str(k): why for k, why in r.tiers.items()}] for r in rounds
        ],
        "after": ended,
    }


def told_steps(steps: Steps, game: Game) -> list[list[str]]:
    """A roadmap in the commitments' own names."""
    return [[game.ids[c] for c in step] for step in steps]


def told_trust(least: float) -> float | str:
    """Infinity as the files write it."""
    return "inf" if math.isinf(least) else least
