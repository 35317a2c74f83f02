"""Kernels for nbval that are forked from the server of the tests, which imports what they need."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pandas as pd
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from adoption.press.engine.process import start_process

SECONDS = 600  # that a notebook may take


class ForkedProvisioner(LocalProvisioner):
    """Forks a kernel in place of starting one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel that has the connection file which the command names."""
        file, folder = cmd[cmd.index("-f") + 1], Path(kwargs["cwd"])
        self._connection, process = start_process(_be_kernel, file, folder, SECONDS)
        self.process = _Process(process)  # type: ignore[assignment]
        self.pid = self.pgid = process.pid
        self.cwd = folder
        return self.connection_info


class _Process:
    """A process as `subprocess` would show it."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self._process.pid or 0, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


def _be_kernel(_: Connection, file: str) -> None:
    """Be a kernel, with a shell of its own and not that in which pages run."""
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.zmqshell import ZMQInteractiveShell

    pd.reset_option("mode.string_storage")  # JupyterLab has pandas' own
    IPythonKernel.clear_instance()
    ZMQInteractiveShell.clear_instance()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app: Any = IPKernelApp.instance()
    app.initialize(["-f", file])
    app.start()
