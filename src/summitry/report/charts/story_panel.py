"""Why single states of a large conflict would hold or not: who would leave, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summitry.analysis.holding import State
from summitry.analysis.stories import Step, Story
from summitry.report.charts.graph_panel import PLAIN, Box, cut
from summitry.report.charts.state_graph import Grid, Move

HEADS = ("the state", "who gains by leaving it", "the answer, if there is one")
BOX = (180.0, 88.0)
STEP = (216.0, 118.0)
ROOM = (30, 6)  # letters and lines of a box
MOST_ROWS = 14
BEST = "best of "


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
    states: Sequence[tuple[State, str]], names: Mapping[str, str], tiers: Mapping[str, str]
) -> tuple[Grid, list[Box], list[Move]]:
    """A grid of states (each with its kind), of the moves that leave them, and of the answers.

    States follow one another as long as there is room for fourteen rows.
    """
    drawing = _Drawing()
    for number, (state, kind) in enumerate(states, start=1):
        if drawing.rows and len(drawing.rows) + max(len(state.stories), 1) > MOST_ROWS:
            break
        if not state.stories and "today" not in state.roles:
            continue  # nobody gains by leaving it: the table says so
        drawing.rows.append(_head(state, tiers))
        lines = cut(state_label(state, number), *ROOM)
        at = drawing.put(0, Box(lines, kind, "today" in state.roles))
        for place, story in enumerate(state.stories):
            if place:
                drawing.rows.append("")
            _story(drawing, at, story, names)
        if not any(len(mover) == 1 for mover in state.movers):
            drawing.put(1, Box(cut("nobody can move alone", *ROOM), PLAIN))
    grid = Grid(HEADS, drawing.rows, drawing.cells, BOX, STEP, over=True)
    return grid, drawing.boxes, drawing.moves


def why_told(state: State, tiers: Mapping[str, str]) -> str:
    """Why a state is told of, in a few words."""
    told = [
        f"best for {tiers[role.removeprefix(BEST)]}" if role.startswith(BEST) else role
        for role in state.roles
        if role != "equilibrium"
    ]
    return ", ".join(told) or "an equilibrium"


def _head(state: State, tiers: Mapping[str, str]) -> str:
    """Why the state is shown, and how far it is from today."""
    far, why = state.way.moves, why_told(state, tiers)
    if far is None:
        return f"{why}; out of reach from today"
    return f"{why}; {len(far)} move{'s' * (len(far) != 1)} from today" if far else why


def state_label(state: State, number: int) -> str:
    """A state by its number, and by its name if it has one or is nothing done."""
    if not state.commitments or state.state != ",".join(state.commitments):
        return f"{number}: {state.state.replace('-', ' ')}"
    return f"{number}"


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
    changes = ", ".join(
        f"{verb} {', '.join(f'“{names[one]}”' for one in what)}" for verb, what in parts if what
    )
    return f"{movers_of(step.movers, names)}: {changes}"
