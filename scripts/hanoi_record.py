"""Write docs/record/hanoi.md: the Hanoi forecasts, scored beside everybody who said a number.

    python scripts/hanoi_record.py

The draws are played once; a date changes only what the signals known by then weigh.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from summitry.analysis.setup import Setup, influence, model_of, pooling_of, prepare
from summitry.analysis.weights import strata_weights
from summitry.dossier.schema import Rival
from summitry.evidence.signals import weigh
from summitry.ledger import scoring
from summitry.ledger.scoring import Floats

OUT = Path(__file__).parents[1] / "docs" / "record" / "hanoi.md"
DRAWS, SEED = 1024, 0
LEADS = (30, 7, 1)
LIKELY = 0.675  # the middle of ICD 203's band; see docs/record/coding.md
HEADINGS = (
    "who", "date", "the event", "theirs", "ours", "Brier, theirs", "ours", "if coded 50 to 95 %",
)  # fmt: skip
SENSITIVITY = (0.50, 0.55, LIKELY, 0.80, 0.95)


@dataclass(frozen=True)
class Ours:
    """Our forecast on a day, its standard errors, and the reference classes alone."""

    pooled: Floats
    errors: Floats
    classes: Floats


@dataclass(frozen=True)
class Statement:
    """A rival's forecast of an event, ours of the same on that day, and whether it happened."""

    rival: Rival
    stated: bool
    theirs: float
    ours: float
    happened: bool


def main() -> None:
    """Write the page."""
    OUT.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page."""
    setup = prepare("hanoi-2019", {"draws": DRAWS, "seed": SEED}, survey=False)
    parts = [*_head(setup), *_forecasts(setup), *_statements(setup), *_others(setup), *_end()]
    return "\n".join(parts) + "\n"


def ours_on(setup: Setup, day: dt.date) -> Ours:
    """What we say on a day, with what was known by then and before the day of the summit."""
    evidence = weigh(setup.dossier, day, setup.question.first_day)
    then = replace(setup, weights=strata_weights(setup.game, evidence.posteriors()))
    pooling, model = pooling_of(then), model_of(then)
    classes = pooling.of_classes(0, model)
    assert classes is not None
    apart = influence(then, pooling, 0)
    errors = apart.std(axis=0, ddof=1) / np.sqrt(len(apart))
    return Ours(pooling.pooled(model)[0], errors, classes)


def _head(setup: Setup) -> Iterator[str]:
    dossier = setup.dossier
    rule, outcome = dossier.resolution_rule, dossier.resolution
    assert rule and outcome
    yield "# The record: Hanoi, 28 February 2019"
    yield ""
    yield f"Written by `python scripts/hanoi_record.py` ({DRAWS:,} draws a combination of types, seed"
    yield f"{SEED}); a test holds this page against what that command writes."
    yield ""
    yield f"Question: {dossier.question} Scored is the first round: the summit itself."
    yield ""
    yield f"- Outcomes, lowest first: {', '.join(f'`{tier}`' for tier in setup.tiers)}."
    yield f"- Who decides: {rule.decides}; by {rule.by}; from: {rule.source}."
    yield f"- Outcome: `{outcome.tier}`, {outcome.date} ({outcome.note})."
    yield ""
    yield "Read this before the numbers:"
    yield ""
    yield "- **One case.** There is no interval, and no claim that any forecaster here is better than"
    yield "  another. One case shows what a record looks like, not how good anybody is."
    yield "- **A replay.** The forecasts were computed after the outcome, from a dossier that keeps to"
    yield f"  what was known on {dossier.as_of}. Nothing can prove that knowing the outcome did not colour"
    yield "  its numbers; only a forecast entered in a ledger beforehand can. The one 30 days before"
    yield f"  uses numbers written on {dossier.as_of}, after its own date: `summitry record` refuses it."
    yield "- **Words were coded** by [rules fixed before scoring](coding.md); how much hangs on that is"
    yield "  shown beside each."
    yield ""


def _forecasts(setup: Setup) -> Iterator[str]:
    assert setup.question.first_day
    days = {lead: setup.question.first_day - dt.timedelta(days=lead) for lead in LEADS}
    ours = {lead: ours_on(setup, day) for lead, day in days.items()}
    yield "## The replay at 30, 7 and 1 days before"
    yield ""
    yield from _table(
        ("outcome", *(f"{_days(lead)} ({days[lead]})" for lead in LEADS)),
        [
            (f"`{tier}`", *(f"{100 * ours[lead].pooled[k]:.1f} ± {100 * ours[lead].errors[k]:.1f} %"
                            for lead in LEADS))
            for k, tier in enumerate(setup.tiers)
        ],
    )  # fmt: skip
    yield ""
    yield "With the standard error of the draws. Scores, smaller is better: ranked probability score"
    yield "divided by the thresholds (0 to 1), Brier score summed over the outcomes (0 to 2), logarithmic"
    yield f"score in nats (floor {scoring.FLOOR:g}, met by none), and the Brier score of each threshold."
    yield ""
    names = ["forecast", "ranked", "Brier", "logarithmic"]
    names += [f"at least `{tier}`" for tier in setup.tiers[1:]]
    yield from _table(names, list(_score_rows(setup, ours)))
    yield ""
    ranks = {lead: [float(_ranked(setup, p)) for p in (one.pooled, one.classes)]
             for lead, one in ours.items()}  # fmt: skip
    better = [lead for lead, (mine, theirs) in ranks.items() if mine < theirs]
    told = f"{' and '.join(map(str, better))} days before" if better else "at none of these leads"
    chance = float(_ranked(setup, _uniform(setup)))
    yield f"By the ranked score the replay beat the reference classes alone {told}. Skill against the"
    yield "classes and against equal probabilities (above 0: better than they):"
    yield ""
    for lead, (mine, theirs) in ranks.items():
        yield f"- {_days(lead)}: {1 - mine / theirs:+.2f} and {1 - mine / chance:+.2f}"
    yield ""


def _days(lead: int) -> str:
    return f"{lead} day{'s' * (lead > 1)} before"


def _score_rows(setup: Setup, ours: dict[int, Ours]) -> Iterator[tuple[str, ...]]:
    for lead, one in ours.items():
        yield _scored(setup, f"replay, {_days(lead)}", one.pooled)
    for lead, one in ours.items():
        yield _scored(setup, f"classes alone, {_days(lead)}", one.classes)
    yield _scored(setup, "equal probabilities", _uniform(setup))


def _scored(setup: Setup, name: str, p: Floats) -> tuple[str, ...]:
    p, y = p[None, :], _outcome(setup)
    three = (scoring.ranked(p, y), scoring.brier(p, y), scoring.logarithmic(p, y))
    each = scoring.thresholds(p, y)[0]
    return (name, *(f"{float(s[0]):.3f}" for s in three), *(f"{s:.3f}" for s in each))


def _ranked(setup: Setup, p: Floats) -> Floats:
    return scoring.ranked(p[None, :], _outcome(setup))[0]


def _uniform(setup: Setup) -> Floats:
    return np.full(len(setup.tiers), 1 / len(setup.tiers))


def _outcome(setup: Setup) -> np.ndarray:
    assert setup.dossier.resolution
    return np.array([setup.tiers.index(setup.dossier.resolution.tier)])


def answering(setup: Setup) -> list[Statement]:
    """The rivals that answer the same question, with ours of the same event on that day."""
    found = []
    for rival in setup.dossier.rivals:
        if rival.differs:
            continue
        ours = ours_on(setup, rival.date).pooled
        said = rival.probability
        assert said is None or isinstance(said, float)
        found.append(
            Statement(
                rival,
                said is not None,
                LIKELY if said is None else said,
                sum(float(ours[setup.tiers.index(tier)]) for tier in rival.tiers),
                setup.tiers[int(_outcome(setup)[0])] in rival.tiers,
            )
        )
    return found


def _statements(setup: Setup) -> Iterator[str]:
    scored = answering(setup)
    article = scored[0]
    yield "## The article"
    yield ""
    yield f"{article.rival.by}, {article.rival.date}: {article.rival.as_stated}. No number was stated. Coded as"
    yield "`likely` that the outcome is at least the first of its three tiers, `freeze-for-relief`; Brier"
    yield "score of that event, which did not happen:"
    yield ""
    yield from _table(
        ("if it meant", "the article", "ours on that day", "difference (below 0: ours better)"),
        [_at(article, p) for p in SENSITIVITY],
    )
    yield ""
    yield f"Ours gave it {100 * article.ours:.0f} %. An expectation of less than that would have scored better than ours."
    yield ""
    before, on_the_day = _by_day(setup, scored[1:])
    yield "## Statements of the time that answer the same question"
    yield ""
    yield "Each is scored on the event it spoke of, and ours of the same event on the same day."
    yield ""
    yield from _table(HEADINGS, [_told(one) for one in before])
    yield ""
    yield from _coding(before)
    yield "That ours looks good on events that nobody reached is no merit: whoever gave less to every"
    yield "agreement scores better when there is none."
    yield ""
    yield "### On the day itself"
    yield ""
    yield f"These were published on {_day(setup)}, the day of the outcome: they were no forecasts ahead of it,"
    yield "and stand apart for that reason. Ours of that day counts no signal of that day."
    yield ""
    yield from _table(HEADINGS, [_told(one) for one in on_the_day])
    yield ""
    yield from _coding(on_the_day)


def _day(setup: Setup) -> dt.date:
    assert setup.dossier.resolution
    return setup.dossier.resolution.date


def _by_day(setup: Setup, said: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """What was said before the day of the outcome, and on it."""
    day = _day(setup)
    return [one for one in said if one.rival.date < day], [
        one for one in said if one.rival.date >= day
    ]


def _coding(said: Sequence[Statement]) -> Iterator[str]:
    yield from (f"- {one.rival.by}: {one.rival.note}." for one in said)
    yield ""


def _at(one: Statement, p: float) -> tuple[str, ...]:
    theirs, ours = _brier(p, one.happened), _brier(one.ours, one.happened)
    coded = " (as coded)" if p == LIKELY else ""
    return f"{100 * p:.1f} %{coded}", f"{theirs:.3f}", f"{ours:.3f}", f"{ours - theirs:+.3f}"


def _told(one: Statement) -> tuple[str, ...]:
    ends = [f"{_brier(p, one.happened):.3f}" for p in (SENSITIVITY[0], SENSITIVITY[-1])]
    coding = "stated" if one.stated else "coded"
    return (
        one.rival.by, str(one.rival.date), " or ".join(f"`{tier}`" for tier in one.rival.tiers),
        f"{100 * one.theirs:.1f} % ({coding})", f"{100 * one.ours:.1f} %",
        f"{_brier(one.theirs, one.happened):.3f}", f"{_brier(one.ours, one.happened):.3f}",
        "-" if one.stated else " to ".join(ends),
    )  # fmt: skip


def _brier(p: float, happened: bool) -> float:
    return float(scoring.event(np.array(p), np.array(happened)))


def _others(setup: Setup) -> Iterator[str]:
    others = [rival for rival in setup.dossier.rivals if rival.differs]
    number = len(setup.dossier.rivals) - 1
    yield "## The others, and why they are not scored"
    yield ""
    yield f"Of {number} statements of the time, {number - len(others)} answer the same question. The other {len(others)}:"
    yield ""
    yield from _table(
        ("date", "who", "what was said", "why it is not scored: it asks or is"),
        [
            (str(one.date), one.by, f"{one.as_stated}{_number(one)}", str(one.differs))
            for one in sorted(others, key=lambda one: one.date)
        ],
    )
    yield ""


def _number(one: Rival) -> str:
    return f": {100 * one.probability:.0f} %" if isinstance(one.probability, float) else ""


def _end() -> Iterator[str]:
    yield "## To have it entered in a ledger"
    yield ""
    yield "```sh"
    yield "summitry record hanoi-2019 --as-of 2019-02-21"
    yield 'summitry resolve ID --tier none --because "reports of 28 February 2019"'
    yield "summitry score"
    yield "```"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


if __name__ == "__main__":
    main()
