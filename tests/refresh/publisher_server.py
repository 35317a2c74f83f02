"""A publisher on the loopback: honest or faulty, as each path is told, over real connections.

It ends with the test.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from typing import Any, Self

LIVES = 1800.0  # seconds, longer than any test
PATIENCE = 10.0  # seconds for a client to send its request, or to read
NO_SUCH_FILE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Exchange(BaseHTTPRequestHandler):
    """A connection on which one request waits for its answer, or was given it.

    Attributes
    ----------
    at : float
        The monotonic clock's time when it came.
    headers : Message
        Its headers, by name in whatever case.
    """

    timeout = PATIENCE
    publisher: Publisher
    at: float

    def do_GET(self) -> None:
        self.at = time.monotonic()
        self.publisher.answer(self)

    @property
    def target(self) -> str:
        return self.path

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def rest(self, seconds: float) -> None:
        """Do nothing, but not longer than the server lives."""
        if self.publisher.stopped.wait(seconds):
            raise ConnectionError("the server ends")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


Answer = Callable[[Exchange], object]


class Server(ThreadingHTTPServer):
    """A server whose clients may leave when they like, also while TLS begins."""

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


class Publisher:
    """A server on a free port of 127.0.0.1.

    Parameters
    ----------
    certificate : SSLContext, optional
        With it, the server talks TLS.
    """

    def __init__(self, certificate: ssl.SSLContext | None = None) -> None:
        self._server = Server(("127.0.0.1", 0), type("Handler", (Exchange,), {"publisher": self}))
        if certificate:
            self._server.socket = certificate.wrap_socket(self._server.socket, server_side=True)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.port = self._server.server_port
        self.base = f"{'https' if certificate else 'http'}://{self.host}"
        self.asked: list[Exchange] = []
        self.stopped = threading.Event()
        self._answers: dict[str, Iterator[Answer]] = {}
        self._lock = threading.Lock()

    def gives(self, target: str, *answers: Answer) -> None:
        """Tell how a target is answered: in turn, the last answer from then on."""
        with self._lock:
            self._answers[target] = chain(answers, repeat(answers[-1]))

    def answer(self, exchange: Exchange) -> None:
        """Answer a request as was told."""
        with self._lock:
            self.asked.append(exchange)
            answer = next(self._answers.get(exchange.target, iter(())), None)
        if answer:
            answer(exchange)
        else:
            exchange.send(NO_SUCH_FILE)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


def closed_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listens:
        port: int = listens.getsockname()[1]
    return port
