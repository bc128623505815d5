"""The command that writes a dossier, or an answer, as another tool's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summitry.cli.options import PACKAGE, POINT, named_types, split_package, with_options


@click.command()
@click.argument("dossier")
@click.option(
    "--to",
    "kind",
    required=True,
    type=click.Choice(["gmcr", "efg"]),
    help="gmcr: states, moves and preferences for GMCR+; efg: a roadmap's game tree for Gambit.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; an existing one is left as it is.",
)
@with_options(PACKAGE)
@click.option("--tier", metavar="TIER", help="Take the best package of this tier.")
@with_options(POINT)
@click.option(
    "--set", "changes", multiple=True, metavar="PATH=VALUE", help="Change a number for this run."
)
def export(dossier: str, kind: str, out: Path, changes: tuple[str, ...], **chosen: Any) -> None:
    """Write a dossier for another tool: GMCR+ (.gmcr), or Gambit (.efg, one roadmap's tree).

    DOSSIER is the name of a bundled dossier or a path. --package, --tier, --draw and --type
    choose a roadmap, as in `summitry roadmap`; they go with --to efg.
    """
    if out.exists():
        raise click.UsageError(f"{out} exists and is left as it is; name another file")
    if kind == "efg":
        text = _tree(dossier, changes, chosen)
    elif any(chosen.values()):
        raise click.UsageError(
            "--package, --tier, --draw and --type choose a roadmap; they go with --to efg"
        )
    else:
        text = _conflict(dossier, changes)
    out.write_text(text, encoding="utf-8")
    click.echo(f"wrote {out}")


def _tree(dossier: str, changes: tuple[str, ...], chosen: dict[str, Any]) -> str:
    from summitry.analysis.roadmap import roadmap
    from summitry.formats.efg import game_tree

    answer = roadmap(
        dossier,
        package=split_package(chosen["package"]),
        tier=chosen["tier"],
        draw=chosen["draw"],
        types=named_types(chosen["types"]),
        draws=2,  # draws only say how the trust asked varies; the tree shows one order
        changes=changes,
    )
    return game_tree(answer)


def _conflict(dossier: str, changes: tuple[str, ...]) -> str:
    from summitry.analysis.conflict import conflict_of
    from summitry.analysis.setup import open_document
    from summitry.formats.gmcr_export import write_gmcr

    document = open_document(dossier, changes)
    conflict = conflict_of(document, {"draws": 2}, "closure")  # central values only are written
    return write_gmcr(document.dossier, conflict.model, conflict.preferences)
