"""The kernel of a forked child: that of JupyterLab, with one socket in place of five."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import socket
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets.config import Config

from adoption.engine.frames import END, END_REPLY, KEY, FrameSocket, Unpacker, as_zmq
from adoption.paths import project_root
from adoption.reading import recorded

CHUNK = 2**16


class PublisherSocket(FrameSocket):
    """A stream socket as the publishing thread wants one: with a context for its own wake-ups."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.context = zmq.Context()


class Stream(OutStream):
    """What takes the place of `sys.stdout` and `sys.stderr`.

    A kernel flushes both before each message that it sends, and waits each time until the
    publishing thread has been there; where nothing was written there is nothing to wait for.
    """

    def flush(self) -> None:
        """Send what was written."""
        if self._buffers:
            super().flush()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class MainThread:
    """What the kernel asks its shell channel: which thread runs cells."""

    parent_thread: threading.Thread


class SocketKernel(IPythonKernel):
    """IPython's kernel, which answers on a stream socket and runs cells in this thread alone."""

    shell_stream = AnyTrait()
    _supports_kernel_subshells = False


def serve(sock: socket.socket) -> None:
    """Run what a client asks for until it asks for the end or is gone."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    with recorded() as reads:
        asked_to_end = loop.run_until_complete(_serve(sock, reads))
    if asked_to_end:
        atexit._run_exitfuncs()


async def _serve(sock: socket.socket, reads: set[Path]) -> bool:
    session = Session(key=KEY)
    stream = PublisherSocket(sock)
    kernel = _connected(own_kernel(), session, stream)
    async for parts in _messages(sock):
        _, rest = session.feed_identities(parts)
        if session.unpack(rest[1])["msg_type"] == END:
            session.send(as_zmq(stream), END_REPLY, _told(reads), session.deserialize(rest))
            return True
        await kernel.dispatch_shell([zmq.Frame(part) for part in parts])
    return False


def _told(reads: set[Path]) -> dict[str, list[str]]:
    """Return the project's files among those that were read, by their place in it."""
    root = project_root()
    inside = [path.relative_to(root).as_posix() for path in reads if path.is_relative_to(root)]
    outside = [path.as_posix() for path in reads if not path.is_relative_to(root)]
    return {"reads": sorted(inside + outside)}


async def _messages(sock: socket.socket) -> AsyncIterator[list[bytes]]:
    sock.setblocking(True)  # for those who write; reading waits in the loop
    loop = asyncio.get_running_loop()
    unpacker = Unpacker()
    while True:
        readable = asyncio.Event()
        loop.add_reader(sock, readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(sock)
        data = sock.recv(CHUNK)
        if not data:
            return
        for message in unpacker.feed(data):
            yield message


def own_kernel() -> SocketKernel:
    """Return this process's kernel, made once: the template makes it, its forks connect it."""
    log = logging.getLogger("adoption.engine")
    log.setLevel(logging.CRITICAL)
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    return SocketKernel.instance(config=config, session=Session(key=KEY), log=log, user_ns=None)


def _connected(kernel: SocketKernel, session: Session, stream: PublisherSocket) -> SocketKernel:
    """Return a kernel that talks on a socket, set up as `ipykernel` sets up its own."""
    publisher = IOPubThread(stream, session=session)  # type: ignore[no-untyped-call]
    publisher.start()  # type: ignore[no-untyped-call]
    sys.stdout, sys.stderr = (
        Stream(session, publisher, name)  # type: ignore[no-untyped-call]
        for name in ("stdout", "stderr")
    )
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    if "" not in sys.path[:1]:
        sys.path.insert(0, "")
    kernel.session, kernel.shell_stream = session, stream
    kernel.shell_channel_thread = MainThread(threading.current_thread())
    kernel.iopub_thread, kernel.iopub_socket = publisher, publisher.background_socket
    shell: Any = kernel.shell
    for sender in (shell.displayhook, shell.display_pub):
        sender.session, sender.pub_socket = session, publisher.background_socket
    return kernel
