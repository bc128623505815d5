"""Write the table of docs/cases/hanoi-2019.md: each point of the article, and how the forecast reacts to it.

    python scripts/hanoi_points.py

Ends with 1 if a reaction has the wrong sign by more than two standard errors.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from summitry.analysis.setup import Setup, prepare

PAGE = Path(__file__).parents[1] / "docs" / "cases" / "hanoi-2019.md"
TABLE = re.compile(r"(<!-- points -->\n).*?(<!-- end of points -->)", re.S)
DRAWS = 1024
LAST = 2


class Point(NamedTuple):
    """A point of the article, where it stands, and a change with the reaction that is expected.

    `tier`: at least this tier (0: no agreement) by the end of the `round`, signed or `carried` out.
    """

    says: str
    stands: str
    change: str
    settings: tuple[str, ...]
    moves: str
    tier: int
    sign: int
    round: int = LAST
    carried: bool = False


POINTS = (
    Point("two principals with motives of their own", "`values`, `no_agreement`, `delay_cost` of both",
          "a President who cannot come home empty-handed",
          ("types.usa.dealmaker.no_agreement=-10 to -2", "types.usa.maximalist.no_agreement=-6 to 2"),
          "no agreement at Hanoi", 0, -1, 0),
    Point("four goals of Singapore; the first stage explored intentions", "`statement`, `key-concepts`; `knowledge`",
          "negotiators who know each other's needs", ("knowledge=0.75 to 0.95",),
          "no agreement at Hanoi", 0, -1, 0),
    Point("both reluctant to move first", "`trust`, `breach_cost`, `reversible`",
          "trust of 0.7 to 0.95 on both sides", ("trust.dprk=0.7 to 0.95", "trust.usa=0.7 to 0.95"),
          "Yongbyon or more signed", 3, +1),
    Point("doubt about sincerity", "`types` of both with `honesty`, `firmness`",
          "a staller in Pyongyang at 60 %",
          ("types.dprk.dealmaker.prior=0.1", "types.dprk.hedger.prior=0.3", "types.dprk.staller.prior=0.6"),
          "freeze or more carried out", 2, -1, LAST, True),
    Point("relations with Beijing and Seoul", "China's support in `no_agreement.dprk`; `values`, `linkages` of both",
          "Beijing closes the border", ("no_agreement.dprk=-10 to -2", "types.dprk.staller.no_agreement=-7 to 0"),
          "no agreement at Hanoi", 0, -1, 0),
    Point("the tracks: letters, visits, the envoy, Stockholm", "`signals`; `learning`",
          "no signal had come", ("signals",), "no agreement at Hanoi", 0, +1, 0),
    Point("conflicting statements", "`signals`: S41 (testimony) against `rebuttal`; S43 and S44",
          "only the testimony counts, not the rebuttal", ("signals:rebuttal",), "no agreement at Hanoi", 0, +1, 0),
    Point("first tier", "`freeze`, `icbm-dismantlement`, `kumgang`, `kaesong`, `troop-reductions`, `liaison-offices`",
          "a freeze half as dear to Pyongyang", ("values.dprk.freeze=-9 to -3",), "freeze or more signed", 2, +1),
    Point("the offer of September 2018", "`yongbyon` for `partial-relief`: a tier of its own",
          "partial relief half as dear to Washington", ("values.usa.partial-relief=-13 to -4",),
          "Yongbyon or more signed", 3, +1),
    Point("second tier", "`declaration`, `end-of-war`, `security-assurance`",
          "a declaration half as dear to Pyongyang", ("values.dprk.declaration=-18 to -6",),
          "declaration or more signed", 4, +1),
    Point("third tier", "`verification`, `dismantlement`, `sanctions-removal`, `economic-assistance`",
          "dismantlement half as dear to Pyongyang", ("values.dprk.dismantlement=-40 to -15",),
          "dismantlement signed", 5, +1),
    Point("pledge for pledge, action for action", "`kind`, `reversible`, `instant`, `requires`, `only_with`",
          "relief that Washington could put back at will", ("commitments.partial-relief.reversible=0.95",),
          "Yongbyon or more signed", 3, +1),
    Point("more talks and summits whatever the result", "`continued-talks`; three `rounds`; `momentum`",
          "leaders who leave after the first text", ("momentum=0.02 to 0.1",), "freeze or more signed", 2, -1, 0),
    Point("not a two-person game", "`rok` performs, `chn` and `rok` consent, `unsc` consents after the signature, `iaea` verifies",
          "a Council that refuses the exemptions",
          ("commitments.kumgang.consent.unsc=0.02 to 0.1", "commitments.kaesong.consent.unsc=0.02 to 0.1"),
          "freeze or more carried out", 2, -1, LAST, True),
)  # fmt: skip


def setup_of(settings: tuple[str, ...]) -> Setup:
    """The dossier played with a change; `signals` leaves all signals out, `signals:ID` one."""
    if settings == ("signals",):
        ids = [signal.id for signal in prepare("hanoi-2019", {"draws": 2}).evidence.signals]
        return prepare("hanoi-2019", {"draws": DRAWS, "without": ids}, survey=False)
    if len(settings) == 1 and settings[0].startswith("signals:"):
        without = [settings[0].removeprefix("signals:")]
        return prepare("hanoi-2019", {"draws": DRAWS, "without": without}, survey=False)
    return prepare("hanoi-2019", {"draws": DRAWS, "changes": settings}, survey=False)


def hits(setup: Setup, point: Point) -> np.ndarray:
    """The weight of what a point is told by, draw by draw."""
    reached = setup.outcomes.carried if point.carried else setup.outcomes.tier
    at = reached[:, :, point.round]
    hit = at == 0 if point.tier == 0 else at >= point.tier
    found: np.ndarray = setup.weights @ hit
    return found


def main() -> int:
    """Measure all points and write the table; returns the exit code."""
    before, wrong = setup_of(()), 0
    lines = [
        "| the article's point | where it stands | if ... | then, in the model | measured, points |",
        "|---|---|---|---|---|",
    ]
    for point in POINTS:
        first, second = hits(before, point), hits(setup_of(point.settings), point)
        apart = second - first
        error = 100 * float(apart.std(ddof=1)) / np.sqrt(DRAWS)
        change = 100 * float(apart.mean())
        holds = point.sign * change >= -2 * error - 1e-9
        wrong += not holds
        sign = "likelier" if point.sign > 0 else "less likely"
        lines.append(
            f"| {point.says} | {point.stands} | {point.change} | {point.moves} {sign} "
            f"({100 * first.mean():.1f} → {100 * second.mean():.1f} %) | {change:+.1f} ± {error:.1f}"
            f"{'' if holds else ' **wrong sign**'} |"
        )
    text = PAGE.read_text(encoding="utf-8")
    table = "\n".join(lines)
    PAGE.write_text(TABLE.sub(rf"\g<1>{table}\n\2", text), encoding="utf-8")
    print(table)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
