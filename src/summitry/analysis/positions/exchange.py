"""Exchanges of voting positions on several issues with equal gains.

Stokman and Van Oosten (1994); Dijkstra, Van Assen and Stokman (2018). The outcome of an issue is
the compromise Σ c s x / Σ c s. Two parties on opposite sides of it on two issues may trade: each
moves its vote on the issue it cares less about towards the other's position, by so much that
both gain alike. The trade with the largest gain is made, the offers that would move one of the two
moved votes are reckoned anew, and so on until nobody gains. Ties: the first in the order of
issues, then of parties.

No offer carries an outcome past what its demander wants, as things stand when it is reckoned; it
keeps that limit when other votes move the outcome. Two readings of it: the `text`'s,
by the outcome of all votes as they now stand; and that of published `logs`, by the outcome with
the supplier's votes and what others have given the demander (the first time each), where it had
not passed before; a gift also has the demander's other offers on that issue reckoned anew.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from summitry.game.board import Bools, Floats

LEAST = 1e-9
Reading = Literal["text", "logs"]
# the logs were reckoned in decimal arithmetic, where equal gains are equal to the last digit
TIED: dict[Reading, float] = {"text": 0.0, "logs": 1e-12}
Indices = np.ndarray


class Matter(NamedTuple):
    """n parties on m issues: `positions` (n, m) from 0 to 100, `salience` (n, m), `power` (n, m).

    Salience is from 0 to 1. Where a party has no position, `present` is False.
    """

    positions: Floats
    salience: Floats
    power: Floats
    present: Bools

    @property
    def shares(self) -> Floats:
        """By how much an outcome moves when a vote moves by one: (n, m)."""
        weights = np.where(self.present, self.salience * self.power, 0.0)
        return np.asarray(weights / weights.sum(axis=0))


class Trade(NamedTuple):
    """Party i moves its vote on p from and to `i_moves`, party j on q; each gains `gain`."""

    i: int
    j: int
    p: int
    q: int
    i_moves: tuple[float, float]
    j_moves: tuple[float, float]
    gain: float


class Settled(NamedTuple):
    """What a round of trades leaves: the trades in order, the votes (n, m), the outcomes (m)."""

    trades: list[Trade]
    votes: Floats
    before: Floats
    outcomes: Floats


class Offers(NamedTuple):
    """All trades there could be: i supplies p, j supplies q; arrays of shape (k), i -1 once made."""

    i: Indices
    j: Indices
    p: Indices
    q: Indices


class Book(NamedTuple):
    """The state of a round: votes (n, m), and for each offer its gain and where the votes would go.

    `before` (m) are the outcomes without trades; `given` (n, m, n) by how much a demander was
    first given an outcome by a supplier. The arrays change as trades are made.
    """

    matter: Matter
    reading: Reading
    before: Floats
    votes: Floats
    given: Floats
    offers: Offers
    gain: Floats
    i_to: Floats
    j_to: Floats


def exchange(matter: Matter, reading: Reading = "text") -> Settled:
    """One round: trades until nobody gains."""
    book = open_book(matter, reading)
    trades: list[Trade] = []
    while len(book.gain) and (most := book.gain.max()) > LEAST:
        trades.append(make(book, int((book.gain >= most - TIED[reading]).argmax())))
    return Settled(trades, book.votes, book.before, (matter.shares * book.votes).sum(axis=0))


def open_book(matter: Matter, reading: Reading) -> Book:
    """A round before its first trade."""
    votes = np.where(matter.present, matter.positions, 0.0)
    before = (matter.shares * votes).sum(axis=0)
    offers = _offers(matter, before)
    given = np.zeros((*votes.shape, len(votes)))
    none = np.zeros(len(offers.i))
    book = Book(matter, reading, before, votes, given, offers, none, none.copy(), none.copy())
    _reckon_anew(book, np.arange(len(none)))
    return book


def make(book: Book, k: int) -> Trade:
    """Make the k-th offer, and reckon anew what supplies one of the two votes it moved."""
    i, j, p, q = (int(column[k]) for column in book.offers)
    votes, gain = book.votes, float(book.gain[k])
    i_moves = float(votes[i, p]), float(book.i_to[k])
    j_moves = float(votes[j, q]), float(book.j_to[k])
    votes[i, p], votes[j, q] = i_moves[1], j_moves[1]
    book.offers.i[k] = -1
    book.gain[k] = 0.0
    touched = _supplies(book.offers, i, p) | _supplies(book.offers, j, q)
    if book.reading == "logs":
        touched |= _demands(book.offers, j, p) | _demands(book.offers, i, q)
        for demander, issue, supplier, moves in ((j, p, i, i_moves), (i, q, j, j_moves)):
            if book.given[demander, issue, supplier] == 0.0:
                shift = book.matter.shares[supplier, issue] * (moves[1] - moves[0])
                book.given[demander, issue, supplier] = shift
    _reckon_anew(book, np.flatnonzero(touched & (book.offers.i >= 0)))
    return Trade(i, j, p, q, i_moves, j_moves, gain)


def next_positions(matter: Matter, votes: Floats) -> Floats:
    """Where the next round starts: x + (0.4 (1 - s) + 0.1)(vote - x), who cares less moves more."""
    pace = 0.4 * (1.0 - matter.salience) + 0.1
    return np.asarray(matter.positions + pace * (votes - matter.positions))


def externalities(matter: Matter, settled: Settled) -> Floats:
    """What each trade brings everybody, in salience times points of the scale: (trades, n).

    s (distance to the outcome before the trade - distance after it), over both issues.
    """
    shares, outcomes = matter.shares, settled.before.copy()
    effects = np.zeros((len(settled.trades), len(matter.positions)))
    for k, trade in enumerate(settled.trades):
        for party, issue, (start, end) in (
            (trade.i, trade.p, trade.i_moves),
            (trade.j, trade.q, trade.j_moves),
        ):
            after = outcomes[issue] + shares[party, issue] * (end - start)
            x = matter.positions[:, issue]
            nearer = np.abs(outcomes[issue] - x) - np.abs(after - x)
            effects[k] += np.where(
                matter.present[:, issue], matter.salience[:, issue] * nearer, 0.0
            )
            outcomes[issue] = after
    return effects


def _supplies(offers: Offers, party: int, issue: int) -> Bools:
    first = (offers.i == party) & (offers.p == issue)
    return np.asarray(first | ((offers.j == party) & (offers.q == issue)))


def _demands(offers: Offers, party: int, issue: int) -> Bools:
    first = (offers.j == party) & (offers.p == issue)
    return np.asarray(first | ((offers.i == party) & (offers.q == issue)))


def _offers(matter: Matter, outcomes: Floats) -> Offers:
    """Pairs of parties opposed on both of two issues; who cares less about one supplies it."""
    left = matter.positions <= outcomes
    found = [
        _between(matter, left, p, q)
        for p in range(left.shape[1])
        for q in range(p + 1, left.shape[1])
    ]
    return Offers(*np.concatenate(found, axis=1)) if found else Offers(*np.zeros((4, 0), int))


def _between(matter: Matter, left: Bools, p: int, q: int) -> np.ndarray:
    """The offers between two issues as rows i, j, p, q."""
    here = matter.present[:, p] & matter.present[:, q]
    opposed = left[:, None, p] & ~left[None, :, p] & (left[:, None, q] != left[None, :, q])
    a, b = np.nonzero(opposed & here[:, None] & here[None, :])
    s = matter.salience
    # s_ap / s_aq < s_bp / s_bq, without dividing by a salience of 0
    less = s[a, p] * s[b, q] - s[b, p] * s[a, q]
    a, b, less = a[less != 0], b[less != 0], less[less != 0]
    return np.stack(
        [
            np.where(less < 0, a, b),
            np.where(less < 0, b, a),
            np.full(len(a), p),
            np.full(len(a), q),
        ]
    )


def _reckon_anew(book: Book, which: Indices) -> None:
    """Reckon some offers' gains, and where the votes of their two suppliers would go."""
    i, j, p, q = (column[which] for column in book.offers)
    x, s, shares = book.matter.positions, book.matter.salience, book.matter.shares
    votes = book.votes
    i_room, i_way = _room(votes[i, p], x[i, p], x[j, p])
    j_room, j_way = _room(votes[j, q], x[j, q], x[i, q])
    ratio = (s[i, p] + s[j, p]) / (s[i, q] + s[j, q])  # equal gains: shift of q / shift of p
    shift = np.minimum(shares[i, p] * i_room, shares[j, q] * j_room / ratio)
    shift = _held(shift, (x[j, p] - _standing(book, i, p, j)) * i_way, book.reading)
    shift = _held(shift, (x[i, q] - _standing(book, j, q, i)) * j_way / ratio, book.reading)
    book.gain[which] = shift * np.abs(s[i, p] - s[i, q] * ratio)
    with np.errstate(divide="ignore", invalid="ignore"):
        i_move = np.where(shift > 0, i_way * shift / shares[i, p], 0.0)
        j_move = np.where(shift > 0, j_way * shift * ratio / shares[j, q], 0.0)
    book.i_to[which] = votes[i, p] + i_move
    book.j_to[which] = votes[j, q] + j_move


def _room(vote: Floats, own: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """How far a vote is from what the other wants, going there from one's own; and the way."""
    way = np.sign(wanted - own)
    return np.maximum((wanted - vote) * way, 0.0), way


def _standing(book: Book, supplier: Indices, issue: Indices, demander: Indices) -> Floats:
    """The outcomes that suppliers' moves on issues for demanders start from: (k)."""
    matter = book.matter
    moved = matter.shares * np.where(matter.present, book.votes - matter.positions, 0.0)
    if book.reading == "text":
        return np.asarray((book.before + moved.sum(axis=0))[issue])
    by_others = book.given[demander, issue].sum(axis=-1) - book.given[demander, issue, supplier]
    return np.asarray(book.before[issue] + moved[supplier, issue] + by_others)


def _held(shift: Floats, limit: Floats, reading: Reading) -> Floats:
    """The shift, no larger than the limit."""
    if reading == "text":
        return np.asarray(np.clip(shift, 0.0, np.maximum(limit, 0.0)))
    return np.where((limit > LEAST) & (shift > limit), limit, shift)
