"""Running one notebook with papermill."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

if TYPE_CHECKING:
    from pathlib import Path

# What papermill notes of the machine that ran it; a published notebook does not need it.
OF_THE_MACHINE = ("input_path", "output_path", "environment_variables")
IPC_KERNELS = f"{__name__}.IpcKernelManager"


class IpcKernelManager(AsyncKernelManager):
    """Starts kernels that talk through files of this machine: no open ports, none to race for.

    Where there are no such files (Windows) they talk over the loopback, as stock ones do.
    """

    def __init__(self, **traits: Any) -> None:
        transport = "ipc" if os.name == "posix" else "tcp"
        super().__init__(**{"transport": transport, **traits})


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
    """

    notebook: Any
    seconds: float
    error: str | None


def execute(source: Path, target: Path, parameters: dict[str, Any]) -> Execution:
    """Run a notebook with parameters and keep it, also when a cell fails.

    Parameters
    ----------
    source : Path
        The notebook.
    target : Path
        Where the executed one is written.
    parameters : dict
        Checked values; see `adoption.reports.plan.check_page`.
    """
    began = time.perf_counter()
    error = None
    try:
        papermill.execute_notebook(
            str(source),
            str(target),
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            cwd=str(source.parent),
            kernel_manager_class=IPC_KERNELS,
            extra_arguments=["--log-level=50"],  # a kernel's notes on its own end help nobody
        )
    except PapermillExecutionError as failed:
        error = f"cell {failed.exec_count}: {failed.ename}: {failed.evalue}".splitlines()[0]
    except (DeadKernelError, CellTimeoutError) as failed:
        error = f"{type(failed).__name__}: {failed}".splitlines()[0]
    notebook = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    for key in OF_THE_MACHINE:
        notebook.metadata.get("papermill", {}).pop(key, None)
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]
    return Execution(notebook, time.perf_counter() - began, error)
