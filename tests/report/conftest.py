"""The pages of every command, made once for all tests that look at them."""

from __future__ import annotations

import pytest

from tests.report.every_page import MARKS, every_page


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Every page of dossiers whose texts end on the marks."""
    return every_page(tmp_path_factory.mktemp("marked"), MARKS)
