"""The server that pages are forked from: what it has ready is asked of a page that it forks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adoption.reports.engine.process import MIN_PAGES_TO_PRELOAD, can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="nothing is forked")
COSTLY = {"IPython", "ipykernel", "jinja2", "nbclient", "nbconvert", "nbformat", "pandas",
          "papermill"}  # fmt: skip


def brief_of_a_server(pages: int, folder: Path) -> Any:
    """Return what a brief took that was forked from the server of so many pages."""
    words = [sys.executable, "-m", "tests.reports.asked", str(pages), str(folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)


@pytest.mark.parametrize("pages", [1, MIN_PAGES_TO_PRELOAD])
def test_every_server_is_warm(pages: int, tmp_path: Path) -> None:
    found = brief_of_a_server(pages, tmp_path)
    assert found["error"] is None
    assert found["kernel"], "a kernel is made before any page"
    assert not COSTLY & set(found["imports"])
    assert len(found["read"]) == len(set(found["read"])), "each table is read once"
    assert len(found["statuses"]) == len(set(found["statuses"])), "each status is worked out once"
    if pages == MIN_PAGES_TO_PRELOAD:
        worked_out = ("imports", "read", "statuses", "networks")
        assert [found[name] for name in worked_out] == [[], [], [], []]
    else:
        assert len(found["networks"]) == 1
