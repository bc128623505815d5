"""What a roadmap asks of each party and lets it risk, and a package cut into parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.literal.packages import NOTHING, Package
from tests.literal.roadmaps import Parties, Search, Steps, movers_of
from tests.literal.stakes import Stand


class Shown(NamedTuple):
    """A roadmap: who is tempted on the way, and each party's demand, exposure and temptation."""

    steps: Steps
    tempted: Parties
    demand: tuple[float, ...]
    exposure: tuple[float, ...]
    temptation: tuple[float, ...]


def describe(steps: Steps, package: Package, stand: Stand) -> Shown:
    """The measures of one roadmap from where the parties stand.

    Exposure looks at what is done before the package is complete: then a collapse is no longer
    possible. A party that moves nothing is asked nothing; its temptation is 0, and so is
    that of one whom stopping would never pay.
    """
    search, rules, everyone = Search(package, stand, bounded=False), stand.rules, stand.parties
    before = [stand.signed]
    for step in steps:
        before.append(before[-1] | set(step))
    tempted = [search.tempted(step, done) for step, done in zip(steps, before, strict=False)]
    demand, exposure = [0.0 for _ in everyone], [0.0 for _ in everyone]
    temptation = [0.0 for _ in everyone]
    for at, step in enumerate(steps):
        done, later = before[at], NOTHING.union(*tempted[at + 1 :])
        for i in movers_of(step, rules):
            demand[i] = max(demand[i], search.asked(i, done, before[at + 1], later))
            temptation[i] = max(temptation[i], search.stop_value(i, done) - search.gains[i])
        exposure = [max(most, -search.kept(i, done)) for i, most in enumerate(exposure)]
    return Shown(steps, NOTHING.union(*tempted), tuple(demand), tuple(exposure), tuple(temptation))


def in_parts(parts: Mapping[int, int], stand: Stand) -> tuple[dict[tuple[int, int], int], Stand]:
    """The same game with commitments cut into equal parts, chained by `requires`.

    The first result gives the place of (commitment, part). What needs a commitment needs its
    last part, and a linkage all of its parts; an outside consent is asked once.
    """
    rules = stand.rules
    number = [parts.get(c, 1) for c in range(len(rules.movers))]
    ids = [(c, k) for c, of in enumerate(number) for k in range(of)]
    at = {one: place for place, one in enumerate(ids)}

    def whole(package: Package) -> Package:
        return frozenset(at[c, k] for c in package for k in range(number[c]))

    def last(package: Package) -> Package:
        return frozenset(at[c, number[c] - 1] for c in package)

    cut = rules._replace(
        movers=tuple(rules.movers[c] for c, _ in ids),
        judges=tuple(rules.judges[c] for c, _ in ids),
        requires=tuple(
            last(rules.requires[c]) | ({at[c, k - 1]} if k else NOTHING) for c, k in ids
        ),
        only_with=tuple(whole(rules.only_with[c] | {c}) - {at[c, k]} for c, k in ids),
        excludes=tuple(whole(rules.excludes[c]) for c, _ in ids),
        instant=tuple(rules.instant[c] for c, _ in ids),
        reversible=tuple(rules.reversible[c] for c, _ in ids),
        linkages=tuple(whole(together) for together in rules.linkages),
        tiers=tuple((whole(every), last(some)) for every, some in rules.tiers),
    )
    people = tuple(
        party._replace(values=tuple(party.values[c] / number[c] for c, _ in ids))
        for party in stand.parties
    )
    chance = {at[c, 0]: p for c, p in stand.chance.items()}
    return at, stand._replace(rules=cut, parties=people, chance=chance, signed=whole(stand.signed))
