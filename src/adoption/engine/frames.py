"""Messages of several parts over a stream socket."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from typing import Any

NUMBER = struct.Struct("!Q")
# In Jupyter's words; the reply names the files that the notebook read.
END, END_REPLY = "shutdown_request", "shutdown_reply"
KEY = b"one socket, two ends"  # signs messages, as the session wants it; nobody else hears them


def packed(parts: Sequence[Any]) -> bytes:
    """Return the parts of a message as bytes: how many, how long each is, and the parts.

    Examples
    --------
    >>> list(Unpacker().feed(packed([b"one", b""])))
    [[b'one', b'']]
    """
    data = [bytes(memoryview(part)) for part in parts]
    sizes = [NUMBER.pack(len(part)) for part in data]
    return b"".join([NUMBER.pack(len(data)), *sizes, *data])


class Unpacker:
    """Puts messages together from the bytes of a stream, in whatever pieces they come."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[list[bytes]]:
        """Take some bytes; yield each message that is whole by now."""
        self._buffer += data
        while (end := self._end()) is not None:
            sizes, begin = self._sizes()
            message = []
            for size in sizes:
                message.append(bytes(self._buffer[begin : begin + size]))
                begin += size
            del self._buffer[:end]
            yield message

    def _sizes(self) -> tuple[list[int], int]:
        (count,) = NUMBER.unpack_from(self._buffer)
        places = [NUMBER.size * (1 + number) for number in range(count)]
        sizes = [NUMBER.unpack_from(self._buffer, place)[0] for place in places]
        return sizes, NUMBER.size * (1 + count)

    def _end(self) -> int | None:
        """Return where the first message ends; None if not all of it has come."""
        if len(self._buffer) < NUMBER.size:
            return None
        (count,) = NUMBER.unpack_from(self._buffer)
        if len(self._buffer) < NUMBER.size * (1 + count):
            return None
        sizes, begin = self._sizes()
        end = begin + sum(sizes)
        return end if len(self._buffer) >= end else None


def as_zmq(stream: FrameSocket) -> Any:
    """Return a stream as what Jupyter's session sends to: it asks for `send_multipart` alone."""
    return stream


class FrameSocket:
    """Sends messages over a stream socket, in the manner of a ZeroMQ socket.

    The kernel's own session writes to it from several threads.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._lock = threading.Lock()

    def send_multipart(self, parts: Sequence[Any], *_: Any, **__: Any) -> None:
        """Send a message; whoever would read it may be gone, which is not this side's fault."""
        with self._lock:
            try:
                self._socket.sendall(packed(parts))
            except (BrokenPipeError, ConnectionResetError):
                return
