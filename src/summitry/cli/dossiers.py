"""Commands on dossiers themselves: check, show, schema, new."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """List all mistakes in dossiers, each with its place and what would be right.

    FILE is a path or the name of a bundled dossier. Ends with 0 when there is none (notes
    do not count), with 2 otherwise.
    """
    from summitry.dossier.reader import check as find

    wrong = False
    for file in files:
        problems = find(file)
        mistakes = [problem for problem in problems if not problem.is_note]
        for problem in problems:
            click.echo(str(problem))
        if not mistakes:
            click.echo(f"{file}: no mistakes")
        wrong = wrong or bool(mistakes)
    sys.exit(2 if wrong else 0)


@click.command()
@click.argument("of", metavar="[dossier|ANSWER]", default="dossier")
def schema(of: str) -> None:
    """Print the JSON Schema of a dossier (for an editor) or of what a command answers.

    ANSWER is forecast (what `expect --json` prints), division (`deals --divisible`), or the
    name of a command.
    """
    from summitry.dossier.json_schema import dossier_schema
    from summitry.report.json_schema import ANSWERS, answer_schema

    if of != "dossier" and of not in ANSWERS:
        raise click.UsageError(f"there is no `{of}`; there are dossier, {', '.join(ANSWERS)}")
    made = dossier_schema() if of == "dossier" else answer_schema(of)
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))


@click.command()
@click.argument("dossier")
def show(dossier: str) -> None:
    """Print a dossier as a reader wants it: who would do what, for what, in which tier."""
    from summitry.dossier.reader import load
    from summitry.report.dossier import page
    from summitry.report.style import console

    console().print(page(load(dossier).dossier))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Write a commented dossier to start from; an existing file is never overwritten."""
    from summitry.dossier.library import bundled_path

    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(bundled_path("starter").read_text(encoding="utf-8"))
    except FileExistsError:
        raise click.UsageError(f"{file} exists and is left as it is; name another file") from None
    click.echo(f"wrote {file}; next: summitry check {file}, then summitry expect {file}")
