"""Where a conflict can come to rest: its states with the moves that pay, and who they hold for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from summitry.analysis.holding import State
from summitry.analysis.stability import Stability
from summitry.analysis.state_graph import Graph
from summitry.report.charts.drawing import Spec, titled
from summitry.report.charts.graph_panel import FILLS, Box, cut, graph_panel
from summitry.report.charts.stability_table import ALL, Cell, stability_table
from summitry.report.charts.state_graph import Move, balanced, grid_of
from summitry.report.charts.story_panel import movers_of, stories_drawn, why_told

MOST_STATES = 16
LONGEST = 44
ROOM = (20, 3)  # letters and lines of a box
CONCEPTS = {"nash": "Nash", "seq": "SEQ", "smr": "SMR", "gmr": "GMR", "sim": "SIM"}
NASH, SEQ, OTHER, NONE = FILLS


def stability_chart(answer: Stability) -> Spec:
    """A Vega-Lite specification of the graph, and below it of the table.

    Of up to 16 states the whole graph is drawn, with all moves that their mover gains by; of
    more only the states that the answer tells of, and the moves that its stories are about.
    """
    graph = answer.graph
    whole = graph if graph is not None and len(graph.nodes) <= MOST_STATES else None
    panel, told = _whole(answer, whole) if whole else _stories(answer)
    about = answer.about
    rule = "" if answer.sanctions == "closure" else f"; sanctions: {answer.sanctions}"
    dated = f", as of {about.as_of}" if about.as_of else ""
    table = "table: filled where it is stable"
    if answer.uncertain:
        table = "table: in how many of 100 draws it is stable; filled: in all, empty: in none"
    subtitle = [f"{about.title}{dated}; {answer.point}{rule}", *told, table]
    cells = list(_cells(answer, whole))
    body = {"vconcat": [panel, stability_table(cells)] if cells else [panel], "spacing": 26}
    return titled("Where it can come to rest", subtitle, body)


def _whole(answer: Stability, graph: Graph) -> tuple[Spec, list[str]]:
    options = [name for mover in graph.movers for name in mover.commitments]
    owned = [sum(1 << options.index(name) for name in m.commitments) for m in graph.movers]
    states = [sum(1 << options.index(name) for name in node.commitments) for node in graph.nodes]
    grid = grid_of(states, balanced(states, owned), options)
    boxes = [
        Box(_lines(node.state, node.commitments), _kind(node.equilibrium), node.is_today)
        for node in graph.nodes
    ]
    movers = [movers_of(mover.parties, answer.about.names) for mover in graph.movers]
    moves: list[Move] = [(movers[e.mover], e.start, e.end) for e in graph.moves if e.gains]
    told = [
        f"all {len(states)} states by what is done in them (above and beside); double line: today",
        "a party also holds back from a move that pays where the answer to it deters (SEQ, SMR, GMR)",
    ]
    return graph_panel(grid, boxes, moves, "arrow: gains by this move"), told


def _lines(state: str, commitments: Sequence[str]) -> list[str]:
    """A state's own name, or what is done in it."""
    unnamed = state == ",".join(commitments)
    return cut(" + ".join(commitments) if unnamed else state.replace("-", " "), *ROOM)


def _kind(concepts: Sequence[str]) -> str:
    if "nash" in concepts:
        return NASH
    if "seq" in concepts:
        return SEQ
    return OTHER if concepts else NONE


def _stories(answer: Stability) -> tuple[Spec, list[str]]:
    states = [
        (state, _kind([c for c in CONCEPTS if state.equilibrium.get(c)])) for state in answer.states
    ]
    grid, boxes, moves = stories_drawn(states, answer.about.names)
    shown = len({row for column, row in grid.cells if column == 0})
    told = [
        f"{shown} of {answer.feasible:,} states: today (double line), the one asked about, each "
        "tier's best, and strict equilibria",
        "of each party that gains by leaving one the move that is deterred least, and its answer",
    ]
    return graph_panel(grid, boxes, moves, "arrow: moves"), told


def _cells(answer: Stability, graph: Graph | None) -> Iterator[Cell]:
    """The cells of the table: of all states of a graph whose order is certain, else of those told."""
    if graph is not None and not answer.uncertain:
        for node in graph.nodes:
            for concept in CONCEPTS:
                holding = node.stable_for[concept]
                shares = {party: float(party in holding) for party in answer.parties}
                yield from _row(
                    answer, node.state, concept, shares, float(concept in node.equilibrium)
                )
        return
    for state, label in zip(answer.states, _labels(answer.states), strict=True):
        for concept in [c for c in CONCEPTS if c in state.stable]:
            by_party = state.stable[concept]
            over, together = state.party_shares.get(concept), state.shares.get(concept)
            shares = {p: over[p].share if over else float(by_party[p]) for p in answer.parties}
            of_all = together.share if together else float(state.equilibrium[concept])
            yield from _row(answer, label, concept, shares, of_all)


def _row(
    answer: Stability, state: str, concept: str, shares: Mapping[str, float], of_all: float
) -> Iterator[Cell]:
    for party, share in shares.items():
        yield Cell(state, answer.about.names[party], CONCEPTS[concept], share)
    yield Cell(state, ALL, CONCEPTS[concept], of_all)


def _labels(states: Sequence[State]) -> list[str]:
    """What the rows are called, each its own: by name if that is short, else by why it is told."""
    plain = [state.state if len(state.state) <= LONGEST else why_told(state) for state in states]
    return [
        f"{name} ({plain[: k + 1].count(name)})" if plain.count(name) > 1 else name
        for k, name in enumerate(plain)
    ]
