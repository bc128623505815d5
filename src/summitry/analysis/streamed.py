"""A forecast's draws played span by span: any number of them in the same memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from summitry.analysis.asking import Question
from summitry.analysis.pooling import Errors, mean_errors
from summitry.analysis.setup import (
    Options,
    Setup,
    known_signals,
    open_question,
    play_again,
    pooling_of,
    run_of,
    set_up,
    weigh_again,
)
from summitry.analysis.tally import Tally, add, covariance, nothing, shares
from summitry.analysis.weights import strata_weights
from summitry.dossier.reader import Document
from summitry.game.board import Floats
from summitry.game.stream import SPAN, spans

MOST_DRAWS = 1_000_000_000

Running = Callable[[int, float], None]


@dataclass(frozen=True)
class Played:
    """All draws as counts, and the first span of them one by one.

    Of a longer run `setup` holds the game and the outcomes of the leading draws only; what is
    asked of single draws (roadmaps, warnings) is asked there.
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
    first: Played | None = None
    for span in spans(run.draws):
        game, outcomes = play_again(document.dossier, question, run, survey=survey, span=span)
        setup = set_up(document, question, run, without, game, outcomes)
        counted = _counted(setup, first.counted if first else None)
        first = Played(first.setup if first else setup, counted)
        if running and run.draws > SPAN:
            running(span[1], largest_error(first))
    assert first is not None
    return first


def on_another_date(played: Played, question: Question) -> Played:
    """The same draws with the signals known on another date that leaves the same rounds.

    Only of the tiers: what is weighted in the counts keeps the weights it was added up with.
    """
    setup = replace(played.setup, question=question)
    return replace(played, setup=weigh_again(setup, setup.document, setup.without))


def _counted(setup: Setup, before: Tally | None) -> Tally:
    rounds, strata = len(setup.question.rounds), len(setup.game.strata)
    sofar = before or nothing(
        rounds, strata, len(setup.tiers), len(setup.game.board.masks), len(setup.game.commitments)
    )
    return add(sofar, setup.outcomes, setup.weights, setup.question.detail)


def model_errors(played: Played, model: Floats) -> Floats:
    """Standard errors of the model's probabilities: (rounds, tiers); where none hit, a bound."""
    apart = covariance(played.counted, played.setup.weights)
    variance = np.maximum(apart.diagonal(), 0.0).reshape(model.shape)
    return mean_errors(model, variance, played.counted.draws)


def pooled_errors(played: Played, model: Floats) -> Errors:
    """Standard errors of the pooled probabilities of all rounds."""
    apart = covariance(played.counted, played.setup.weights)
    return pooling_of(played.setup).errors(model, apart)


def pooled_if(played: Played, types: Mapping[str, Floats]) -> Floats:
    """The pooled probabilities of all rounds if the types had these probabilities: (R, K + 1)."""
    model = shares(played.counted, strata_weights(played.setup.game, types))
    return pooling_of(played.setup).pooled(model)


def largest_error(played: Played) -> float:
    """The largest standard error of a pooled probability, over all rounds and tiers."""
    model = shares(played.counted, played.setup.weights)
    return float(pooled_errors(played, model).exactly.max())
