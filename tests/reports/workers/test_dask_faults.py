"""A Dask scheduler without workers, without the package, lost, or with deadly pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adoption.cli import main
from adoption.reports.progress import Lines
from adoption.reports.workers import dask_client, dask_pool
from adoption.reports.workers.dask_pool import distributed
from tests.reports.clusters import Processes, processes
from tests.reports.conftest import Project
from tests.reports.dask_pages import jobs_of, made_by, silence
from tests.waiting import LONG, wait_until

if not Path("/proc").is_dir():
    pytest.skip("processes are looked up in /proc", allow_module_level=True)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_dask_home")]


@pytest.fixture(scope="module")
def strict(dask_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler that gives a page up with the first worker it costs."""
    folder = tmp_path_factory.mktemp("dask") / "strict"
    allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with processes(folder, ADOPTION_HOME=str(dask_project.root), **allowed) as made:
        yield made


def test_a_page_that_ends_its_workers_fails_and_says_so(
    strict: Processes, dask_project: Project, tmp_path: Path
) -> None:
    nanny = strict.start_worker("--nanny")  # which starts another in place of one that ended
    strict.wait_for(1)
    made = made_by(
        distributed(jobs_of(["deadly"], dask_project, tmp_path), strict.address, silence)
    )
    told = str(made["deadly-0"].error)
    assert told.startswith("1 Dask worker ended while making it; the last was tcp://127.0.0.1:")
    nanny.terminate()
    nanny.wait(LONG)
    assert wait_until(lambda: not strict.ours()), "nothing outlives a worker"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_pool, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(dask_pool, "PATIENCE", 0.5)
    monkeypatch.setattr(dask_client, "CONNECT_SECONDS", 1.0)


@pytest.mark.usefixtures("quick")
def test_a_scheduler_that_is_lost_is_told_in_one_line_and_nothing_is_published(
    dask_project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(dask_pool, "PATIENCE", LONG)
    with processes(tmp_path / "lost", ADOPTION_HOME=str(dask_project.root)) as cluster:
        # It says that it waits for a worker, and the scheduler is killed.
        monkeypatch.setattr(Lines, "said", lambda *_: cluster.started[0].kill())
        words = ["report", "--dask", cluster.address, "--output", str(tmp_path / "reports")]
        assert main(words) == 2
    told = capsys.readouterr()
    lost = f"the connection to the Dask scheduler at {cluster.address} was lost"
    assert told.err == f"adoption: {lost}; nothing is published\n"
    assert not (tmp_path / "reports" / "latest").exists()
    assert not list((tmp_path / "reports" / "runs").iterdir())
