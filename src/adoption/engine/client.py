"""Talking to the kernel of a forked child, in the words that nbclient uses."""

from __future__ import annotations

import asyncio
import queue
import socket
from typing import Any

from jupyter_client.session import Session

from adoption.engine.frames import END, KEY, FrameSocket, Unpacker, as_zmq

CHUNK = 2**20


class Channel:
    """Messages of one kind, in order."""

    def __init__(self) -> None:
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def put(self, message: dict[str, Any]) -> None:
        """Add a message."""
        self._messages.put_nowait(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message."""
        if timeout is None:
            return await self._messages.get()
        try:
            return await asyncio.wait_for(self._messages.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None


class KernelClient:
    """A client of `adoption.engine.kernel.serve`.

    Attributes
    ----------
    shell_channel, iopub_channel : Channel
        Replies, and all else.
    too_much : bool
        Whether the kernel was given up for what it printed and showed.
    """

    def __init__(self, sock: socket.socket, most: int | None = None) -> None:
        self.session = Session(key=KEY)
        self.shell_channel, self.iopub_channel = Channel(), Channel()
        self.allow_stdin = False
        self.too_much = False
        self._socket = sock
        self._stream = FrameSocket(sock)
        self._unpacker = Unpacker()
        self._room = most
        self._alive = True
        self._loop: asyncio.AbstractEventLoop | None = None

    def start_channels(self) -> None:
        """Begin to listen, in the loop that runs."""
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._hear)

    def stop_channels(self) -> None:
        """Stop listening."""
        if self._loop is not None:
            self._loop.remove_reader(self._socket)
            self._loop = None

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return at once: what is sent to a child waits until it listens."""

    async def is_alive(self) -> bool:
        """Return whether the kernel can still answer."""
        return self._alive

    def execute(self, code: str, *, store_history: bool, stop_on_error: bool) -> str:
        """Ask the kernel to run some code; return the number of the request."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        return self._send("execute_request", content)

    def kernel_info(self) -> str:
        """Ask the kernel what it is; return the number of the request."""
        return self._send("kernel_info_request", {})

    def ask_to_end(self) -> str:
        """Ask the kernel which files were read, and to end; return the number of the request."""
        return self._send(END, {})

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        self.session.send(as_zmq(self._stream), message)
        return str(message["header"]["msg_id"])

    def _hear(self) -> None:
        try:
            data = self._socket.recv(CHUNK)
        except ConnectionResetError:
            data = b""
        if self._room is not None:
            self._room -= len(data)
            self.too_much = self._room < 0
        if not data or self.too_much:
            self._alive = False
            self.stop_channels()
            return
        for parts in self._unpacker.feed(data):
            _, rest = self.session.feed_identities(parts)
            message = self.session.deserialize(rest)
            reply = message["msg_type"].endswith("_reply")
            (self.shell_channel if reply else self.iopub_channel).put(message)
