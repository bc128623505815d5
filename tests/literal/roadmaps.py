"""Orders of moves: the trust that each asks for, and the one that is signed.

A roadmap leads from what was signed before (at first from nothing) to the package. It is looked
for backwards over pairs of what is done and who is still to be tempted from there on, because
the trust that a step asks for depends on how many others are tempted later.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator

from tests.literal.packages import Package, Rules
from tests.literal.stakes import TOLERANCE, Stand, gain, kept, stop_value

Step = tuple[int, ...]
Steps = tuple[Step, ...]
Parties = frozenset[int]


def steps_from(done: Package, package: Package, rules: Rules) -> Iterator[Step]:
    """Every single commitment and every swap that can come next."""
    ready = [c for c in sorted(package - done) if rules.requires[c] <= done]
    for c in ready:
        yield (c,)
    for c, d in itertools.combinations(ready, 2):
        if rules.instant[c] and rules.instant[d] and not rules.movers[c] & rules.movers[d]:
            yield (c, d)


def movers_of(step: Step, rules: Rules) -> Parties:
    """The parties that move in a step."""
    return frozenset().union(*(rules.movers[c] for c in step))


class Search:
    """The roadmaps of one package from where the parties stand.

    `bounded`: only those in which no step asks a mover for more than its own trust.
    """

    def __init__(self, package: Package, stand: Stand, *, bounded: bool) -> None:
        self.package, self.stand, self.bounded = package, stand, bounded
        self.gains = [gain(i, package, stand) for i in range(len(stand.parties))]
        self.kept = functools.cache(lambda i, done: kept(i, done, stand))
        self.stop_value = functools.cache(lambda i, done: stop_value(i, done, stand))
        self.ways = functools.cache(self._ways)

    def tempted(self, step: Step, done: Package) -> Parties:
        """The movers of a step for whom stopping before it beats going on to the end."""
        return frozenset(
            i
            for i in movers_of(step, self.stand.rules)
            if self.stop_value(i, done) > self.gains[i] + TOLERANCE
        )

    def asked(self, i: int, done: Package, after: Package, later: Parties) -> float:
        """The trust that a step asks of one of its movers, by the first line that applies."""
        others = len(later - {i})
        if after == self.package or others == 0:
            return 0.0
        stays, gained = self.kept(i, after), self.gains[i]
        worst = min(self.stop_value(i, done), 0.0)
        if worst <= stays + TOLERANCE:
            return 0.0
        if gained <= stays + TOLERANCE:
            return math.inf
        return min(1.0, (worst - stays) / (gained - stays)) ** (1 / others)

    def demand(self, step: Step, done: Package, later: Parties) -> float | None:
        """The most that a step asks of a mover; None where that is more than it trusts."""
        after, most = done | set(step), 0.0
        for i in movers_of(step, self.stand.rules):
            need = self.asked(i, done, after, later)
            if self.bounded and need > self.stand.parties[i].trust + TOLERANCE:
                return None
            most = max(most, need)
        return most

    def _ways(self, done: Package) -> dict[Parties, float]:
        """By the parties tempted from here on: the smallest demand of a roadmap's rest."""
        if done == self.package:
            return {frozenset(): 0.0}
        least: dict[Parties, float] = {}
        for step in steps_from(done, self.package, self.stand.rules):
            here = self.tempted(step, done)
            for later, ahead in self.ways(done | set(step)).items():
                need = self.demand(step, done, later)
                if need is not None:
                    who = here | later
                    least[who] = min(least.get(who, math.inf), max(need, ahead))
        return least

    def shortest(self, start: Package, who: Parties, most: float) -> Steps:
        """Of the roadmaps that tempt exactly these and ask no more: fewest steps, then first."""

        @functools.cache
        def rest(done: Package, who: Parties) -> tuple[int, Steps] | None:
            if done == self.package:
                return None if who else (0, ())
            found = []
            for step in steps_from(done, self.package, self.stand.rules):
                here, after = self.tempted(step, done), done | set(step)
                for later in self.ways(after):
                    need = self.demand(step, done, later)
                    if here | later != who or need is None or need > most + TOLERANCE:
                        continue
                    if (ahead := rest(after, later)) is not None:
                        found.append((1 + ahead[0], (step, *ahead[1])))
            return min(found, default=None)

        found = rest(start, who)
        assert found is not None, "the search has found that there is one"
        return found[1]


def minimum_trust(package: Package, stand: Stand) -> float:
    """The smallest demand of any roadmap; infinite where there is none."""
    ways = Search(package, stand, bounded=False).ways(stand.signed)
    return min(ways.values(), default=math.inf)


def can_be_signed(package: Package, stand: Stand) -> bool:
    """Whether a roadmap asks no mover for more than its trust."""
    return bool(Search(package, stand, bounded=True).ways(stand.signed))


def is_self_enforcing(package: Package, stand: Stand) -> bool:
    """Whether a roadmap tempts nobody."""
    return frozenset() in Search(package, stand, bounded=False).ways(stand.signed)


def roadmap(package: Package, stand: Stand, *, bounded: bool) -> Steps | None:
    """The roadmap that is signed, or the one that would be whatever the trust; None if none."""
    search = Search(package, stand, bounded=bounded)
    ways = search.ways(stand.signed)
    if not ways:
        return None
    fewest = min(map(len, ways))
    least = min(need for who, need in ways.items() if len(who) == fewest)
    alike = [
        who for who, need in ways.items() if len(who) == fewest and need <= least + TOLERANCE
    ]  # fmt: skip
    return search.shortest(stand.signed, min(alike, key=sorted), least)
