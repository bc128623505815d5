"""Compiled kernels on disk are used again only as long as no kernel's source changes."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from summitry.game.kernels import compiling

KERNEL = """
from summitry.game.kernels.compiling import allocating

@allocating
def double(x):
    return 2.0 * x
"""


def _imported(path: Path) -> ModuleType:
    """The module anew, as another process would import it."""
    spec = importlib.util.spec_from_file_location("kernel_of_a_test", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _hits(path: Path) -> int:
    """How often the cache on disk answers when the kernel is called."""
    double = _imported(path).double
    assert double(1.5) == 3.0
    return sum(double.stats.cache_hits.values())


@pytest.mark.parametrize("changed", ["kernels/heap.py", "board.py", "numbers.py"])
def test_the_stamp_changes_with_any_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    game = Path(compiling.__file__).parents[1]
    shutil.copytree(game / "kernels", tmp_path / "kernels", ignore=shutil.ignore_patterns("__*"))
    for name in ("board.py", "numbers.py"):
        shutil.copy(game / name, tmp_path)
    monkeypatch.setattr(compiling, "__file__", str(tmp_path / "kernels" / "compiling.py"))
    before = compiling._fingerprint()
    assert compiling._fingerprint() == before
    with (tmp_path / changed).open("a") as source:
        source.write("# changed\n")
    assert compiling._fingerprint() != before


def test_another_stamp_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kernel_of_a_test.py"
    path.write_text(KERNEL)
    assert _hits(path) == 0
    assert _hits(path) == 1
    monkeypatch.setattr(compiling, "SOURCES", "another stamp")
    assert _hits(path) == 0
