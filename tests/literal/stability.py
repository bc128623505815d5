"""The graph model, definition by definition, over sets of states: slow and plain.

A conflict is a list of feasible states (bit masks of options), who owns which option, what can
be taken up and given up, which single moves are barred, and every party's payoff of each state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations, product


@dataclass(frozen=True)
class Conflict:
    """`owners`: for each option the set of parties that hold it. `payoffs[i][s]`: state s for i.

    `views[i][j]`: what i takes j's payoffs to be. `barred`: (party, from, to). `unseen[i]`: the
    states that i does not know of.
    """

    states: Sequence[int]
    owners: Sequence[frozenset[int]]
    payoffs: Sequence[Mapping[int, float]]
    adds: int
    drops: int
    barred: frozenset[tuple[int, int, int]] = frozenset()
    unseen: Mapping[int, frozenset[int]] = field(default_factory=dict)
    views: Mapping[int, Mapping[int, Mapping[int, float]]] = field(default_factory=dict)
    known: dict[tuple[frozenset[int], int], set[int]] = field(default_factory=dict, repr=False)

    @property
    def parties(self) -> range:
        return range(len(self.payoffs))

    def movers(self, parties: Iterable[int]) -> list[frozenset[int]]:
        """Each of the parties alone, and every group of them that owns options jointly."""
        inside = frozenset(parties)
        joint = {o for o in self.owners if len(o) > 1 and o <= inside}
        return [frozenset([i]) for i in sorted(inside)] + sorted(joint, key=sorted)

    def moves(self, mover: frozenset[int], s: int) -> set[int]:
        """R: what a mover can reach from s in one move (kept once it has been found)."""
        if (mover, s) not in self.known:
            self.known[mover, s] = {t for t in self.states if self._can_move(mover, s, t)}
        return self.known[mover, s]

    def _can_move(self, mover: frozenset[int], s: int, t: int) -> bool:
        changed, up, down = s ^ t, t & ~s, s & ~t
        own = sum(1 << k for k, owner in enumerate(self.owners) if owner == mover)
        if not changed or changed & ~own or up & ~self.adds or down & ~self.drops:
            return False
        if any(s in self.unseen.get(i, ()) or t in self.unseen.get(i, ()) for i in mover):
            return False
        return not (len(mover) == 1 and (*mover, s, t) in self.barred)

    def seen(self, viewer: int, i: int) -> Mapping[int, float]:
        return self.views.get(viewer, {}).get(i, self.payoffs[i])

    def improvements(self, mover: frozenset[int], s: int, viewer: int) -> set[int]:
        """R+: moves by which every member of the mover gains, as the viewer sees it."""
        return {
            t
            for t in self.moves(mover, s)
            if all(self.seen(viewer, j)[t] > self.seen(viewer, j)[s] for j in mover)
        }


def reach(step, movers, s, sanctions) -> set[int]:
    """R_H: where the movers can get to from s; `step(mover, s)` is a single move."""
    if sanctions == "single":
        return set().union(*(step(m, s) for m in movers))
    if sanctions == "once":
        reached = set()
        for size in range(1, len(movers) + 1):
            for order in permutations(movers, size):
                now = {s}
                for mover in order:
                    now = set().union(*(step(mover, x) for x in now))
                    reached |= now
        return reached
    found: set[tuple[int, frozenset[int]]] = set()
    todo = [(s, frozenset())]
    while todo:
        x, last = todo.pop()
        for mover in movers:
            if mover == last:
                continue
            for y in step(mover, x):
                if (y, mover) not in found:
                    found.add((y, mover))
                    todo.append((y, mover))
    return {x for x, _ in found}


def others(conflict: Conflict, i: int) -> list[frozenset[int]]:
    return conflict.movers(set(conflict.parties) - {i})


def no_better(conflict: Conflict, i: int, s: int) -> set[int]:
    """phi: the states that are no better for i than s."""
    mine = conflict.payoffs[i]
    return {x for x in conflict.states if mine[x] <= mine[s]}


def own_improvements(conflict: Conflict, i: int, s: int) -> set[int]:
    return conflict.improvements(frozenset([i]), s, i)


def nash(conflict: Conflict, i: int, s: int, sanctions: str) -> bool:
    return not own_improvements(conflict, i, s)


def gmr(conflict: Conflict, i: int, s: int, sanctions: str) -> bool:
    bad = no_better(conflict, i, s)
    return all(
        reach(conflict.moves, others(conflict, i), t, sanctions) & bad
        for t in own_improvements(conflict, i, s)
    )


def smr(conflict: Conflict, i: int, s: int, sanctions: str) -> bool:
    bad = no_better(conflict, i, s)
    return all(
        any(
            conflict.moves(frozenset([i]), x) <= bad
            for x in reach(conflict.moves, others(conflict, i), t, sanctions) & bad
        )
        for t in own_improvements(conflict, i, s)
    )


def seq(conflict: Conflict, i: int, s: int, sanctions: str) -> bool:
    bad = no_better(conflict, i, s)

    def step(mover: frozenset[int], x: int) -> set[int]:
        return conflict.improvements(mover, x, i)

    return all(
        reach(step, others(conflict, i), t, sanctions) & bad
        for t in own_improvements(conflict, i, s)
    )


def sim(conflict: Conflict, i: int, s: int, sanctions: str) -> bool:
    bad = no_better(conflict, i, s)
    choices = [[s, *conflict.improvements(mover, s, i)] for mover in others(conflict, i)]

    def landings(t: int) -> Iterator[int]:
        for chosen in product(*choices):
            moved = [x for x in chosen if x != s]
            if not moved:
                continue
            landed = t
            for x in moved:
                landed ^= x ^ s
            yield landed

    return all(any(x in bad for x in landings(t)) for t in own_improvements(conflict, i, s))


CONCEPTS = {"nash": nash, "gmr": gmr, "smr": smr, "seq": seq, "sim": sim}


def coalition_stable(conflict: Conflict, s: int) -> bool:
    """Whether no coalition can reach a state that all its members prefer."""
    for size in range(1, len(conflict.parties) + 1):
        for coalition in combinations(conflict.parties, size):
            movers = conflict.movers(coalition)
            for x in reach(conflict.moves, movers, s, "closure"):
                if all(conflict.payoffs[j][x] > conflict.payoffs[j][s] for j in coalition):
                    return False
    return True
