"""The dossiers that come with Summitry."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def bundled_names() -> list[str]:
    """The names of the bundled dossiers."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "starter")


def bundled_path(name: str) -> Path:
    """Where a bundled dossier lies."""
    return FOLDER / f"{name}.yaml"
