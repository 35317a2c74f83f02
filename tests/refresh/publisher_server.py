"""A publisher on the loopback: honest or faulty, as each path is told, over real connections.

It ends with the test.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Self

LIVES = 1800.0  # seconds, longer than any test
PATIENCE = 10.0  # seconds for a client to send its request, or to read
NO_SUCH_FILE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
LONGEST_REQUEST = 65_536  # bytes


@dataclass(frozen=True)
class Asked:
    """A request as it came.

    Attributes
    ----------
    at : float
        The monotonic clock's time.
    line : str
        Such as `GET /a.csv HTTP/1.1`.
    headers : mapping of str to str
        By name in lower case.
    """

    at: float
    line: str
    headers: Mapping[str, str]

    @property
    def target(self) -> str:
        return self.line.split()[1]


@dataclass(frozen=True)
class Exchange:
    """A connection on which one request waits for its answer."""

    connection: socket.socket
    asked: Asked
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def rest(self, seconds: float) -> None:
        """Do nothing, but not longer than the server lives."""
        if self.stopped.wait(seconds):
            raise ConnectionError("the server ends")


Answer = Callable[[Exchange], object]


class Publisher:
    """A server on a free port of 127.0.0.1.

    Parameters
    ----------
    certificate : SSLContext, optional
        With it, the server talks TLS.
    """

    def __init__(self, certificate: ssl.SSLContext | None = None) -> None:
        answer = self._answer

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                answer(self.request)

        self._server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self.host = f"127.0.0.1:{self.port}"
        self.base = f"{'https' if certificate else 'http'}://{self.host}"
        self.asked: list[Asked] = []
        self._certificate = certificate
        self._answers: dict[str, Iterator[Answer]] = {}
        self._lock, self._stopped = threading.Lock(), threading.Event()

    def gives(self, target: str, *answers: Answer) -> None:
        """Tell how a target is answered: in turn, the last answer from then on."""

        def in_turn() -> Iterator[Answer]:
            yield from answers
            while True:
                yield answers[-1]

        with self._lock:
            self._answers[target] = in_turn()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        with suppress(OSError):  # of TLS too: the other side may leave when it likes
            if self._certificate:
                connection = self._certificate.wrap_socket(connection, server_side=True)
            with connection:
                self._exchange(connection)

    def _exchange(self, connection: socket.socket) -> None:
        text = b""
        while b"\r\n\r\n" not in text and len(text) < LONGEST_REQUEST:
            data = connection.recv(4096)
            if not data:
                return
            text += data
        line, *lines = text.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        pairs = (each.partition(":")[::2] for each in lines)
        asked = Asked(time.monotonic(), line, {n.lower(): v.strip() for n, v in pairs})
        with self._lock:
            self.asked.append(asked)
            answer = next(self._answers[asked.target]) if asked.target in self._answers else None
        exchange = Exchange(connection, asked, self._stopped)
        if answer:
            answer(exchange)
        else:
            exchange.send(NO_SUCH_FILE)


def closed_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listens:
        port: int = listens.getsockname()[1]
    return port
