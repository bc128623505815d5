"""The command that writes a dossier, or an answer, as another tool's file."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.cli.options import PACKAGE, split_package, with_options


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
@click.option("--tier", metavar="TIER", help="The best package of this tier (efg only).")
@click.option("--set", "changes", multiple=True, metavar="PATH=VALUE", help="As for the answers.")
def export(
    dossier: str,
    kind: str,
    out: Path,
    package: str | None,
    tier: str | None,
    changes: tuple[str, ...],
) -> None:
    """Write a dossier for another tool: GMCR+ (.gmcr), or Gambit (.efg, one roadmap's tree).

    DOSSIER is the name of a bundled dossier or a path. With --to efg a package is chosen as
    in `summitry roadmap`.
    """
    if out.exists():
        raise click.UsageError(f"{out} exists and is left as it is; name another file")
    if kind == "efg":
        text = _tree(dossier, package, tier, changes)
    elif package or tier:
        raise click.UsageError("--package and --tier choose a roadmap; they go with --to efg")
    else:
        text = _conflict(dossier, changes)
    out.write_text(text, encoding="utf-8")
    click.echo(f"wrote {out}")


def _tree(dossier: str, package: str | None, tier: str | None, changes: tuple[str, ...]) -> str:
    from summitry.analysis.roadmap import roadmap
    from summitry.formats.efg import game_tree

    # the draws only say how the trust asked varies; the tree shows one order
    answer = roadmap(dossier, package=split_package(package), tier=tier, draws=2, changes=changes)
    return game_tree(answer)


def _conflict(dossier: str, changes: tuple[str, ...]) -> str:
    from summitry.analysis.conflict import conflict_of
    from summitry.analysis.setup import open_document
    from summitry.formats.gmcr_export import write_gmcr

    document = open_document(dossier, changes)
    conflict = conflict_of(document, {"draws": 2}, "closure")  # only the central values are written
    return write_gmcr(document.dossier, conflict.model, conflict.preferences)
