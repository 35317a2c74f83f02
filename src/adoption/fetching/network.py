"""Connections that know when time is up, and how much came over them.

The time-outs of httpx count from byte to byte: a server that sends one byte now and then holds
a client for ever, in the head of its answer as in the body. So httpx gets a transport whose
connections end with the request's own time.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from adoption.fetching.deadline import Deadline, call_within

LONGEST_HEAD = 131_072  # bytes in which the end of an answer's head is looked for
LINGER = 1.0  # seconds in which an answer that is complete may still prove too long
HEAD_ENDS = re.compile(rb"\n\r?\n")
INTERIM = re.compile(rb"HTTP/1\.\d 1\d\d")


class SurplusError(httpx.RemoteProtocolError):
    """More came than the answer's Content-Length announced."""


class TimedStream(httpcore.NetworkStream):
    """A connection that ends in time."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline
        self._received, self._start = 0, bytearray()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, waiting no longer than time is left."""
        data = self._inner.read(max_bytes, _bounded(timeout, self._deadline, httpcore.ReadTimeout))
        self._received += len(data)
        if len(self._start) < LONGEST_HEAD:
            self._start += data
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes, waiting no longer than time is left."""
        self._inner.write(buffer, _bounded(timeout, self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the same connection, encrypted."""
        timeout = _bounded(timeout, self._deadline, httpcore.ConnectTimeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, timeout)
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._inner.get_extra_info(info)

    def surplus(self, announced: int) -> bool:
        """Return whether more came, or comes, than a head and a body of the announced bytes."""
        head = _length_of_head(bytes(self._start))
        if head is None:
            return False
        if self._received > head + announced:
            return True
        try:  # the server was asked to close, so as a rule this ends at once
            return self.read(1, LINGER) != b""
        except (httpcore.TimeoutException, httpcore.NetworkError):
            return False


class TimedBackend(httpcore.NetworkBackend):
    """Opens connections that end in time."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline, self._inner = deadline, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection; to find the host's address and try each counts as one time."""
        within = _bounded(timeout, self._deadline, httpcore.ConnectTimeout)

        def connect() -> httpcore.NetworkStream:
            return self._inner.connect_tcp(host, port, within, local_address, socket_options)

        try:
            inner = call_within(within, connect, httpcore.NetworkStream.close)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("timed out") from error
        return TimedStream(inner, self._deadline)


class TimedTransport(httpx.BaseTransport):
    """Sends requests of httpx over connections that end in time."""

    def __init__(
        self, deadline: Deadline, trust: ssl.SSLContext, proxy: httpx.Proxy | None = None
    ) -> None:
        backend = TimedBackend(deadline)
        self._pool: httpcore.ConnectionPool = (
            httpcore.ConnectionPool(ssl_context=trust, network_backend=backend)
            if proxy is None
            else httpcore.HTTPProxy(
                proxy_url=_core_url(proxy.url, b""),
                proxy_auth=proxy.raw_auth,
                ssl_context=trust,
                proxy_ssl_context=trust if proxy.url.scheme == "https" else None,
                network_backend=backend,
            )
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the body of the answer is read as it is asked for."""
        with _as_httpx():
            response = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    _core_url(request.url, request.url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer as it comes, and nothing behind it."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response
        headers = httpx.Headers(response.headers)
        announced = headers.get("content-length", "")
        counts = response.status == httpx.codes.OK and "transfer-encoding" not in headers
        self._announced = int(announced) if counts and announced.isdecimal() else None

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._response.iter_stream()
        connection = self._response.extensions.get("network_stream")
        if (
            self._announced is not None
            and isinstance(connection, TimedStream)
            and connection.surplus(self._announced)
        ):
            raise SurplusError(f"more than {self._announced:,} bytes")

    def close(self) -> None:
        self._response.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Raise the errors of httpcore as the ones of httpx that are called the same."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
    ) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error


def _core_url(url: httpx.URL, target: bytes) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=target)


def _bounded(
    timeout: float | None, deadline: Deadline, over: type[httpcore.TimeoutException]
) -> float:
    left = deadline.left()
    if left <= 0:
        raise over("time is up")
    return left if timeout is None else min(timeout, left)


def _length_of_head(start: bytes) -> int | None:
    """Return the bytes before the body, interim answers included; None if that is not clear."""
    begins = 0
    while ends := HEAD_ENDS.search(start, begins):
        if not INTERIM.match(start, begins):
            return ends.end()
        begins = ends.end()
    return None
