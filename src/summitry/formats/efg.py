"""The game tree of a roadmap as an extensive game (.efg) that Gambit reads.

The format is the one that Gambit documents (version 2): a prologue with the players, then the
nodes in prefix order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from summitry.analysis.orders import Order, OrderStep
from summitry.analysis.roadmap import Roadmap
from summitry.dossier.errors import CannotAnswer

COMMENT = (
    "Before each step its mover stops or goes on. Payoffs count from having no agreement, each "
    "in the player's own points: whoever stops keeps what cannot be undone less its cost of "
    "breaking the deal, the others keep what cannot be undone, and completion brings the gains. "
    "What hangs on an outside consent counts with its chance."
)


def game_tree(roadmap: Roadmap) -> str:
    """The order that a roadmap shows, as the text of an .efg file.

    Before each step every mover of it, one after the other, stops for good or goes on. The
    players are those who move. Raises CannotAnswer where the roadmap has no order.
    """
    order = roadmap.order
    if order is None:
        raise CannotAnswer(
            "no order of moves works at any trust, so there is no tree to write; name another "
            "package with `--package`"
        )
    players = list(order.demand)
    lines = [_prologue(roadmap, players), *_nodes(roadmap, order, players)]
    return "\n".join(lines) + "\n"


def _prologue(roadmap: Roadmap, players: list[str]) -> str:
    named = " ".join(_quoted(_name(roadmap, party)) for party in players)
    return f"EFG 2 R {_quoted(roadmap.about.title)} {{ {named} }}\n{_quoted(COMMENT)}\n"


def _nodes(roadmap: Roadmap, order: Order, players: list[str]) -> Iterator[str]:
    """The nodes: a decision and its stop for each mover, completion at the end."""
    kept: Mapping[str, float] = dict.fromkeys(players, 0.0)
    decisions = dict.fromkeys(players, 0)
    outcome = 0
    for number, step in enumerate(order.steps, start=1):
        what = f"{number}. {_step(step)}"
        for mover in step.movers:
            decisions[mover] += 1
            outcome += 1
            who = players.index(mover) + 1
            node = f"{what}: {_name(roadmap, mover)}"
            yield f'p {_quoted(node)} {who} {decisions[mover]} {_quoted(what)} {{ "stop" "go on" }} 0'
            payoffs = {**kept, mover: step.temptation[mover] + roadmap.gains[mover]}
            name = f"{_name(roadmap, mover)} stops before step {number}"
            yield _leaf(outcome, name, [payoffs[party] for party in players])
        kept = step.held
    yield _leaf(outcome + 1, "all is done", [roadmap.gains[party] for party in players])


def _step(step: OrderStep) -> str:
    return " + ".join(step.commitments)


def _leaf(number: int, name: str, payoffs: list[float]) -> str:
    return f"t {_quoted(name)} {number} {_quoted(name)} {{ {' '.join(map(_plain, payoffs))} }}"


def _name(roadmap: Roadmap, party: str) -> str:
    return roadmap.about.names[party]


def _plain(value: float) -> str:
    """A number without an exponent, to a billionth."""
    rounded = round(value, 9) + 0.0  # no minus before nought
    return f"{rounded:.9f}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    """A label as the format wants it; a backslash is written as a slash."""
    plain = " ".join(text.split()).replace("\\", "/")
    return '"' + plain.replace('"', '\\"') + '"'
