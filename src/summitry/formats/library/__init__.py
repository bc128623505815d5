"""Definitions that come with Summitry: reference classes, one file a source."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
