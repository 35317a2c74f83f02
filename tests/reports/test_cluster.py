"""Pages made elsewhere: the same as here, by workers with the same project, or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from adoption.core.errors import AdoptionError
from adoption.press.due import Digests
from adoption.press.engine import cluster
from adoption.press.engine.job import Job
from adoption.press.engine.pool import make_pages
from adoption.press.plan import Choice
from adoption.press.store import make_folders, read_executed
from adoption.site.project import PROJECT
from tests.conftest import hear_interrupts
from tests.reports.conftest import (
    SHOW,
    Project,
    code,
    make_project,
    parameters,
    text,
)
from tests.waiting import LONG, alive, ended, wait_until

BIN = Path(sys.executable).parent
# A page that says which process makes it, and takes a while.
SLOW = "import os, time\nopen(f'made-by-{os.getpid()}', 'w').close()\ntime.sleep(2)"


def jobs_of(project: Project, folder: Path, **notebooks: str) -> list[Job]:
    folder.mkdir()
    make_folders(folder)
    return [project.job(folder, slug, name) for slug, name in notebooks.items()]


# Any executor


def test_an_executor_makes_the_pages_that_the_pool_makes(project: Project, tmp_path: Path) -> None:
    """A good one, and one that fails."""
    project.write("good", text("# Good"), parameters(), code(SHOW), code("country"))
    project.write("bad", text("# Bad"), parameters(), code(SHOW), code("1 / 0"))
    expected = cluster.digest_parts({"good", "bad"}, Digests(project.root, PROJECT))
    results = []
    for at in ("here", "there"):
        jobs = jobs_of(project, tmp_path / at, one="good", two="bad")
        with ThreadPoolExecutor(2) as executor:
            pages = (
                make_pages(jobs, 2)
                if at == "here"
                else cluster.make_pages_on(executor, jobs, expected)
            )
            results.append({page.slug: replace(page, seconds=0) for page in pages})
    assert results[0] == results[1]
    assert [results[1][slug].error for slug in ("one", "two")] == [
        None,
        "cell 3: ZeroDivisionError: division by zero",
    ]
    files = [contents(tmp_path / at) for at in ("here", "there")]
    assert files[0] == files[1]
    assert {*files[0]} == {
        "documents/one.json.gz",
        "documents/two.json.gz",
        "notebooks/one.zip",
        "notebooks/two.zip",
    }


def contents(folder: Path) -> dict[str, Any]:
    """Return each file; of executed notebooks, which tell times, what their cells gave."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    found: dict[str, Any] = {}
    for name, path in files.items():
        if path.suffix == ".zip":
            cells = read_executed(path).cells
            found[name] = [(cell.source, cell.get("outputs")) for cell in cells]
        elif name != "manifest.json":
            found[name] = path.read_bytes()
    return found


@pytest.mark.parametrize(
    ("part", "name", "line"),
    [
        ("package", "adoption", "its package differs: adoption"),
        ("libraries", "pandas", "its libraries differ: pandas {}, not 0"),
        ("data", "data/processed/more.parquet", "its data differ: data/processed/more.parquet"),
        ("notebooks", "good", "its notebooks differ: good"),
    ],
)
def test_a_worker_with_another_project_makes_no_page(
    project: Project, tmp_path: Path, part: str, name: str, line: str
) -> None:
    project.write("good", text("# Good"), parameters(), code(SHOW))
    expected = cluster.digest_parts({"good"}, Digests(project.root, PROJECT))
    line = line.format(expected[part].get(name))
    expected[part][name] = "0"
    (job,) = jobs_of(project, tmp_path / "run", one="good")
    with ThreadPoolExecutor(1) as executor, pytest.raises(AdoptionError) as raised:
        list(cluster.make_pages_on(executor, [job], expected))
    assert str(raised.value).endswith(f": {line}")
    assert not (tmp_path / "run" / "documents" / "one.json.gz").exists()


def test_a_worker_whose_package_changed_since_is_to_start_anew(tmp_path: Path) -> None:
    shutil.copytree(PROJECT.package, tmp_path / "adoption")
    check = f"""
from adoption.core.paths import project_root
from adoption.press.engine.cluster import digest_parts, worker_difference
from adoption.press.due import Digests
from adoption.site.project import PROJECT
expected = digest_parts((), Digests(project_root(), PROJECT))
print(worker_difference(PROJECT, expected))
open({str(tmp_path / "adoption" / "api.py")!r}, "a").write("# changed")
print(worker_difference(PROJECT, expected))
"""
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    words = [sys.executable, "-c", check]
    done = subprocess.run(words, stdout=subprocess.PIPE, env=environment, check=True)
    line = "its package has changed since it began; start it anew"
    assert done.stdout.decode().splitlines() == ["", line]


@pytest.mark.parametrize("given", ["http://host:8786", "tcp://host", "no-file", "other.json"])
def test_what_is_no_scheduler_is_told_in_one_line(tmp_path: Path, given: str) -> None:
    path = tmp_path / given if "://" not in given else given
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(AdoptionError, match="is not an address of a scheduler, such as tcp://host"):
        cluster.address_of(str(path))


# A scheduler and its workers


@dataclass
class Cluster:
    """A scheduler and its workers, as processes on the loopback."""

    project: Project
    ends: ExitStack
    scheduler: subprocess.Popen[bytes] = field(init=False)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.project.root / "scheduler.json"

    def start(self, *words: str, path: str = "") -> subprocess.Popen[bytes]:
        environment = os.environ | {"ADOPTION_HOME": str(self.project.root), "PYTHONPATH": path}
        options = ("--no-dashboard", "--scheduler-file", self.file)
        process = subprocess.Popen(
            [BIN / "dask", *words, *options],
            env=environment,
            cwd=self.project.root,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.ends.callback(kill_group, process)
        return process

    def worker(self, path: str = "") -> subprocess.Popen[bytes]:
        words = ("worker", "--nworkers", "1", "--nthreads", "1", "--host", "127.0.0.1")
        self.workers.append(self.start(*words, path=path))
        return self.workers[-1]

    def report(self) -> subprocess.Popen[str]:
        """Begin a report of the plan by its workers."""
        words = [BIN / "adoption", "report", "--force", "--scheduler", self.file]
        environment = os.environ | {"ADOPTION_HOME": str(self.project.root)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process: subprocess.Popen[str] = subprocess.Popen(  # type: ignore[call-overload]
            words, env=environment, preexec_fn=hear_interrupts, **pipes
        )
        self.ends.enter_context(ended(process, []))
        return process

    def makers(self) -> list[int]:
        """Return the processes that make pages, or made some."""
        names = [path.name for path in (self.project.root / "notebooks").glob("made-by-*")]
        return [int(name.rpartition("-")[2]) for name in names]

    def known(self) -> int:
        """Return how many workers the scheduler knows."""
        from distributed import Client  # slow to import

        with Client(scheduler_file=str(self.file), set_as_default=False) as client:
            return len(client.nthreads())

    def published(self) -> bool:
        return (self.project.root / "reports" / "latest").exists()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # a worker and its nanny
        process.wait()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler with a worker, and a plan of five slow pages."""
    project = make_project(tmp_path / "project")
    project.write("slow", text("# Slow"), parameters(), code(SHOW), code(SLOW))
    pages = [f'[[page]]\nslug = "page-{n}"\nnotebook = "slow"\n' for n in range(5)]
    project.plan("\n".join(pages))
    with ExitStack() as ends:
        dask = Cluster(project, ends)
        dask.scheduler = dask.start("scheduler", "--port", "0", "--host", "127.0.0.1")
        assert wait_until(dask.file.exists)
        dask.worker()
        yield dask


@pytest.mark.slow
def test_a_report_by_workers_has_the_files_of_one_made_here(
    dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among them the share picture of each page."""
    report = dask.report()
    _, errors = report.communicate(timeout=LONG)
    assert report.returncode == 0, errors
    there = contents(dask.project.root / "reports" / "latest")
    monkeypatch.setenv("ADOPTION_HOME", str(dask.project.root))
    assert dask.project.report(choice=Choice()) == 0
    here = contents(dask.project.latest)
    assert {f"pictures/page-{number}.png" for number in range(5)} <= {*there}
    assert [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)] == []


@pytest.mark.slow
def test_a_worker_that_dies_has_its_pages_made_elsewhere(dask: Cluster) -> None:
    dask.worker()
    assert wait_until(lambda: dask.known() == 2)
    report = dask.report()
    assert wait_until(lambda: len(dask.makers()) == 2)
    kill_group(dask.workers[0])
    out, errors = report.communicate(timeout=LONG)
    assert report.returncode == 0, errors
    lines = out.splitlines()
    assert lines[0].startswith("2 workers: tcp://127.0.0.1:"), out
    assert any(re.fullmatch(r"worker tcp://127\.0\.0\.1:\d+ has left", line) for line in lines), out
    assert any(line.startswith("1 worker: tcp://127.0.0.1:") for line in lines), out
    assert lines[-1].startswith("5 pages made, 0 failed")


@pytest.mark.slow
def test_nothing_runs_on_and_nothing_is_published_of_a_report_that_is_ended(dask: Cluster) -> None:
    report = dask.report()
    page, *_ = wait_until(dask.makers)
    report.send_signal(signal.SIGINT)
    _, errors = report.communicate(timeout=LONG)
    assert report.returncode == 130, errors
    assert len(errors.splitlines()) == 1
    assert wait_until(lambda: not alive(page))
    number = len(dask.makers())
    report = dask.report()  # the worker can be used again
    assert wait_until(lambda: len(dask.makers()) > number)
    kill_group(dask.scheduler)
    _, errors = report.communicate(timeout=LONG)
    assert report.returncode == 2, errors
    address = json.loads(dask.file.read_text(encoding="utf-8"))["address"]
    assert errors.splitlines() == [f"adoption: scheduler {address}: the connection was lost"]
    assert not dask.published()
    assert wait_until(lambda: not any(map(alive, dask.makers())))
