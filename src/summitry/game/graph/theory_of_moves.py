"""Where two parties with one option each end up if they look ahead: nonmyopic equilibria.

Theory of moves (Brams 1994) on a 2x2 game: from a start either party may move, then they move
in turn, at most once around; each looks ahead by backward induction and moves only for a better
end. Two-sidedness: who would stay takes into account that the other moves, and moves first
where that ends better for it.
"""

from __future__ import annotations

from collections.abc import Sequence

ROUND = 4


def nonmyopic(game: Sequence[Sequence[float]], start: int) -> list[int]:
    """The cells in which play from `start` may end.

    `game`: the payoffs (first, second party) of the four cells in a circle, so that the first
    party moves between 0 and 3 and between 1 and 2, the second between 0 and 1, 2 and 3. Two
    cells are named where each party would bring about the one that it prefers.
    """
    ends = [_end(game, start, party, 0) for party in (0, 1)]
    if ends == [start, start]:
        return [start]
    for party, other in ((0, 1), (1, 0)):
        if ends[party] == start:
            ahead = _end(game, start, party, 1)
            ends[party] = max(ahead, ends[other], key=lambda cell: game[cell][party])
    liked = [game[ends[0]][party] > game[ends[1]][party] for party in (0, 1)]
    if liked[0] == liked[1]:
        return [ends[0] if liked[0] else ends[1]]
    return sorted(set(ends))


def _end(game: Sequence[Sequence[float]], start: int, first: int, forced: int) -> int:
    """Where play ends if `first` moves first, its first `forced` moves being made anyway."""
    cells = [start]
    for k in range(ROUND):
        cells.append(_across(cells[-1], (first + k) % 2))
    end = start
    for k in reversed(range(forced, ROUND)):
        mover = (first + k) % 2
        if game[end][mover] <= game[cells[k]][mover]:
            end = cells[k]
    return end


def _across(cell: int, party: int) -> int:
    return cell ^ 1 if party else 3 - cell
