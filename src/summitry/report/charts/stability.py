"""Where a conflict can come to rest: its states with the moves that pay, and who they hold for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from summitry.analysis.holding import State
from summitry.analysis.stability import Stability
from summitry.analysis.state_graph import Graph
from summitry.report.charts.drawing import Spec, titled
from summitry.report.charts.graph_panel import FILLS, Box, cut, graph_panel
from summitry.report.charts.matrix import Held, matrices
from summitry.report.charts.palette import MIDDLE
from summitry.report.charts.stability_table import ALL, Cell, stability_table
from summitry.report.charts.state_graph import Move, balanced, grid_of
from summitry.report.charts.story_panel import movers_of, state_label, stories_drawn, why_told

MOST_STATES = 16
ROOM = (17, 3)  # letters and lines of a box
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
    views = [panel, *([stability_table(cells)] if cells else []), *_states(answer, whole)]
    apart = dict.fromkeys(("fill", "color", "strokeDash"), "independent")
    body = {"vconcat": views, "spacing": 26, "resolve": {"scale": apart}}
    return titled("Where it can come to rest", subtitle, body)


def _whole(answer: Stability, graph: Graph) -> tuple[Spec, list[str]]:
    options = [name for mover in graph.movers for name in mover.commitments]
    owned = [sum(1 << options.index(name) for name in m.commitments) for m in graph.movers]
    states = [sum(1 << options.index(name) for name in node.commitments) for node in graph.nodes]
    titles = [answer.about.names[name] for name in options]
    grid = grid_of(states, balanced(states, owned), titles)
    boxes = [
        Box(cut(label, *ROOM), _kind(node.equilibrium), node.is_today)
        for node, label in zip(graph.nodes, _node_labels(graph), strict=True)
    ]
    movers = [movers_of(mover.parties, answer.about.names) for mover in graph.movers]
    moves: list[Move] = [(movers[e.mover], e.start, e.end) for e in graph.moves if e.gains]
    told = [
        f"all {len(states)} states by what is done in them (above and beside); double line: today",
        "a party also holds back from a move that pays where the answer to it deters (SEQ, SMR, GMR)",
    ]
    return graph_panel(grid, boxes, moves, "arrow: gains by this move"), told


def _node_labels(graph: Graph) -> list[str]:
    """A state's own name; else a number, for what is done in it stands above and beside it."""
    return [
        f"state {number}"
        if node.state == ",".join(node.commitments)
        else node.state.replace("-", " ")
        for number, node in enumerate(graph.nodes, start=1)
    ]


def _states(answer: Stability, whole: Graph | None) -> Iterator[Spec]:
    """What is done in each state, where the picture itself does not say it."""
    if whole is None:
        columns = [
            Held(number, state.commitments, MIDDLE if kind == NONE else FILLS[kind])
            for number, (state, kind) in enumerate(_kinds(answer), start=1)
        ]
        yield from matrices("What is done in each state", "", columns, answer.about.names)


def _kinds(answer: Stability) -> list[tuple[State, str]]:
    return [
        (state, _kind([c for c in CONCEPTS if state.equilibrium.get(c)])) for state in answer.states
    ]


def _kind(concepts: Sequence[str]) -> str:
    if "nash" in concepts:
        return NASH
    if "seq" in concepts:
        return SEQ
    return OTHER if concepts else NONE


def _stories(answer: Stability) -> tuple[Spec, list[str]]:
    about = answer.about
    grid, boxes, moves = stories_drawn(_kinds(answer), about.names, about.tier_titles)
    shown = len({row for column, row in grid.cells if column == 0})
    told = [
        f"{shown} of {answer.feasible:,} states: today (double line), and of the one asked about and "
        "each tier's best those that somebody would leave; numbers as in the table",
        "of each party that gains by leaving one the move that is deterred least, and its answer",
    ]
    return graph_panel(grid, boxes, moves, "arrow: moves"), told


def _cells(answer: Stability, graph: Graph | None) -> Iterator[Cell]:
    """The cells of the table: of all states of a graph whose order is certain, else of those told."""
    if graph is not None and not answer.uncertain:
        for node, label in zip(graph.nodes, _node_labels(graph), strict=True):
            for concept in CONCEPTS:
                holding = node.stable_for[concept]
                shares = {party: float(party in holding) for party in answer.parties}
                yield from _row(answer, label, concept, shares, float(concept in node.equilibrium))
        return
    for state, label in zip(answer.states, _labels(answer), strict=True):
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


def _labels(answer: Stability) -> list[str]:
    """What the rows are called: by number and name, and by why they are told."""
    tiers = answer.about.tier_titles
    return [
        f"{state_label(state, number)} ({why_told(state, tiers)})"
        for number, state in enumerate(answer.states, start=1)
    ]
