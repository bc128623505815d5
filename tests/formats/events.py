"""Small files of coded events in the true formats; every event is invented."""

from __future__ import annotations

from summitry.formats.event_rows import ICEWS

NAMES = {"USA": "United States", "PRK": "North Korea", "CHN": "China", "NA": "NA"}
GOLDSTEIN = {"046": 7.0, "040": 1.0, "036": 4.0, "130": -4.4, "163": -8.0, "010": 0.0, "024": -0.3}


def icews(*events: tuple[str, str, str, str]) -> str:
    """Events (date, actor, target, code) as an ICEWS file, each by another person."""
    lines = ["\t".join(ICEWS)]
    for k, (date, actor, target, code) in enumerate(events):
        cells = [
            str(k), date, f"Official {k} ({actor})", "Government", NAMES[actor], "Text", code,
            str(GOLDSTEIN[code]), NAMES[target], "NA", NAMES[target], "1", "2", "Wire", "Hanoi",
            "NA", "NA", "Vietnam", "21.02", "105.84",
        ]  # fmt: skip
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def gdelt(*events: tuple[str, str, str, str, str], columns: int = 58) -> str:
    """Events (date, added, actor, target, code) as a GDELT file of 57, 58 or 61 columns."""
    lines = []
    for k, (date, added, actor, target, code) in enumerate(events):
        cells = [""] * columns
        cells[0], cells[1] = str(700 + k), date.replace("-", "")
        cells[5] = cells[7] = actor
        cells[15] = cells[17] = target
        cells[6], cells[16] = f"OFFICIAL {k}", target
        cells[26], cells[27], cells[28] = code, code[:3], code[:2]
        goldstein = GOLDSTEIN[code]
        cells[29] = "1" if goldstein >= 0 or code == "024" else "3" if code < "14" else "4"
        cells[30] = str(goldstein)
        cells[59 if columns == 61 else 56] = added.replace("-", "") + "143000" * (columns == 61)
        cells[-1] = "http://example.org/news" if columns != 57 else cells[-1]
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"
