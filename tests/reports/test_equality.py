"""Every notebook of the suite gives the same under both engines, output by output."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import papermill
import pytest

from tests.test_notebooks import NOTEBOOKS as PAGES

pytestmark = pytest.mark.slow

# A widget's number is drawn at random by either engine.
NUMBER = re.compile(r"\b[0-9a-f]{32}\b")
TIMES = ("start_time", "end_time", "duration")


def without_times(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in metadata.items() if key != "execution"}
    if "papermill" in kept:
        noted = kept["papermill"].items()
        kept["papermill"] = {key: value for key, value in noted if key not in TIMES}
    return kept


def same_numbers(text: str) -> str:
    """Number widgets by their first appearance."""
    seen: dict[str, str] = {}
    return NUMBER.sub(lambda found: seen.setdefault(found[0], f"widget-{len(seen)}"), text)


def comparable(notebook: Any) -> Any:
    cells = [
        {**cell, "metadata": without_times(cell.metadata), "id": ""} for cell in notebook.cells
    ]
    text = json.dumps({"cells": cells, "language": notebook.metadata.language_info})
    return json.loads(same_numbers(text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_our_engine_gives_what_papermills_own_gives(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ours, theirs = (
        comparable(
            papermill.execute_notebook(
                str(path), str(tmp_path / f"{engine}.ipynb"), engine_name=engine,
                kernel_name="python3", cwd=str(path.parent), progress_bar=False,
            )
        )
        for engine in ("adoption", "nbclient")
    )  # fmt: skip
    assert "the stock engine runs instead" not in caplog.text
    assert ours == theirs
    assert any(cell.get("outputs") for cell in ours["cells"])
