"""Square brackets in a dossier's texts are text, on every page."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from summitry.cli import main
from summitry.dossier.library import bundled_path

HOSTILE = {
    "Water sharing between Upland and Lowland": "Water sharing [draft 2] [/draft]",
    "{name: Upland,": '{name: "Upland [bold]north[/bold]",',
    "Open a hotline between the dam offices": "Open a hotline [red] :warning:",
    "Share dam data every day": "Share dam data [unnamed official]",
    "Pay for the water released": "Pay for [link=http://x]water[/link]",
    "Contact and data": "Contact [phase 1] and data",
    "title: Ministers' meeting": 'title: "Ministers [i]"',
    "Wire service": "Wire [service]",
    "The president calls the water a national treasure": "The president [unnamed] calls it [b]ours",
    "Invented: first": "Invented [class]: first",
}
RUN = ["--draws", "16"]
PAGES = {
    "show": [],
    "check": [],
    "expect": RUN,
    "deals": RUN,
    "roadmap": RUN,
    "obstacles": RUN,
    "levers": RUN,
    "timeline": RUN,
    "stability": RUN,
    "compare": ["--set", "trust.upland=0.5", *RUN],
}


def told(name: str, brackets: str, tmp_path, monkeypatch) -> str:
    """What a command prints of the hostile dossier, its brackets written in another way."""
    text = bundled_path("starter").read_text(encoding="utf-8")
    for plain, hostile in HOSTILE.items():
        assert plain in text
        text = text.replace(plain, hostile.translate(str.maketrans("[]", brackets)))
    folder = tmp_path / f"written with {ord(brackets[0])}"
    folder.mkdir()
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, [name, "case.yaml", *PAGES[name]])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_brackets_as_it_prints_any_sign(name, tmp_path, monkeypatch):
    hostile = told(name, "[]", tmp_path, monkeypatch)
    harmless = told(name, "‹›", tmp_path, monkeypatch)
    assert hostile == harmless.translate(str.maketrans("‹›", "[]"))
    if name != "check":
        assert "[" in hostile
