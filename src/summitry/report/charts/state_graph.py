"""Where boxes and the arrows between them are drawn, in pixels: the cells of a grid.

For the states of a conflict some movers' options run across, all others' down, so that their
moves are horizontal or vertical. Arrows to a neighbour are straight, longer ones are arcs round
what lies between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

POINTS = 33
ROOM = (38.0, 50.0)
TIP = 9.0
MOST_MOVERS = 10

Place = tuple[float, float]
Move = tuple[str, int, int]


@dataclass(frozen=True)
class Grid:
    """The cell of each box (column, row); `box` and `step` are widths and heights.

    `columns` say what stands above them, `rows` what stands beside them, or (`over`) over each.
    """

    columns: Sequence[str]
    rows: Sequence[str]
    cells: Sequence[tuple[int, int]]
    box: Place = (108.0, 46.0)
    step: Place = (148.0, 104.0)
    over: bool = False

    @property
    def size(self) -> Place:
        """The width and height of all boxes with the room between them."""
        across, down = len(self.columns) - 1, len(self.rows) - 1
        return self.box[0] + self.step[0] * across, self.box[1] + self.step[1] * down

    def centre(self, state: int) -> Place:
        """The middle of a state's box."""
        column, row = self.cells[state]
        return self.centre_x(column), self.centre_y(row)

    def centre_x(self, column: int) -> float:
        """The middle of a column."""
        return self.box[0] / 2 + self.step[0] * column

    def centre_y(self, row: int) -> float:
        """The middle of a row."""
        return self.box[1] / 2 + self.step[1] * row


def balanced(states: Sequence[int], owned: Sequence[int]) -> int:
    """The options to run across (a mask), of some movers, so that the grid is nearly square.

    `owned` are the masks of the movers' options; there are never more columns than rows.
    """
    choices = [0]
    for own in owned[:MOST_MOVERS]:
        choices += [chosen | own for chosen in choices]

    def shape(across: int) -> tuple[bool, int, int]:
        columns = len({state & across for state in states})
        rows = len({state & ~across for state in states})
        return columns > rows, max(columns, rows), across

    return min(choices, key=shape)


def grid_of(states: Sequence[int], across: int, options: Sequence[str]) -> Grid:
    """The grid of states (masks); the options `across` (a mask) tell the columns apart."""
    columns = sorted({state & across for state in states}, key=_few_first)
    rows = sorted({state & ~across for state in states}, key=_few_first)
    return Grid(
        [_taken(mask, options) for mask in columns],
        [_taken(mask, options) for mask in rows],
        [(columns.index(s & across), rows.index(s & ~across)) for s in states],
    )


def _taken(mask: int, options: Sequence[str]) -> str:
    return " + ".join(o for k, o in enumerate(options) if mask >> k & 1) or "none"


def _few_first(mask: int) -> tuple[int, int]:
    return mask.bit_count(), mask


def curve(grid: Grid, start: int, end: int) -> list[Place]:
    """The points of an arrow from the border of one box to that of another."""
    (c1, r1), (c2, r2) = grid.cells[start], grid.cells[end]
    (x1, y1), (x2, y2) = grid.centre(start), grid.centre(end)
    wide, tall = grid.box[0] / 2, grid.box[1] / 2
    if r1 == r2 and abs(c1 - c2) == 1:
        side = math.copysign(wide, x2 - x1)
        return [(x1 + side, y1), (x2 - side, y2)]
    if c1 == c2 and abs(r1 - r2) == 1:
        side = math.copysign(tall, y2 - y1)
        return [(x1, y1 + side), (x2, y2 - side)]
    if r1 == r2:
        far = abs(c1 - c2)
        inset = math.copysign(wide * _inset(far), x2 - x1)
        return _arc((x1 + inset, y1 - tall), (x2 - inset, y2 - tall), (0, -_lane(far, ROOM[1])))
    if c1 == c2:
        far = abs(r1 - r2)
        inset = math.copysign(tall * _inset(far), y2 - y1)
        return _arc((x1 + wide, y1 + inset), (x2 + wide, y2 - inset), (_lane(far, ROOM[0]), 0))
    return _slanted(grid.box, (x1, y1), (x2, y2))


def _lane(far: int, room: float) -> float:
    """How far out an arc over so many boxes runs; longer ones further, all within the room."""
    return room * (1 - 0.78**far)


def _inset(far: int) -> float:
    """Where on the half side of its box an arc starts or ends; longer ones nearer the middle."""
    return max(0.75 - 0.35 * (far - 2), 0.0)


def _arc(start: Place, end: Place, bulge: Place) -> list[Place]:
    """A cubic curve that leaves and arrives in the direction of the bulge."""
    (x1, y1), (x2, y2), (dx, dy) = start, end, (bulge[0] * 4 / 3, bulge[1] * 4 / 3)
    points = []
    for k in range(POINTS):
        t = k / (POINTS - 1)
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        xs, ys = (x1, x1 + dx, x2 + dx, x2), (y1, y1 + dy, y2 + dy, y2)
        x = sum(w * v for w, v in zip(weights, xs, strict=True))
        y = sum(w * v for w, v in zip(weights, ys, strict=True))
        points.append((x, y))
    return points


def _slanted(box: Place, start: Place, end: Place) -> list[Place]:
    """A straight line between the corners that face each other."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = math.copysign(box[0] / 2 - 12, x2 - x1), math.copysign(box[1] / 2, y2 - y1)
    return [(x1 + dx, y1 + dy), (x2 - dx, y2 - dy)]


def head_of(points: Sequence[Place]) -> tuple[Place, float]:
    """The middle of an arrow's head whose tip is where a curve ends, and its direction.

    The direction is in degrees clockwise from upwards.
    """
    (x1, y1), (x2, y2) = points[-2], points[-1]
    dx, dy = x2 - x1, y2 - y1
    back = TIP / 2 / (math.hypot(dx, dy) or 1.0)
    return (x2 - dx * back, y2 - dy * back), math.degrees(math.atan2(dx, -dy)) % 360
