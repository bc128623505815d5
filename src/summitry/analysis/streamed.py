"""A forecast's draws played span by span: any number of them in the same memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from summitry.analysis.asking import Question
from summitry.analysis.outcomes import Outcomes, play_all
from summitry.analysis.pooling import function_errors, mean_errors, unseen
from summitry.analysis.setup import (
    Options,
    Run,
    Setup,
    blend_of,
    known_signals,
    open_question,
    play_again,
    run_of,
    set_up,
    weigh_again,
)
from summitry.analysis.tally import Tally, add, covariance, nothing, shares
from summitry.dossier.reader import Document
from summitry.game.beliefs import SPAN
from summitry.game.board import Floats
from summitry.game.compile import Game
from summitry.game.stream import Stream, game_between, open_stream, spans

MOST_DRAWS = 1_000_000_000
LEADING = 4 * SPAN

Running = Callable[[int, float], None]


@dataclass(frozen=True)
class Played:
    """All draws as counts, and the first `LEADING` of them one by one.

    Of a longer run `setup` holds the game and the outcomes of the leading draws only, with
    the beliefs about all; what is asked of single draws (roadmaps, warnings) is asked there.
    """

    setup: Setup
    counted: Tally


def play_through(
    dossier: str | Path | Document,
    options: Options,
    *,
    survey: bool = True,
    running: Running | None = None,
) -> Played:
    """Play all draws of a dossier, and count; the same numbers as if all were kept.

    `running` is told after each span how many draws have been played, and the largest
    standard error so far. Without `survey` the agreements are counted right, not the
    obstacles. Raises what `prepare` raises.
    """
    run = run_of(options, MOST_DRAWS)
    document, question = open_question(dossier, options)
    without = known_signals(document.dossier, options)
    if run.draws <= SPAN:
        game, outcomes = play_again(document.dossier, question, run, survey=survey)
        setup = set_up(document, question, run, without, game, outcomes)
        return Played(setup, _counted(setup, None))
    stream = _first_pass(document, question, run)
    game, outcomes = _play_span(stream, question, run, 0, survey)
    setup = set_up(document, question, run, without, game, outcomes)
    counted, leading = _counted(setup, None), [outcomes]
    for first, stop in spans(run.draws):
        if first > 0:
            game, outcomes = _play_span(stream, question, run, first, survey)
            counted = _counted(replace(setup, game=game, outcomes=outcomes), counted)
        if 0 < first < LEADING:
            leading.append(outcomes)
        if running:
            running(stop, largest_error(Played(setup, counted)))
    game = game_between(stream, 0, min(run.draws, LEADING))
    return Played(replace(setup, game=game, outcomes=_joined(leading)), counted)


def _first_pass(document: Document, question: Question, run: Run) -> Stream:
    """The game with its population known; all are drawn, none is played yet."""

    def advance(_drawn: int) -> None:
        if run.progress:
            run.progress(0, run.draws)

    return open_stream(
        document.dossier,
        draws=run.draws,
        seed=run.seed,
        rounds=question.rounds,
        advance=advance,
    )


def on_another_date(played: Played, question: Question) -> Played:
    """The same draws with the signals known on another date that leaves the same rounds.

    Only of the tiers: `packages` and `squares` keep the weights they were added up with.
    """
    setup = replace(played.setup, question=question)
    return replace(played, setup=weigh_again(setup, setup.document, setup.without))


def _play_span(
    stream: Stream, question: Question, run: Run, first: int, survey: bool
) -> tuple[Game, Outcomes]:
    """The game of the span that begins with a draw, and what its draws bring."""
    game = game_between(stream, first, min(first + SPAN, run.draws))
    strata = len(game.strata)
    played = first * strata

    def advance(more: int) -> None:
        nonlocal played
        played += more
        if run.progress:
            run.progress(played, run.draws * strata)

    return game, play_all(game, question.protocol, run.workers, advance, survey=survey)


def _counted(setup: Setup, before: Tally | None) -> Tally:
    rounds, strata = len(setup.question.rounds), len(setup.game.strata)
    sofar = before or nothing(rounds, strata, len(setup.tiers), len(setup.game.board.masks))
    return add(sofar, setup.outcomes, setup.weights, setup.question.detail)


def _joined(parts: list[Outcomes]) -> Outcomes:
    """The outcomes of spans as those of one: draws are the second axis of all of them."""
    columns = ([getattr(part, field.name) for part in parts] for field in fields(Outcomes))
    return Outcomes(*(np.concatenate(column, axis=1) for column in columns))


def round_errors(played: Played, t: int) -> tuple[Floats, Floats]:
    """Standard errors of the model's and the pooled probabilities of one round: (K), (K).

    Where no draw hits a tier, or all do, a bound.
    """
    setup, counted = played.setup, played.counted
    model, apart = shares(counted, setup.weights, t), covariance(counted, setup.weights, t)
    blend = blend_of(setup, t)
    errors = mean_errors(model, apart.diagonal(), counted.draws)
    if not blend.classes:
        return errors, errors
    pooled = function_errors(model, apart, counted.draws, blend.pooled)
    return errors, np.where(unseen(model), np.maximum(errors, pooled), pooled)


def largest_error(played: Played) -> float:
    """The largest standard error of a pooled probability, over all rounds and tiers."""
    rounds = range(len(played.setup.question.rounds))
    return max(float(round_errors(played, t)[1].max()) for t in rounds)
