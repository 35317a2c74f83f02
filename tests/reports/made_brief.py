"""What a brief takes in the process that was forked for it; run by a process that tests nothing."""

from __future__ import annotations

import json
import sys
from collections import Counter
from multiprocessing.connection import Connection
from typing import Any

from adoption.core.paths import project_root
from adoption.press.engine.job import Job
from adoption.press.engine.process import prepare, start_process
from adoption.press.plan import Page
from adoption.site.project import PROJECT

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
STATISTICS = "statsmodels"  # which other notebooks import, and no brief


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
    connection.send(
        {
            "kernel": has_kernel,
            "statistics": STATISTICS in there,
            "imports": imports,
            "work": work,
            "error": made.error,
        }
    )


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
