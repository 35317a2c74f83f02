"""Notebook 14 builds the forecast in sight: it ends where the package does."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import nbformat
import pandas as pd
import pytest

from tests.conftest import ROOT

NOTEBOOK = ROOT / "notebooks" / "14_forecast_method.ipynb"
MAX_WORDS = 1200


def tables() -> Iterator[str]:
    """Yield the tables of the notebook, with their captions."""
    node = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    for cell in node.cells:
        for output in cell.get("outputs", ()):
            yield output.get("data", {}).get("text/html", "")


@pytest.mark.parametrize("caption", ["The score of that forecast", "Entry into force, median"])
def test_what_is_built_in_sight_is_what_is_published(caption: str) -> None:
    (html,) = (table for table in tables() if f">{caption}</caption>" in table)
    (table,) = pd.read_html(StringIO(html))
    here, of_package = table.iloc[:, 1]
    assert here == of_package


def test_its_text_is_short() -> None:
    node = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    text = " ".join(cell.source for cell in node.cells if cell.cell_type == "markdown")
    assert len(text.split()) <= MAX_WORDS
