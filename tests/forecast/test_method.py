"""Notebook 14 builds the forecast in sight: it ends where the package does."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOK = ROOT / "notebooks" / "14_forecast_method.ipynb"
MAX_WORDS = 1200


def tables() -> Iterator[str]:
    """Yield the tables of the notebook as text, with their captions."""
    node = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    for cell in node.cells:
        for output in cell.get("outputs", ()):
            yield output.get("data", {}).get("text/plain", "")


@pytest.mark.parametrize("caption", ["The score of that forecast", "Entry into force, median"])
def test_what_is_built_in_sight_is_what_is_published(caption: str) -> None:
    (table,) = (text for text in tables() if text.startswith(caption))
    values = table.splitlines()[-1].split()
    half = len(values) // 2
    assert half
    assert values[:half] == values[half:], "built here, and by the package"


def test_its_text_is_short() -> None:
    node = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    text = " ".join(cell.source for cell in node.cells if cell.cell_type == "markdown")
    assert len(text.split()) <= MAX_WORDS
