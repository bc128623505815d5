"""What every question about a forecast starts from: the game played, the evidence weighed."""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

import numpy as np

from summitry.analysis.asking import Question, ask
from summitry.analysis.outcomes import Outcomes, play_all, tier_hits
from summitry.analysis.pooling import Pooling
from summitry.analysis.weights import strata_weights
from summitry.dossier.reader import Document, load
from summitry.dossier.schema import Dossier, ReferenceClass
from summitry.evidence.signals import Evidence, signal_ids, weigh
from summitry.game.board import Floats
from summitry.game.compile import Game, compile_game
from summitry.game.run import How
from summitry.game.variation import AS_IT_IS, Variation

MOST_KEPT = 1_000_000


class Options(TypedDict, total=False):
    """How a question is run; the same for all.

    `draws` is the number of draws for each combination of the parties' types (2,048 by
    default), `seed` that of the random numbers; `protocol` is `aspirations` or `efficient` (the
    dossier's own by default); `as_of` replays an earlier or later date; `round` (1 = the
    first that is forecast) is the one told in detail; `changes` are `PATH=VALUE` settings
    for this run, `without` the ids of signals to leave out; `workers` the number of threads, which changes no result; `progress` is
    called with (draws played, draws in all).
    """

    draws: int
    seed: int
    protocol: str | None
    as_of: dt.date | None
    round: int | None
    changes: Sequence[str]
    without: Sequence[str]
    workers: int | None
    progress: Callable[[int, int], None] | None


@dataclass(frozen=True)
class Run:
    """How the draws are played: enough to play them again with a change."""

    draws: int
    seed: int
    workers: int
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True)
class Setup:
    """A dossier with its game played and its evidence weighed: all that answers stand on."""

    document: Document
    question: Question
    run: Run
    game: Game
    outcomes: Outcomes
    evidence: Evidence
    weights: Floats
    tiers: tuple[str, ...]
    without: tuple[str, ...] = ()

    @property
    def dossier(self) -> Dossier:
        """The dossier that was asked."""
        return self.document.dossier


def open_document(dossier: str | Path | Document, changes: Sequence[str] = ()) -> Document:
    """A dossier by its bundled name or path with the changes made, or one already loaded.

    Raises DossierError for mistakes, ValueError for changes to what is loaded already.
    """
    if isinstance(dossier, Document):
        if changes:
            raise ValueError("changes belong to `load` when a loaded document is given")
        return dossier
    return load(dossier, changes)


def prepare(dossier: str | Path | Document, options: Options, *, survey: bool = True) -> Setup:
    """Read, compile, play and weigh.

    Without `survey` only the agreements are found, not why there is none.

    Raises DossierError for mistakes in the dossier, CannotAnswer where a section is missing
    or no round is left, ValueError for options out of range.
    """
    run = run_of(options)
    document, question = open_question(dossier, options)
    without = known_signals(document.dossier, options)
    game, outcomes = play_again(document.dossier, question, run, survey=survey)
    return set_up(document, question, run, without, game, outcomes)


def open_question(dossier: str | Path | Document, options: Options) -> tuple[Document, Question]:
    """The dossier with the options' changes, and what they ask of it."""
    document = open_document(dossier, options.get("changes", ()))
    return document, ask(
        document.dossier, options.get("as_of"), options.get("round"), options.get("protocol")
    )


def set_up(
    document: Document,
    question: Question,
    run: Run,
    without: tuple[str, ...],
    game: Game,
    outcomes: Outcomes,
) -> Setup:
    """A game that was played, with the evidence weighed."""
    evidence = weigh(document.dossier, question.as_of, question.first_day, without)
    weights = strata_weights(game, evidence.posteriors())
    tiers = ("none", *game.tiers)
    return Setup(document, question, run, game, outcomes, evidence, weights, tiers, without)


def weigh_again(setup: Setup, document: Document, without: Sequence[str]) -> Setup:
    """The same draws with the evidence of another document, or without some signals.

    Right only where the two documents differ in nothing that the game is made of.
    """
    skip = known_signals(document.dossier, {"without": without})
    question = setup.question
    evidence = weigh(document.dossier, question.as_of, question.first_day, skip)
    return replace(
        setup,
        document=document,
        evidence=evidence,
        weights=strata_weights(setup.game, evidence.posteriors()),
        without=skip,
    )


def known_signals(dossier: Dossier, options: Options) -> tuple[str, ...]:
    """The ids of signals to leave out. Raises ValueError for one that there is not."""
    known, without = signal_ids(dossier), options.get("without", ())
    for name in without:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"there are {len(known)}"
            raise ValueError(f"there is no signal `{name}`; {hint}")
    return tuple(without)


def run_of(options: Options, most: int = MOST_KEPT) -> Run:
    """How the options want it run. Raises ValueError for those out of range.

    `most` draws: as many as a question can be asked of that looks at every draw again.
    """
    draws, seed = options.get("draws", 2048), options.get("seed", 0)
    if not 2 <= draws <= most:
        raise ValueError(f"draws must be from 2 to {most:,}, not {draws:,}")
    if not 0 <= seed <= 2**53 - 1:
        raise ValueError(f"seed must be from 0 to 2**53 - 1, not {seed}")
    protocol = options.get("protocol")
    if protocol not in (None, "aspirations", "efficient"):
        raise ValueError(f"protocol must be `aspirations` or `efficient`, not `{protocol}`")
    workers = options.get("workers") or os.cpu_count() or 1
    return Run(draws, seed, workers, options.get("progress"))


def play_again(
    dossier: Dossier,
    question: Question,
    run: Run,
    *,
    variation: Variation = AS_IT_IS,
    survey: bool = False,
    carry: bool = True,
    span: tuple[int, int] | None = None,
) -> tuple[Game, Outcomes]:
    """The game of a dossier with a variation, and what its draws bring.

    `span`: only the draws from the first to before the second of these.
    """
    first, stop = span or (0, run.draws)
    game = compile_game(
        dossier,
        draws=stop - first,
        seed=run.seed,
        rounds=question.rounds,
        variation=variation,
        first=first,
    )
    total = run.draws * len(game.strata)
    played = first * len(game.strata)

    def advance(more: int) -> None:
        nonlocal played
        played += more
        if run.progress:
            run.progress(played, total)

    how = How(question.protocol, survey, carry)
    return game, play_all(game, how, run.workers, advance)


def pooling_of(setup: Setup) -> Pooling:
    """How all rounds are pooled: classes cover the first (summit) or the last (process)."""
    dossier, settings = setup.dossier, setup.dossier.settings
    covered: dict[int, list[ReferenceClass]] = {}
    for known in dossier.reference_classes:
        t = 0 if known.covers == "summit" else len(setup.question.rounds) - 1
        covered.setdefault(t, []).append(known)
    reached = {0, *(int(tier) for tier in np.unique(setup.game.board.tiers))}
    return Pooling(
        classes=covered,
        names=setup.tiers,
        weight=0.5 if dossier.pool_weight is None else dossier.pool_weight.value,
        alpha=settings.class_alpha,
        cap=settings.class_cap,
        reachable=np.array([k in reached for k in range(len(setup.tiers))]),
        draws=setup.run.draws,
    )


def hits_of(setup: Setup, t: int, weights: Floats | None = None) -> Floats:
    """For every draw the weight of each tier by round t: (draws, tiers), "none" first."""
    chosen = setup.weights if weights is None else weights
    return tier_hits(setup.outcomes, chosen, t, len(setup.game.tiers))


def model_of(setup: Setup, weights: Floats | None = None) -> Floats:
    """The model's probability of each tier by each round: (rounds, tiers), "none" first."""
    rounds = range(len(setup.question.rounds))
    return np.stack([hits_of(setup, t, weights).mean(axis=0) for t in rounds])


def pooled_under(setup: Setup, types: Mapping[str, Floats]) -> Floats:
    """The pooled probabilities if the parties' types had these probabilities: (rounds, tiers)."""
    return pooling_of(setup).pooled(model_of(setup, strata_weights(setup.game, types)))


def influence(setup: Setup, pooling: Pooling, t: int) -> Floats:
    """What each draw adds to the pooled probabilities of round t, to first order: (draws, tiers)."""
    rounds = range(len(setup.question.rounds))
    hits = np.stack([hits_of(setup, k) for k in rounds], axis=1)
    model = hits.mean(axis=0)
    apart: Floats = (hits - model).reshape(len(hits), -1) @ pooling.slopes(model).T
    return apart.reshape(hits.shape)[:, t]


def shares_of(setup: Setup, probabilities: Floats) -> dict[str, float]:
    """The probabilities by the tiers' names."""
    return {tier: float(p) + 0.0 for tier, p in zip(setup.tiers, probabilities, strict=True)}
