"""Shared by the tests of the engine: one template, and notebooks to run in its forks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from adoption.engine.limits import NO_LIMITS, Limits
from adoption.engine.papermill_engine import Account, Means
from adoption.engine.spawner import Spawner
from tests.reports.conftest import code, notebook

logging.getLogger("papermill").setLevel(logging.ERROR)


@pytest.fixture(scope="session")
def spawner() -> Iterator[Spawner]:
    made = Spawner.start()
    yield made
    made.close()


class Runner:
    """Runs made-up notebooks in a folder."""

    def __init__(self, folder: Path, spawner: Spawner) -> None:
        self.folder = folder
        self.spawner: Spawner | None = spawner
        self.account = Account()
        self.kept = folder / "kept.ipynb"

    def __call__(self, *sources: str, limits: Limits = NO_LIMITS, engine: str = "adoption") -> Any:
        """Run cells; return the executed notebook."""
        path = self.folder / "made-up.ipynb"
        nbformat.write(notebook(*map(code, sources)), path)  # type: ignore[no-untyped-call]
        self.account = Account()
        more: dict[str, Any] = {
            "means": Means(self.spawner, limits, self.account), "kept_on_failure": str(self.kept),
        }  # fmt: skip
        return papermill.execute_notebook(
            str(path), str(self.folder / "executed.ipynb"), engine_name=engine, progress_bar=False,
            cwd=str(self.folder), **(more if engine == "adoption" else {}),
        )  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, spawner: Spawner) -> Runner:
    return Runner(tmp_path, spawner)


def template_of(spawner: Spawner) -> int:
    """Return the process that forks for a spawner."""
    child = spawner.fork("kernel", folder="/")
    stat = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii")
    spawner.end(child, 10)
    return int(stat.rpartition(")")[2].split()[1])


def shown(executed: Any) -> list[str]:
    """Return the text that each cell printed and showed."""
    return [
        "".join(str(o.get("text", o.get("data", {}).get("text/plain", ""))) for o in cell.outputs)
        for cell in executed.cells
    ]
