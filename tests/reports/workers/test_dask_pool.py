"""Pages made by the workers of a real Dask scheduler, which may end or refuse."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from adoption.cli import main
from adoption.errors import AdoptionError
from adoption.reports.workers.dask_pool import distributed
from adoption.reports.workers.exchange import Exchange
from adoption.reports.workers.jobs import Made
from adoption.reports.workers.pool import Started, forked
from tests.reports.clusters import Processes, processes
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text
from tests.reports.dask_pages import REAL, jobs_of, made_by, silence
from tests.waiting import wait_until

if not Path("/proc").is_dir():
    pytest.skip("processes are looked up in /proc", allow_module_level=True)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_dask_home")]


@pytest.fixture(scope="module")
def cluster(dask_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    folder = tmp_path_factory.mktemp("dask") / "cluster"
    with processes(folder, ADOPTION_HOME=str(dask_project.root)) as made:
        made.start_worker()
        made.start_worker()
        yield made


@pytest.fixture
def two(cluster: Processes) -> Processes:
    """Two workers, also after a test that has ended one."""
    for _ in range(2 - sum(process.poll() is None for process in cluster.started[1:])):
        cluster.start_worker()
    cluster.wait_for(2)
    return cluster


def pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.html")}


def is_quiet(cluster: Processes) -> bool:
    """Return whether only templates are left of what workers start, and none of their files."""
    scratch = cluster.folder / "scratch"
    # Not rglob, which cannot bear that a folder goes meanwhile.
    there = [name for _, folders, _ in os.walk(scratch) for name in folders]
    return not cluster.forks() and not any(name.startswith("page-") for name in there)


def test_pages_are_those_that_this_machine_makes(
    two: Processes, dask_project: Project, tmp_path: Path
) -> None:
    names = ["sleepy", "bad", REAL]
    here = made_by(forked(jobs_of(names, dask_project, tmp_path / "here"), 1))
    there = made_by(
        distributed(jobs_of(names, dask_project, tmp_path / "there"), two.address, silence)
    )
    assert pages(tmp_path / "there") == pages(tmp_path / "here")
    assert len(pages(tmp_path / "there")) == 3
    kept = tmp_path / "there" / "notebooks"
    assert sorted(path.stem for path in kept.iterdir()) == sorted(there)
    for slug, made in there.items():
        assert made.forked
        assert (made.error, made.reads, made.answer) == (
            here[slug].error, here[slug].reads, here[slug].answer,
        )  # fmt: skip
        assert made.error is None or slug == "bad-1"
    assert wait_until(lambda: is_quiet(two), 30)
    assert len(two.ours()) == 2, "a template for each worker, warm for the next report"


def test_a_worker_that_is_killed_in_the_middle_costs_no_page(
    two: Processes, dask_project: Project, tmp_path: Path
) -> None:
    jobs = jobs_of(["sleepy"] * 8, dask_project, tmp_path)
    events: list[Started | Made] = []
    killed = 0
    for event in distributed(jobs, two.address, silence):
        events.append(event)
        if isinstance(event, Made) and not killed:
            killed = max(two.workers().values())
            assert two.forks(), "it is at work"
            os.kill(killed, signal.SIGKILL)
    made = made_by(events)
    assert killed
    assert [page.error for page in made.values()] == [None] * 8
    assert len(pages(tmp_path)) == 8
    assert killed not in two.workers().values()
    assert wait_until(lambda: len(two.ours()) == 1, 30), "its template ended too, and all its forks"


# What goes through a shared folder


@pytest.mark.parametrize("kind", ["file"])
def test_pages_come_through_a_folder_that_both_see(
    two: Processes,
    dask_project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    fetched: list[str] = []
    fetch = Exchange.fetch

    def fetch_and_note(self: Exchange, name: str) -> bytes | None:
        fetched.append(name)
        return fetch(self, name)

    monkeypatch.setattr(Exchange, "fetch", fetch_and_note)
    shared = tmp_path / "shared"
    shared.mkdir()
    jobs = jobs_of(["sleepy", "bad"], dask_project, tmp_path / "run")
    events = distributed(jobs, two.address, silence, f"{kind}://{shared}")
    assert {slug: bool(made.error) for slug, made in made_by(events).items()} == {
        "sleepy-0": False, "bad-1": True,
    }  # fmt: skip
    assert len(pages(tmp_path / "run")) == 2
    assert len(fetched) == (4 if kind == "file" else 0), "memory is of each process alone"
    assert not list(shared.iterdir())


# Workers that are not as this machine is


def test_where_no_worker_has_the_same_state_nothing_is_begun(
    two: Processes, tmp_path: Path
) -> None:
    other = make_project(tmp_path / "other")
    other.write("sleepy", text("# Kind"), parameters(), code(SHOW))
    (other.root / "requirements.lock").write_text("another==1.0\n", encoding="utf-8")
    with pytest.raises(AdoptionError) as caught:
        list(distributed(jobs_of(["sleepy"], other, tmp_path / "run"), two.address, silence))
    assert "no worker of the Dask scheduler" in str(caught.value)
    for address in two.workers():
        assert f"{address}: it has another state of requirements.lock" in str(caught.value)
    assert not pages(tmp_path / "run")


# The end of a run before its pages are made


def test_what_is_given_up_leaves_nothing_running(
    two: Processes, dask_project: Project, tmp_path: Path
) -> None:
    events = distributed(jobs_of(["waiting"] * 4, dask_project, tmp_path), two.address, silence)
    assert isinstance(next(events), Started)
    assert wait_until(lambda: len(two.forks()) >= 2), "a notebook is at work"
    events.close()
    assert wait_until(lambda: is_quiet(two), 30)


def test_a_report_is_published_here_and_at_an_address(
    two: Processes, dask_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    store = MemoryFileSystem(skip_instance_cache=True)
    words = ["report", "--dask", two.address, "--output", "memory://dask/reports"]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "4 pages made, 0 failed" in told
    assert "copied: memory://dask/reports/index.html" in told
    latest = dask_project.root / "reports" / "latest"
    pointer = json.loads(store.cat_file("/dask/reports/latest.json"))
    assert pointer["run"] == latest.resolve().name
    for name, page in pages(latest).items():
        assert store.cat_file(f"/dask/reports/runs/{pointer['run']}/{name}") == page
    store.rm("/dask", recursive=True)
    assert main(words) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert json.loads(store.cat_file("/dask/reports/latest.json")) == pointer
