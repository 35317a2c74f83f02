"""Running one notebook with papermill."""

from __future__ import annotations

import os
import time
import uuid
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from adoption.engine.limits import OF_A_PAGE
from adoption.engine.papermill_engine import Account, Means
from adoption.engine.spawner import Spawner

Engine = Literal["fork", "stock"]
ENGINES: tuple[Engine, ...] = ("fork", "stock")
# What papermill notes of the machine that ran it; a published notebook does not need it.
OF_THE_MACHINE = ("input_path", "output_path", "environment_variables")
IPC_KERNELS = f"{__name__}.IpcKernelManager"


class IpcKernelManager(AsyncKernelManager):
    """Starts kernels that talk through files of this machine: no open ports, none to race for.

    The files have a name of their own for each kernel; by default kernels that start at the
    same time in one folder may take the same. Where there are no such files (Windows) they
    talk over the loopback, as stock ones do.
    """

    def __init__(self, **traits: Any) -> None:
        if os.name == "posix":
            place = Path(jupyter_runtime_dir(), f"kernel-{uuid.uuid4().hex[:12]}-ipc")
            place.parent.mkdir(parents=True, exist_ok=True)
            traits = {"transport": "ipc", "ip": str(place), **traits}
        super().__init__(**traits)

    async def start_kernel(self, **more: Any) -> None:  # type: ignore[override]
        """Start a kernel that ends with this process, in whatever way that ends."""
        if os.name == "posix":  # elsewhere that module has nothing to work with
            from adoption.engine.isolation import end_with_parent

            more["preexec_fn"] = partial(end_with_parent, os.getpid())
        await super().start_kernel(**more)


@dataclass(frozen=True)
class Execution:
    """A notebook that ran.

    Attributes
    ----------
    notebook : NotebookNode
        With its outputs, as far as it came.
    seconds : float
        How long it took.
    error : str, optional
        The failing cell's error in one line; None if it ran to its end.
    cells : list of float
        Seconds that each code cell took, in order; those that did not run are left out.
    account : Account
        What it read and used.
    """

    notebook: Any
    seconds: float
    error: str | None
    cells: list[float] = field(default_factory=list)
    account: Account = field(default_factory=Account)


def execute(
    source: Path,
    target: Path,
    parameters: dict[str, Any],
    *,
    engine: Engine = "fork",
    spawner: Spawner | None = None,
) -> Execution:
    """Run a notebook with parameters and keep it, also when a cell fails."""
    began = time.perf_counter()
    error = None
    account = Account()
    try:
        papermill.execute_notebook(
            str(source),
            str(target),
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            cwd=str(source.parent),
            request_save_on_cell_execute=engine == "stock",  # else it is written once, at its end
            autosave_cell_every=0,
            **_engine(engine, target, Means(spawner, OF_A_PAGE, account)),
        )
    except PapermillExecutionError as failed:
        error = f"cell {failed.exec_count}: {failed.ename}: {failed.evalue}".splitlines()[0]
    except CellTimeoutError:
        error = f"it took longer than {OF_A_PAGE.seconds:.0f} s"
    except DeadKernelError as failed:
        error = str(failed).splitlines()[0]
    notebook = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    noted = notebook.metadata.get("papermill", {})
    for key in OF_THE_MACHINE:
        noted.pop(key, None)
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]
    taken = [
        cell.metadata.get("papermill", {}).get("duration")
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    cells = [float(seconds) for seconds in taken if seconds is not None]
    return Execution(notebook, time.perf_counter() - began, error, cells, account)


def _engine(engine: Engine, target: Path, means: Means) -> dict[str, Any]:
    """Return what papermill is told of an engine."""
    if engine == "stock":
        return {
            "kernel_manager_class": IPC_KERNELS,
            "extra_arguments": ["--log-level=50"],  # a kernel's notes on its own end help nobody
            "execution_timeout": OF_A_PAGE.seconds,
        }
    return {"engine_name": "adoption", "means": means, "kept_on_failure": str(target)}
