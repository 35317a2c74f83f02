"""The kernel of a forked child, as nbclient manages one."""

from __future__ import annotations

import os
import queue
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from adoption.engine.client import KernelClient
from adoption.engine.limits import Limits
from adoption.engine.spawner import Child, Ending, Spawner

GRACE = 2.0


class ForkedKernel:
    """Starts, interrupts and ends one child of a template process.

    Attributes
    ----------
    reads : list of str, optional
        The project's files that the notebook read; None if it did not get to tell them.
    ending : Ending, optional
        How the child ended.
    forked : bool
        Whether there has been a child.
    """

    ipykernel = False  # nbclient asks this to set a file for the history; a child has none

    def __init__(self, spawner: Spawner, limits: Limits) -> None:
        self.reads: list[str] | None = None
        self.ending: Ending | None = None
        self.forked = False
        self._spawner = spawner
        self._limits = limits
        self._child: Child | None = None
        self._client: KernelClient | None = None

    @property
    def has_kernel(self) -> bool:
        """Whether a child runs."""
        return self._child is not None

    @property
    def too_much(self) -> bool:
        """Whether the notebook was given up for what it printed and showed."""
        return self._client is not None and self._client.too_much

    async def start_kernel(self, *, cwd: str | None = None, **_: Any) -> None:
        """Fork a child; it starts in the given folder, or else in the working one."""
        self._child = self._spawner.fork(
            "kernel", folder=str(Path(cwd or ".").absolute()), memory=self._limits.memory
        )
        self.forked = True

    def client(self) -> KernelClient:
        """Return a client of the child."""
        if self._child is None:
            raise RuntimeError("No kernel is running!")
        self._client = KernelClient(self._child.sock, self._limits.output)
        return self._client

    async def is_alive(self) -> bool:
        """Return whether the child can still answer."""
        return self._client is not None and await self._client.is_alive()

    async def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs, as Ctrl-C does."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child.pid, signal.SIGINT)

    async def ask_to_end(self) -> None:
        """Hear which files were read, and let the child end by itself."""
        client = self._client
        if client is None or not await client.is_alive():
            return
        request = client.ask_to_end()
        with suppress(queue.Empty):
            while True:
                message = await client.shell_channel.get_msg(timeout=GRACE)
                if message["parent_header"].get("msg_id") == request:
                    self.reads = message["content"]["reads"]
                    return

    async def shutdown_kernel(self, now: bool = False) -> None:
        """End the child, as nbclient does if it cannot talk to it."""
        self.end(0.0 if now else GRACE)

    async def cleanup_resources(self) -> None:
        """Do nothing: a child leaves no files of a connection."""

    def end(self, grace: float = GRACE) -> None:
        """End the child with all that it has started."""
        if self._child is None:
            return
        if self._client is not None:
            self._client.stop_channels()
        child, self._child = self._child, None
        self.ending = self._spawner.end(child, grace)
