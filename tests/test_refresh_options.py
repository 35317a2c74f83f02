"""`adoption refresh` as a person or a schedule calls it: exit status, lines, JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from adoption.refresh_options import INTERRUPTED
from tests.conftest import ROOT, hear_interrupts
from tests.fetching.answers import page, silent
from tests.fetching.publisher_server import Publisher, closed_port
from tests.refresh.life import MAINTENANCE, TARGET, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

    Done = subprocess.CompletedProcess[str]

PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.copy(ROOT, tmp_path_factory.mktemp("called"))


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        yield server


def called(project: Project, *words: str) -> Done:
    quiet = {n: v for n, v in os.environ.items() if n.lower() not in PROXIES}
    return subprocess.run(
        [sys.executable, "-m", "adoption", "refresh", *words], capture_output=True, text=True,
        env={**quiet, "ADOPTION_HOME": str(project.root)}, cwd=project.root, timeout=120,
    )  # fmt: skip


def test_a_publisher_that_is_not_reached_is_status_4_and_the_data_stay(project: Project) -> None:
    before = project.files()
    base = f"untc=http://127.0.0.1:{closed_port()}"
    done = called(project, "--source", "untc-hanoi", "--base", base, "--json")
    assert done.returncode == 4, done.stderr
    told = json.loads(done.stdout)
    assert (told["status"], told["changed"], told["data_day"]) == (4, False, "2026-11-24")
    assert [source["result"] for source in told["sources"]] == ["unreachable"]
    assert "Connection refused" in done.stderr
    assert project.files() == before


def test_what_is_refused_is_status_3_and_the_report_stays(
    project: Project, publisher: Publisher
) -> None:
    before = project.files()
    publisher.gives(TARGET, page(MAINTENANCE, content_type="text/html"))
    done = called(
        project, "--convention", "hanoi", "--base", f"untc={publisher.base}", "--then-report"
    )
    assert done.returncode == 3, done.stderr
    assert "untc-hanoi: refused: " in done.stdout
    assert "the report stays as it is: its data are of 24 November 2026" in done.stdout
    assert project.files() == before
    assert not (project.root / "reports").exists()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--source", "untc-hano"], "no 'untc-hano'; did you mean untc-hanoi?"),
        (["--base", "untc"], "is not PUBLISHER=ADDRESS"),
        (["--base", "unt=http://127.0.0.1:1"], "no publisher 'unt'; did you mean untc?"),
        (["--convention", "malabo"], "--convention malabo"),
        (["--by", "A. Person"], "--by: needs --accept"),
        (["--accept", " "], "--accept"),
        (["--accept", "because", "--source", "untc-untoc"], "--accept: "),
        (["--file", "none.xml", "--convention", "untoc"], "none.xml: cannot be read"),
        (["--file", "none.xml"], "--file: whose file is it?"),
        (["--output", "x"], "--output: needs --then-report"),
        (["--keep", "0"], "--keep: needs --then-report"),
        (["--then-report", "--jobs", "0"], "'0' is not a number, 1 or more"),
    ],
)
def test_bad_input_is_one_line_and_status_2(project: Project, words: list[str], line: str) -> None:
    before = project.files()
    done = called(project, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert project.files() == before


def test_help_names_every_option(project: Project) -> None:
    done = called(project, "--help")
    assert done.returncode == 0
    for option in (
        "--source", "--file", "--base", "--accept", "--then-report", "--jobs", "--keep", "--json",
    ):  # fmt: skip
        assert option in done.stdout


def test_interrupted_it_says_what_stays(project: Project, publisher: Publisher) -> None:
    publisher.gives(TARGET, silent())
    quiet = {n: v for n, v in os.environ.items() if n.lower() not in PROXIES}
    words = ["--source", "untc-hanoi", "--base", f"untc={publisher.base}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "adoption", "refresh", *words], stderr=subprocess.PIPE, text=True,
        env={**quiet, "ADOPTION_HOME": str(project.root)}, preexec_fn=hear_interrupts,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not publisher.asked and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines() == [f"adoption: interrupted; {INTERRUPTED}"]
