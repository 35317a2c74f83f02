"""Making many pages: all of them come, whatever becomes of one, and each is reported."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest

from adoption.press.document import read_document, to_json
from adoption.press.engine.job import PageResult
from adoption.press.engine.pool import make_pages
from adoption.press.run import print_line, reported
from adoption.press.store import document_file, make_folders, read_executed
from tests.reports.conftest import ANSWER, SHOW, Project, code, parameters, text

Make = Callable[..., PageResult]
DEAF = "from signal import *\nfor s in (2, 15): signal(s, SIG_IGN)\nwhile True: pause()"


@pytest.fixture
def make(project: Project, tmp_path: Path) -> Make:
    """Make the page of a notebook with some cells, between two others that are good."""
    (tmp_path / "run").mkdir()
    make_folders(tmp_path / "run")
    project.write("good", text("# Good"), parameters(), code(SHOW))

    def made(*sources: str, **more: Any) -> PageResult:
        project.write("one", text("# Kind"), parameters(), code(SHOW), *map(code, sources))
        folder = tmp_path / "run"
        jobs = [project.job(folder, name, "good") for name in ("before", "after")]
        jobs.insert(1, project.job(folder, "one", **more))
        found = {page.slug: page for page in make_pages(jobs, 2)}
        assert {*found} == {"before", "one", "after"}
        assert [slug for slug, page in found.items() if page.error] in ([], ["one"])
        return found["one"]

    return made


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ('raise ValueError("a <b>\\nsecond")', "ValueError: a <b>"),
        ("import os; os._exit(0)", "the notebook's process ended with status 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "was ended by SIGKILL (perha"),
        (DEAF, "it took longer than 3 s"),
        pytest.param(
            "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
            "it took longer than 3 s",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_page_that_fails_shows_what_it_gave_before(
    make: Make, tmp_path: Path, cell: str, error: str
) -> None:
    seconds = 3 if "longer" in error else 300  # on a busy machine
    made = make(cell, "'never'", seconds=seconds)
    assert made.error is not None
    assert error in made.error
    assert len(made.error.splitlines()) == 1
    document = read_document(tmp_path / "run" / document_file("one"))
    assert document.answer is not None
    assert document.answer["text"] == ANSWER["text"]
    assert document.failure == made.error
    assert "never" not in to_json(document)
    kept = nbformat.writes(read_executed(tmp_path / "run" / "notebooks" / "one.zip"))  # type: ignore[no-untyped-call]
    assert "never'" in kept


def test_endless_output_is_stopped_and_large_output_is_a_fault_of_a_good_page_only(
    make: Make,
) -> None:
    endless = make("while True: print('x' * 100_000)", max_output_megabytes=1)
    error = "cell 3: OutputTooLargeError: outputs: larger than 1 MB; show less, or raise max_out"
    assert endless.error is not None
    assert endless.error.startswith(error)
    assert not endless.faults
    large, then_failed = "print('x' * 6_000_000)", "1 / 0"
    assert make(large).faults == ("its outputs take 6 MB, which readers have to load",)
    assert make(large, then_failed).faults == ()


@pytest.mark.skipif(os.name != "posix", reason="the system has no limit of memory")
def test_a_cell_that_needs_more_memory_than_the_limit_fails(make: Make) -> None:
    cell = "len(bytearray(3_000_000_000))"
    made = make(cell, max_memory_megabytes=2_000)
    assert made.error is not None
    assert made.error.startswith("cell 3: MemoryError")
    assert make("1 + 1", max_memory_megabytes=2_000).error is None


@pytest.mark.slow
def test_where_there_is_no_fork_pages_are_made(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    made = make("from adoption import tables\nlen(tables.read('conventions'))")
    assert made.error is None
    assert "data/processed/conventions.parquet" in made.reads


DAY = date(2026, 11, 24)
GOOD = PageResult("one", "Kind", None, None, 0.25, DAY)
BAD = PageResult("two", "Kind", None, "cell 2: ValueError: no", 0.5, DAY)


class Terminal(io.StringIO):
    """Text that a person watches."""

    def isatty(self) -> bool:
        return True


def go_through() -> None:
    assert list(reported([GOOD, BAD], 2)) == [GOOD, BAD]
    print_line("2 pages made")


def test_a_log_has_a_line_for_each_page(capsys: pytest.CaptureFixture[str]) -> None:
    go_through()
    assert capsys.readouterr().out.splitlines() == [
        "[1/2] one done in 0.2 s",
        "[2/2] two failed: cell 2: ValueError: no",
        "2 pages made",
    ]


def test_a_terminal_has_one_bar_and_lines_for_what_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, terminal)
    go_through()
    written = terminal.getvalue()
    assert "report |" in written
    assert "0 of 2" in written
    assert "two failed: cell 2: ValueError: no\n" in written
    assert "one done" not in written
    assert written.endswith("2 pages made\n")


def test_a_reader_that_has_gone_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        os.close(reading)
        go_through()
        print("more", file=out, flush=True)  # what comes later goes nowhere as well
