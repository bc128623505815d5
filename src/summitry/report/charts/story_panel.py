"""Why single states of a large conflict would hold or not: who would leave, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summitry.analysis.holding import State
from summitry.analysis.stories import Step, Story
from summitry.report.charts.graph_panel import PLAIN, Box, cut
from summitry.report.charts.state_graph import Grid, Move

HEADS = ("the state", "who gains by leaving it", "the answer, if there is one")
BOX = (276.0, 58.0)
STEP = (336.0, 76.0)
ROOM = (46, 4)  # letters and lines of a box
MOST_ROWS = 14


@dataclass
class _Drawing:
    """What has been put into the grid so far."""

    rows: list[str] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def put(self, column: int, box: Box) -> int:
        """A box in the last row; the number it is called by in moves."""
        self.cells.append((column, len(self.rows) - 1))
        self.boxes.append(box)
        return len(self.boxes) - 1


def stories_drawn(
    states: Sequence[tuple[State, str]], names: Mapping[str, str]
) -> tuple[Grid, list[Box], list[Move]]:
    """A grid of states (each with its kind), of the moves that leave them, and of the answers.

    States follow one another as long as there is room for fourteen rows.
    """
    drawing = _Drawing()
    for state, kind in states:
        if drawing.rows and len(drawing.rows) + max(len(state.stories), 1) > MOST_ROWS:
            break
        drawing.rows.append(_head(state))
        at = drawing.put(0, Box(cut(_commitments(state), *ROOM), kind, "today" in state.roles))
        for number, story in enumerate(state.stories):
            if number:
                drawing.rows.append("")
            _story(drawing, at, story, names)
        if not any(len(mover) == 1 for mover in state.movers):
            drawing.put(1, Box(cut("nobody can move alone", *ROOM), PLAIN))
    return Grid(HEADS, drawing.rows, drawing.cells, BOX, STEP), drawing.boxes, drawing.moves


def why_told(state: State) -> str:
    """Why a state is told of, in a few words."""
    return ", ".join(role for role in state.roles if role != "equilibrium") or "equilibrium"


def _head(state: State) -> str:
    """Why the state is shown, and how far it is from today."""
    far = state.way.moves
    if far is None:
        return f"{why_told(state)}; out of reach from today"
    if not far:
        return why_told(state)
    return f"{why_told(state)}; {len(far)} move{'s' * (len(far) != 1)} from today"


def _commitments(state: State) -> str:
    plain = ", ".join(state.commitments) or "nothing"
    return plain if state.state == ",".join(state.commitments) else state.state.replace("-", " ")


def _story(drawing: _Drawing, at: int, story: Story, names: Mapping[str, str]) -> None:
    """The move that leaves a state, and the answer that pays its movers, or any other."""
    left = drawing.put(1, Box(cut(_told(story.move, names), *ROOM), PLAIN))
    drawing.moves.append((movers_of(story.move.movers, names), at, left))
    steps = story.credible or story.lasting or story.answer
    if not steps:
        drawing.put(2, Box(cut("no answer leaves it worse off than before", *ROOM), PLAIN))
        return
    told = "; then ".join(_told(step, names) for step in steps)
    threat = "" if story.credible else " (an empty threat)"
    answer = drawing.put(2, Box(cut(told + threat, *ROOM), PLAIN))
    drawing.moves.append((movers_of(steps[0].movers, names), left, answer))


def movers_of(parties: Sequence[str], names: Mapping[str, str]) -> str:
    """Who moves, by name."""
    return " with ".join(names[party] for party in parties)


def _told(step: Step, names: Mapping[str, str]) -> str:
    """Who does what by a move."""
    parts = [("drops", step.dropped), ("adds", step.added)]
    changes = ", ".join(f"{verb} {', '.join(what)}" for verb, what in parts if what)
    return f"{movers_of(step.movers, names)}: {changes}"
