"""Where the template fails, the stock engine makes the rest, with one line that says so."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from adoption.reports.making import make
from adoption.reports.progress import progress
from adoption.reports.wishes import Wishes
from adoption.reports.workers.jobs import Job
from adoption.reports.workers.pool import WORKER_ENDED
from tests.reports.conftest import KILLS, SHOW, Project, code, parameters, text


def test_without_fork_the_stock_engine_runs(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("good", text("# Good\n\nWhat?"), parameters(), code(SHOW))
    (tmp_path / "notebooks").mkdir()
    values: dict[str, Any] = {"country": "QAT", "edition": 2024}
    job = Job("one", "good", {}, values, str(project.root), str(tmp_path))
    monkeypatch.delattr(os, "fork")
    out = io.StringIO()
    made = make([job], Wishes(jobs=1), progress(1, as_json=False, out=out))
    assert made["one"].error is None
    assert not made["one"].forked
    assert made["one"].reads is None
    first = out.getvalue().splitlines()[0]
    assert first == "the stock engine runs instead: processes cannot be forked on this system"


def test_nothing_to_make_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    out = io.StringIO()
    assert make([], Wishes(), progress(0, as_json=False, out=out)) == {}
    assert out.getvalue() == ""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_a_page_that_was_not_made_at_all_has_a_page_that_says_why(
    project: Project, tmp_path: Path
) -> None:
    project.write("kills", text("# Kind\n\nWhat?"), parameters(), code(KILLS))
    (tmp_path / "notebooks").mkdir()
    job = Job("one", "kills", {}, {"country": "QAT"}, str(project.root), str(tmp_path))
    made = make([job], Wishes(jobs=1), progress(1, as_json=False, out=io.StringIO()))
    assert made["one"].error == WORKER_ENDED
    assert made["one"].kicker == "Kind"
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "This notebook failed." in page
    assert WORKER_ENDED in page
    assert (tmp_path / "notebooks" / "one.ipynb").is_file()
