"""Pages made by the workers of a real Dask scheduler, which may end, refuse or be lost."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adoption.cli import main
from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports import dask
from adoption.reports.dask import different, make_on_workers, state_here
from adoption.reports.pool import Job, Made, make_pages
from adoption.reports.run import Progress
from tests.reports.clusters import Processes, processes
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text
from tests.waiting import wait_until

REAL = "08_conventions_compared"
# Ends the Dask worker, which is watched by its nanny: the page's process knows who asked for it.
DEADLY = """import multiprocessing, os, signal, time
os.kill(multiprocessing.parent_process().pid, signal.SIGKILL)
time.sleep(60)"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of notebooks that are good, fail and end their worker, and a real one."""
    made = make_project(tmp_path_factory.mktemp("dask") / "project")
    head = (text("# Kind"), parameters())
    made.write("good", *head, code(SHOW))
    made.write("bad", *head, code("1 / 0"))
    made.write("deadly", *head, code(DEADLY))
    made.plan('[[page]]\nslug = "good"\nnotebook = "good"\n')
    shutil.copy(project_root() / "notebooks" / f"{REAL}.ipynb", made.root / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(made.root))
        yield made


@pytest.fixture
def cluster(home: Project, tmp_path: Path) -> Iterator[Processes]:
    """A scheduler that gives a page up with the first worker it costs."""
    allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with processes(tmp_path / "cluster", ADOPTION_HOME=str(home.root), **allowed) as made:
        yield made


def jobs_of(home: Project, folder: Path, *notebooks: str) -> list[Job]:
    (folder / "notebooks").mkdir(parents=True)
    values = {"country": "QAT", "edition": 2024}
    return [Job(name, name, {}, values, str(home.root), str(folder)) for name in notebooks]


def made_by(pages: Iterator[Made]) -> dict[str, Made]:
    return {page.slug: page for page in pages}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_pages_are_those_that_this_machine_makes_and_a_deadly_one_fails_alone(
    cluster: Processes, home: Project, tmp_path: Path
) -> None:
    cluster.start_worker("--nanny")
    names = ("good", "bad", REAL)
    here = made_by(make_pages(jobs_of(home, tmp_path / "here", *names), 1))
    texts: list[str] = []
    jobs = jobs_of(home, tmp_path / "there", *names, "deadly")
    there = made_by(make_on_workers(jobs, cluster.address, texts.append))
    for name in names:
        for file in (f"{name}.html", f"notebooks/{name}.zip"):
            assert (tmp_path / "there" / file).is_file()
        page, other = (
            (tmp_path / each / f"{name}.html").read_bytes() for each in ("here", "there")
        )
        assert page == other
        alike: dict[str, Any] = {"seconds": 0.0, "cells": [], "memory": 0}
        assert replace(there[name], **alike) == replace(here[name], **alike)
    assert set(texts) <= {f"the Dask scheduler at {cluster.address} has no worker; waiting for one"}
    message = str(there["deadly"].error)
    assert message.startswith("1 Dask worker ended while making it; the last was tcp://127.0.0.1:")
    assert "This notebook failed." in (tmp_path / "there" / "deadly.html").read_text("utf-8")
    assert wait_until(lambda: not list((tmp_path / "cluster" / "scratch").rglob("page-*")))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_a_worker_of_another_state_makes_no_pages_and_a_lost_scheduler_is_told_in_a_line(
    cluster: Processes, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = make_project(tmp_path / "other")
    other.write("good", text("# Another"), parameters(), code(SHOW))
    worker = cluster.start_worker("--no-nanny", ADOPTION_HOME=str(other.root))
    words = ["report", "--dask", cluster.address, "--output", str(tmp_path / "reports")]
    assert main(words) == 2
    line = capsys.readouterr().err
    assert "it has another state of notebooks/good.ipynb; bring them to the same state" in line
    worker.terminate()
    worker.wait()
    # It says that it waits for a worker, and the scheduler is killed.
    monkeypatch.setattr(Progress, "say", lambda *_: cluster.started[0].kill())
    assert main(words) == 2
    lost = f"the connection to the Dask scheduler at {cluster.address} was lost"
    assert capsys.readouterr().err == f"adoption: {lost}; nothing is published\n"
    assert not (tmp_path / "reports" / "latest").exists()
    assert not list((tmp_path / "reports" / "runs").iterdir())


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "ftp://x:1"])
def test_no_scheduler(home: Project, tmp_path: Path, address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 0.5)
    events = make_on_workers(jobs_of(home, tmp_path, "good"), address, print)
    with pytest.raises(AdoptionError, match=f"^no Dask scheduler at {address}: ."):
        next(events)


def test_no_dask(home: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AdoptionError, match=r"not installed: pip install 'adoption\[dask\]'$"):
        next(make_on_workers(jobs_of(home, tmp_path, "good"), "tcp://127.0.0.1:1", print))


@pytest.mark.parametrize("name", ["data/reference/a/b.csv", "notebooks/a.ipynb"])
def test_a_changed_file_is_another_state_of_its_part(project: Project, name: str) -> None:
    (project.root / "data").unlink()
    for file in ("data/reference/conventions.toml", "data/reference/a/b.csv"):
        (project.root / file).parent.mkdir(parents=True, exist_ok=True)
        (project.root / file).write_text(file, encoding="utf-8")
    project.write("a", text("# A"), code("1"))
    before = state_here(["a"])
    assert different(before, state_here(["a"])) == ""
    (project.root / name).unlink()
    part = "data/reference/" if name.startswith("data") else name
    assert different(before, state_here(["a"])) == f"it has another state of {part}"
