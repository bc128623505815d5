"""Who stands behind the obstacles to one tier, in words: the rows of the page's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summitry.analysis.blame import Refusal
from summitry.analysis.insisting import Insistence
from summitry.analysis.obstacles import Obstacles, TierObstacles
from summitry.analysis.stalling import Stall
from summitry.report.frame import titles
from summitry.report.style import percent

AFTERWARDS = {"outside-consent": "refused outside", "stopped": "stopped"}
RARE = 0.005  # of all draws: of whom a rarer obstacle is, is not told
LITTLE = 0.05  # of what is signed
MOST_STEPS = 4
SWAP = " ⇄ "
NOBODY = "nobody: by this protocol all settle on the best deal that they can sign, and it is a smaller one"

# obstacle, of whom, in how many of its draws, how
Row = tuple[str, str, str, str]


def before_rows(obstacles: Obstacles, tier: TierObstacles) -> list[Row]:
    """Who keeps a tier from being signed: the obstacles that are not rare, party by party."""
    told = {
        "interests": _refusals(obstacles, tier, "interests", tier.interests),
        "veto": _refusals(obstacles, tier, "veto", tier.veto),
        "commitment": _stalls(obstacles, tier.commitment),
        "holding-out": _insisting(obstacles, tier.holding_out),
        "not-reached": _unreached(tier),
    }
    return [row for name, rows in told.items() if tier.shares[name] >= RARE for row in rows]


def after_rows(obstacles: Obstacles, tier: TierObstacles) -> list[Row]:
    """Why what is signed at a tier is not carried out: who refuses, and who stops where."""
    told = {"outside-consent": _refused(obstacles, tier), "stopped": _stopped(obstacles, tier)}
    least = max(LITTLE * tier.shares["reached"], 1e-12)
    return [row for name, rows in told.items() if tier.afterwards[name] >= least for row in rows]


def leading(obstacles: Obstacles, tier: TierObstacles, obstacle: str) -> str:
    """Whose an obstacle is most often, as the end of a sentence; empty where nobody's."""
    names = obstacles.about.names
    if obstacle in ("interests", "veto"):
        refusals = tier.interests if obstacle == "interests" else tier.veto
        who = max(refusals, key=lambda one: one.refuses_all)
        if who.refuses_all >= 0.5:
            return f": mostly none is worth it to {names[who.party]}"
        return ": mostly each would accept some, but not the same" if len(refusals) > 1 else ""
    if obstacle == "commitment" and tier.commitment:
        first = tier.commitment[0]
        return f": first of all {names[first.party]} would have to trust more"
    return ""


def sampled(share: float) -> str:
    """A share of a sample of few draws, as exact as it is."""
    return f"{100 * share:.0f} %"


def _refusals(
    obstacles: Obstacles, tier: TierObstacles, obstacle: str, refusals: Sequence[Refusal]
) -> Iterator[Row]:
    # all principals are told of under `interests`
    one_other = "the other principal" if len(refusals) == 2 else "the other principals"
    others = one_other if obstacle == "interests" else "all others"
    for one in refusals:
        told = []
        if one.refuses_all:
            told.append(f"none is worth it to this party in {percent(one.refuses_all)}")
        if one.shortfall is not None:
            told.append(
                f"it turns down all that {others} would accept, of which the best leaves it "
                f"{one.shortfall:.1f} of its points short (median)"
            )
        if told:
            yield obstacle, obstacles.about.names[one.party], percent(one.share), "; ".join(told)
    lower = tier.lower.get(obstacle, 0.0)
    if lower >= LITTLE:
        yield (
            obstacle,
            "",
            percent(lower),
            "a smaller agreement is signed: all that adds to it is too little for somebody",
        )


def _stalls(obstacles: Obstacles, stalls: Sequence[Stall]) -> Iterator[Row]:
    names = obstacles.about.names
    for stall in stalls[:MOST_STEPS]:
        others = ", ".join(
            names[party] if share == 1 else f"{names[party]} (in {sampled(share)})"
            for party, share in stall.doubted.items()
        )
        how = (
            f"before “{titles(stall.step, names, SWAP)}”: asks it for a trust of "
            f"{stall.trust_asked:.2f} in {others}, who could gain by stopping later; it has "
            f"{stall.trust:.2f} (medians)"
        )
        yield "commitment", names[stall.party], sampled(stall.share), how
    yield from _rest("commitment", [stall.share for stall in stalls[MOST_STEPS:]], "before")


def _rest(why: str, shares: Sequence[float], word: str) -> Iterator[Row]:
    if shares:
        steps = f"{len(shares)} other step{'s' if len(shares) > 1 else ''}"
        yield why, "others", sampled(sum(shares)), f"{word} {steps}"


def _insisting(obstacles: Obstacles, insisting: Sequence[Insistence]) -> Iterator[Row]:
    for one in insisting:
        if one.asks is None or one.offered is None or one.knowledge is None:
            continue
        how = (
            f"if it alone asked for less there would be a deal: it holds out for {percent(one.asks)} of "
            f"the best that it could get signed; what meets the others gives it "
            f"{percent(one.offered)} at most, {one.shortfall:.1f} of its points less (medians; its "
            f"firmness {one.firmness:.2f}, the talks' knowledge {one.knowledge:.2f})"
        )
        yield "holding-out", obstacles.about.names[one.party], sampled(one.alone), how
    if not insisting:
        yield "holding-out", "", "", NOBODY
    elif insisting[0].together:
        how = "only if several asked for less there would be a deal"
        yield "holding-out", "together", sampled(insisting[0].together), how


def _unreached(tier: TierObstacles) -> Iterator[Row]:
    lower = tier.lower.get("not-reached", 0.0)
    if lower:
        yield (
            "not-reached",
            "",
            percent(lower),
            "they signed a smaller agreement, and the round was over",
        )
    if lower < 1:
        how = "they talked about smaller ones without signing any, and the round was over"
        yield "not-reached", "", percent(1 - lower), how


def _refused(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    names = obstacles.about.names
    for one in tier.refused:
        if one.share:
            how = (
                f"refuses “{names[one.commitment]}” ({percent(one.asked)} of what is signed asks for it; "
                f"it consents with {percent(one.chance)})"
            )
            yield "outside-consent", names[one.party], percent(one.share), how


def _stopped(obstacles: Obstacles, tier: TierObstacles) -> Iterator[Row]:
    names = obstacles.about.names
    for stop in tier.stopped[:MOST_STEPS]:
        step = titles(stop.step, names, SWAP)
        who = " and ".join(names[party] for party in stop.parties)
        how = (
            f"stops before “{step}”"
            if stop.begun
            else f"does not begin, with “{step}”: what came into force is not worth it"
        )
        yield "stopped", who, percent(stop.share), how
    yield from _rest("stopped", [stop.share for stop in tier.stopped[MOST_STEPS:]], "stop before")
