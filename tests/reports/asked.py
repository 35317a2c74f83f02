"""Asks the server of pages what it has ready: run as `python -m tests.reports.asked PAGES FOLDER`.

It is a process of its own, because a process starts its server once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from adoption.core.paths import project_root
from adoption.reports.engine.job import Job
from adoption.reports.engine.process import prepare, start_process
from adoption.reports.plan import Page

BRIEF = "03_country_brief"
KERNEL = "ipykernel.ipkernel"


def make_brief(connection: Connection, job: Job) -> None:
    """Make a brief in the process that was forked for it, and tell what that took."""
    there = set(sys.modules)
    has_kernel = KERNEL in there and bool(sys.modules[KERNEL].IPythonKernel.initialized())

    import pandas as pd

    from adoption.countries import network
    from adoption.law import status
    from adoption.reports.engine.page import make_page

    read, worked_out, joined = list[str](), list[str](), list[str]()
    read_parquet, status_on, joined_by = pd.read_parquet, status.status_on, network.network

    def reading(path: Path, *args: Any, **more: Any) -> Any:
        read.append(path.stem)
        return read_parquet(path, *args, **more)

    def working_out(history: Any, *args: Any, **more: Any) -> Any:
        worked_out.append(history.convention.convention)
        return status_on(history, *args, **more)

    def joining(cliques: Iterable[network.Clique], states: Sequence[str]) -> network.Network:
        joined.append(f"{len(states)} states")
        return joined_by(cliques, states)

    pd.read_parquet, status.status_on = reading, working_out  # type: ignore[assignment]
    network.network = joining
    made = make_page(job, lambda _: None)
    connection.send(
        {"kernel": has_kernel, "imports": sorted({*sys.modules} - there), "read": read,
         "statuses": worked_out, "networks": joined, "error": made.error}
    )  # fmt: skip


def main(pages: int, folder: Path) -> None:
    """Print what the brief of a state took, forked from the server of so many pages."""
    from tests.reports.asked import make_brief  # by its name: this module is __main__

    (folder / "notebooks").mkdir()
    root = project_root()
    values: dict[str, Any] = {"country": "MEX", "convention": "hanoi", "as_of": "latest"}
    page = Page(slug="brief-mex", notebook=BRIEF, parameters={"country": "MEX"}, values=values)
    job = Job(page, str(root), str(folder))
    prepare(pages)
    connection, process = start_process(make_brief, job, root / "notebooks", 300)
    sys.stdout.write(json.dumps(connection.recv()))
    process.join()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
