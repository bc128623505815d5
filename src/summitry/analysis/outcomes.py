"""What every draw of every combination of types brings, before any weighing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from summitry.game.board import Bools, Floats
from summitry.game.compile import Game
from summitry.game.kernels.carrying import Deeds
from summitry.game.kernels.talks import Record
from summitry.game.run import How, Match, play_matches

OBSTACLES = ("interests", "veto", "commitment", "holding-out", "not-reached")
AFTERWARDS = ("outside-consent", "stopped")


@dataclass(frozen=True)
class Outcomes:
    """The records of all strata (S strata, D draws, R rounds, K tiers).

    `tier`, `in_force` and `carried` (S, D, R): the tier signed by the end of each round, that of
    what came into force of it, and that of what was done of it; 0 = none. The others are the
    fields of `Record` and `Deeds` with an axis of strata in front.
    """

    tier: np.ndarray
    in_force: np.ndarray
    carried: np.ndarray
    chain: np.ndarray
    when: np.ndarray
    why: np.ndarray
    stands: np.ndarray
    done: np.ndarray
    stopped: np.ndarray
    step: np.ndarray


def play_all(
    game: Game,
    how: How,
    workers: int,
    advance: Callable[[int], None] = lambda _draws: None,
) -> Outcomes:
    """Play every stratum of a game; what `how` leaves out is not to be read."""
    return gather(game, play_matches(matches_of(game), how, workers, advance))


def play_several(games: Sequence[Game], how: How, workers: int) -> list[Outcomes]:
    """What several small games bring, on the same threads."""
    matches = [match for game in games for match in matches_of(game)]
    played = iter(play_matches(matches, how, workers))
    return [gather(game, [next(played) for _ in game.strata]) for game in games]


def matches_of(game: Game) -> list[Match]:
    """The strata of a game, ready to be played."""
    in_force, ranks = game.in_force, game.ranks
    return [
        Match(
            board=game.board,
            worths=game.worths(stratum),
            stakes=game.stakes(stratum),
            setting=game.setting,
            in_force=in_force,
            ranks=ranks,
            tiers=len(game.tiers),
        )
        for stratum in range(len(game.strata))
    ]


def gather(game: Game, played: Sequence[tuple[Record, Deeds]]) -> Outcomes:
    """The records of all strata as one."""
    records, deeds = [record for record, _ in played], [deed for _, deed in played]
    chain = np.stack([record.chain for record in records])
    when = np.stack([record.when for record in records])
    done = np.stack([deed.done for deed in deeds])
    force = np.stack([deed.in_force for deed in deeds])
    rounds = np.arange(records[0].why.shape[1])
    signed = (chain >= 0)[..., None] & (when[..., None] <= rounds)
    tiers = np.append(game.board.tiers, np.int8(0))[chain]

    def by_round(of_agreement: np.ndarray) -> np.ndarray:
        """That of the last agreement by each round; tiers only rise."""
        found: np.ndarray = np.where(signed, of_agreement[..., None], 0).max(axis=2)
        return found

    return Outcomes(
        tier=by_round(tiers),
        in_force=by_round(game.tiers_of(force)),
        carried=by_round(game.tiers_of(done)),
        chain=chain,
        when=when,
        why=np.stack([record.why for record in records]),
        stands=np.stack([record.stands for record in records]),
        done=done,
        stopped=np.stack([deed.stopped for deed in deeds]),
        step=np.stack([deed.step for deed in deeds]),
    )


def signed_by(outcomes: Outcomes, t: int) -> np.ndarray:
    """The package that stands signed by the end of round t, -1 for none: (S, D)."""
    number = ((outcomes.chain >= 0) & (outcomes.when <= t)).sum(axis=2)
    last = np.maximum(number - 1, 0)[..., None]
    package = np.take_along_axis(outcomes.chain, last, axis=2)[..., 0]
    return np.where(number > 0, package, -1)


def done_by(outcomes: Outcomes, t: int) -> np.ndarray:
    """What was done of all that is signed by the end of round t, as masks: (S, D)."""
    number = ((outcomes.chain >= 0) & (outcomes.when <= t)).sum(axis=2)
    last = np.maximum(number - 1, 0)[..., None]
    done = np.take_along_axis(outcomes.done, last, axis=2)[..., 0]
    return np.where(number > 0, done, 0).astype(np.uint32)


def tier_hits(outcomes: Outcomes, weights: Floats, t: int, tiers: int) -> Floats:
    """For every draw the weight of the strata that are at each tier by round t.

    Returns (draws, tiers + 1), "none" first. `weights` (strata) sum to 1.
    """
    at = outcomes.tier[:, :, t]
    return np.stack([weights @ (at == k) for k in range(tiers + 1)], axis=1)


def obstacle_codes(outcomes: Outcomes, t: int, k: int) -> np.ndarray:
    """What kept each draw from tier k or higher by round t: (S, D).

    -1 where nothing did, else an index into OBSTACLES.
    """
    codes: np.ndarray = outcomes.stands[:, :, t, k - 1].astype(np.int8) - 1
    return codes


def fell_short(outcomes: Outcomes, t: int, k: int) -> tuple[Bools, Bools]:
    """Of what is signed at tier k or higher and not carried out so far: why, as (S, D) each.

    By an outside consent (the tier in force is below k), or stopped.
    """
    signed = outcomes.tier[:, :, t] >= k
    force, carried = outcomes.in_force[:, :, t] >= k, outcomes.carried[:, :, t] >= k
    return signed & ~force, signed & force & ~carried
