"""The server that pages are forked from has done what else each page would do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from adoption.core.paths import project_root
from adoption.press.engine.job import Job
from adoption.press.engine.process import (
    can_fork,
    prepare,
    start_process,
)
from adoption.press.plan import Page
from adoption.press.project import MIN_PAGES_TO_SHARE
from adoption.press.store import make_folders
from adoption.site.project import PROJECT
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not can_fork(), reason="nothing is forked")
COSTLY = {
    "IPython",
    "ipykernel",
    "jinja2",
    "nbclient",
    "nbconvert",
    "nbformat",
    "pandas",
    "papermill",
}
WORK = (
    "pandas.io.parquet.read_parquet",
    "adoption.law.status.status_on",
    "adoption.forecasting.hazards.fit_hazards",
    "adoption.law.status._acts_behind",
    "adoption.tables._places_of_states",
    "adoption.show.table._addresses",
    "adoption.api._every_group",
    "adoption.countries.network.network",
)
KERNEL = "ipykernel.ipkernel"
# A process of its own, because a process starts its server once.
ASKED = "import sys; from tests.reports.test_server import print_brief; print_brief(*sys.argv[1:])"


def make_brief(connection: Connection, job: Job) -> None:
    """Make a brief in the process that was forked for it, and tell what that took."""
    there, calls = {*sys.modules}, Counter[str]()
    has_kernel = KERNEL in there and bool(sys.modules[KERNEL].IPythonKernel.initialized())

    from adoption.press.engine.page import run_page

    def note(frame: Any, event: str, _: object) -> None:
        if event == "call":
            calls[f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"] += 1

    sys.setprofile(note)
    made = run_page(job, lambda _: None)
    sys.setprofile(None)
    imports = sorted({*sys.modules} - there)
    work = [calls[name] for name in WORK]
    connection.send({"kernel": has_kernel, "imports": imports, "work": work, "error": made.error})


def print_brief(pages: str, folder: str) -> None:
    """Print what the brief of a state took, forked from the server of so many pages."""
    values: dict[str, Any] = {"country": "MEX", "convention": "hanoi", "as_of": "latest"}
    page = Page(
        slug="brief-mex", notebook="03_country_brief", parameters={"country": "MEX"}, values=values
    )
    prepare(PROJECT.server(int(pages)))
    job, notebooks = Job(page, str(project_root()), folder, PROJECT), project_root() / "notebooks"
    connection, process = start_process(make_brief, job, notebooks, 300)
    print(json.dumps(connection.recv()))
    process.join()


@pytest.mark.parametrize("pages", [1, MIN_PAGES_TO_SHARE])
def test_every_server_is_warm(pages: int, tmp_path: Path) -> None:
    make_folders(tmp_path)
    words = [sys.executable, "-c", ASKED, f"{pages}", str(tmp_path)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["error"] is None
    assert found["kernel"], "a kernel is made before any page"
    assert not COSTLY & set(found["imports"])
    if pages == MIN_PAGES_TO_SHARE:
        assert (found["imports"], found["work"]) == ([], [0] * len(WORK))
    else:
        assert min(found["work"]) == found["work"][-1] == 1
