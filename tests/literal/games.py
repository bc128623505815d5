"""Games files: a game's rules, draws and types, and all results of the literal version.

The format is that of the files with known results; besides, a game may give

- `types`: {party: [{"prior": weight, "draws": [...]}, ...]}, where each draw replaces the
  numbers of that party in the draw of the same place (a party without types has one kind);
- `ghost_types`: per draw {party: place of the type that the party has as a ghost there};
- `chances`: per draw {commitment: {party: [probability, granted]}};
- per draw `reversible` (a list over the commitments), `knowledge`, `learning` and
  `bargaining_power`, in place of the game's, and `ends`: per round, whether talks end then.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.literal.offers import Kind, Prior, answer_to, blurred, efficient, offer, prior_of
from tests.literal.packages import (
    Numbers,
    Package,
    Rules,
    mask_of,
    possible_packages,
    tier_of,
)
from tests.literal.roadmaps import minimum_trust, order_of
from tests.literal.solutions import egalitarian, kalai_smorodinsky, nash, pareto, utilitarian
from tests.literal.zones import State, Zones, first_empty, gains_of, zones_of

FIELDS = ("values", "linkage_values", "no_agreement", "delay_cost", "breach_cost", "trust")


class Game(NamedTuple):
    """A game as read: `told` is the file's own text, `population` per party its types."""

    told: Mapping[str, Any]
    rules: Rules
    population: tuple[tuple[Kind, ...], ...]
    prior: Prior


class Outcome(NamedTuple):
    """What came of one draw: the package agreed on or None, and what each round gave."""

    agreed: Package | None
    rounds: tuple[str | None, ...]


def read_games(path: Path) -> list[Game]:
    """All games of a file."""
    return [game_of(told) for told in json.loads(path.read_text(encoding="utf-8"))]


def game_of(told: Mapping[str, Any]) -> Game:
    """A game from its text."""
    rules = rules_of(told)
    population = tuple(kinds_of(told, name) for name in rules.parties)
    return Game(told, rules, population, prior_of(population, rules, len(told["proposers"][0])))


def rules_of(told: Mapping[str, Any]) -> Rules:
    """What no draw changes, by place instead of by name."""
    parties = (*told["principals"], *told["stakeholders"])
    commitments = told["commitments"]
    ids = [c["id"] for c in commitments]

    def sets(key: str, names: Sequence[str]) -> tuple[frozenset[int], ...]:
        return tuple(places(c.get(key, []), names) for c in commitments)

    chances = told.get("chances", [{}])[0]
    return Rules(
        parties=parties,
        principals=places(told["principals"], parties),
        movers=sets("by", parties),
        judges=sets("consent", parties),
        chancers=tuple(places(chances.get(name, {}), parties) for name in ids),
        requires=sets("requires", ids),
        only_with=sets("only_with", ids),
        excludes=sets("excludes", ids),
        instant=tuple(c["instant"] for c in commitments),
        linkages=tuple(places(together, ids) for together in told["linkages"]),
        tiers=tuple((places(t["all"], ids), places(t["any"], ids)) for t in told["tiers"]),
    )


def places(chosen: Sequence[str] | Mapping[str, Any], names: Sequence[str]) -> frozenset[int]:
    """The places of the chosen names."""
    return frozenset(names.index(name) for name in chosen)


def kinds_of(told: Mapping[str, Any], party: str) -> tuple[Kind, ...]:
    """The types of a party, each with its numbers in every draw."""
    common = tuple(numbers_of({f: draw[f][party] for f in FIELDS}) for draw in told["draws"])
    types = told.get("types", {}).get(party)
    if not types:
        return (Kind(1.0, common),)
    return tuple(Kind(t["prior"], tuple(map(numbers_of, t["draws"]))) for t in types)


def numbers_of(told: Mapping[str, Any]) -> Numbers:
    """One party's numbers in one draw."""
    values, linkages, *rest = (told[field] for field in FIELDS)
    return Numbers(tuple(values), tuple(linkages), *rest)


def strata_of(game: Game) -> list[tuple[int, ...]]:
    """Every combination of the parties' types, by place."""
    return list(itertools.product(*(range(len(kinds)) for kinds in game.population)))


def state_of(game: Game, stratum: Sequence[int], draw: int, waited: int) -> State:
    """The numbers of one draw of a stratum in one round."""
    told, rules = game.told["draws"][draw], game.rules
    ids = [c["id"] for c in game.told["commitments"]]
    lots = game.told["chances"][draw] if "chances" in game.told else {}
    pairs = {
        (ids.index(c), rules.parties.index(j)): lot
        for c, lots_of_one in lots.items()
        for j, lot in lots_of_one.items()
    }
    return State(
        parties=tuple(
            kinds[kind].draws[draw] for kinds, kind in zip(game.population, stratum, strict=True)
        ),
        reversible=tuple(
            told.get("reversible", [c["reversible"] for c in game.told["commitments"]])
        ),
        power=tuple(told.get("bargaining_power", {}).get(name, 1.0) for name in rules.parties),
        chance={pair: probability for pair, (probability, _) in pairs.items()},
        granted={pair: granted for pair, (_, granted) in pairs.items()},
        waited=waited,
    )


def ghost_of(game: Game, draw: int) -> list[Numbers]:
    """Everybody's numbers in the ghost of a draw: the next draw, with types drawn anew."""
    following = (draw + 1) % len(game.told["draws"])
    types = game.told["ghost_types"][following] if "ghost_types" in game.told else {}
    return [
        kinds[types.get(name, 0)].draws[following]
        for name, kinds in zip(game.rules.parties, game.population, strict=True)
    ]


def seen_by(proposer: int, game: Game, state: State, draw: int, knowledge: float) -> list[Numbers]:
    """Everybody's numbers as the proposer sees them: its own are true."""
    ghosts = ghost_of(game, draw)
    return [
        party if j == proposer else blurred(party, ghosts[j], game.prior.means[j], knowledge)
        for j, party in enumerate(state.parties)
    ]


def play_offers(game: Game, stratum: Sequence[int], draw: int) -> Outcome:
    """Offers, round by round, until one is accepted or the talks end."""
    told, rules, rounds = game.told, game.rules, []
    knowledge = told["draws"][draw].get("knowledge", told.get("knowledge"))
    learning = told["draws"][draw].get("learning", told.get("learning"))
    for waited, name in enumerate(told["proposers"][draw]):
        state = state_of(game, stratum, draw, waited)
        obstacle, package = first_empty(zones_of(state, rules), rules, 1), None
        if obstacle is None:
            proposer = rules.parties.index(name)
            seen = seen_by(proposer, game, state, draw, knowledge)
            package = offer(proposer, seen, game.prior, knowledge, state, rules)
            obstacle = answer_to(package, state, rules)
        rounds.append(obstacle)
        if obstacle is None:
            return Outcome(package, tuple(rounds))
        if "ends" in told and told["ends"][draw][waited]:
            break
        knowledge = knowledge + (1 - knowledge) * learning
    return Outcome(None, tuple(rounds))


def play_efficient(game: Game, stratum: Sequence[int], draw: int) -> Outcome:
    """What full knowledge would bring in the first round."""
    package, obstacle = efficient(state_of(game, stratum, draw, 0), game.rules)
    return Outcome(package, (obstacle,))


def results_of(game: Game) -> dict[str, Any]:
    """All results in the shape of `expected`, for the stratum of everybody's first type."""
    packages, first = possible_packages(game.rules), (0,) * len(game.rules.parties)
    draws = range(len(game.told["draws"]))
    return {
        "packages": [mask_of(package) for package in packages],
        "tier": {str(mask_of(p)): tier_of(p, game.rules) for p in packages},
        "first_draw": first_draw(game, packages),
        "efficient": [pairs(play_efficient(game, first, draw))[0] for draw in draws],
        "offers": [pairs(play_offers(game, first, draw)) for draw in draws],
    }


def pairs(outcome: Outcome) -> list[list[Any]]:
    """[mask, obstacle] per round."""
    agreed = 0 if outcome.agreed is None else mask_of(outcome.agreed)
    return [[0 if obstacle else agreed, obstacle] for obstacle in outcome.rounds]


def first_draw(game: Game, packages: Sequence[Package]) -> dict[str, Any]:
    """Gains, zones, frontier, solutions and minimum trust of the first draw in round 0."""
    rules, state = game.rules, state_of(game, (0,) * len(game.rules.parties), 0, 0)
    gains = {package: gains_of(package, state, rules) for package in packages}
    order = order_of(rules, state.parties, state.reversible)
    zones: Zones = zones_of(state, rules)
    left = [
        (mask_of(p), tuple(gains[p][i] for i in sorted(rules.principals)))
        for p in zones.consented
    ]  # fmt: skip
    return {
        "gains": {
            str(mask_of(p)): dict(zip(rules.parties, row, strict=True)) for p, row in gains.items()
        },
        "acceptable_to_principals": [mask_of(p) for p in zones.principals],
        "after_vetoes": [mask_of(p) for p in zones.consented],
        "with_roadmap": [mask_of(p) for p in zones.enforced],
        "pareto_after_vetoes": pareto(left),
        "solutions_after_vetoes": {
            "nash": nash(left, [state.power[i] for i in sorted(rules.principals)]),
            "kalai-smorodinsky": kalai_smorodinsky(left),
            "egalitarian": egalitarian(left),
            "utilitarian": utilitarian(left),
        },
        "minimum_trust": {
            str(mask_of(p)): told_trust(minimum_trust(p, row, order)) for p, row in gains.items()
        },
    }


def told_trust(least: float) -> float | str:
    """Infinity as the files write it."""
    return "inf" if math.isinf(least) else least
