"""What the errors of a connection mean, in words for a person."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

import httpx

from adoption.fetching.addresses import place
from adoption.fetching.deadline import Deadline
from adoption.fetching.faults import FetchError, number
from adoption.fetching.limits import Limits
from adoption.fetching.network import SurplusError

LONGEST_REASON = 80  # letters of what a library or a server says
HARDLY = 0.01  # seconds that may be left of a time that was up


@dataclass
class Progress:
    """How far an answer has come.

    Attributes
    ----------
    came : int or None
        Bytes of its body; None before it began.
    announced : int or None
        Bytes that there should be; None if the publisher does not say.
    """

    came: int | None = None
    announced: int | None = None

    def begin(self, content_length: str) -> None:
        """Note that the answer has begun."""
        self.came = 0
        self.announced = int(content_length) if content_length.isdecimal() else None

    def add(self, chunk: bytes) -> int:
        """Count a part of the body; return all bytes so far."""
        self.came = (self.came or 0) + len(chunk)
        return self.came

    def __str__(self) -> str:
        of = "" if self.announced is None else f" of {self.announced:,}"
        return f"{self.came or 0:,}{of} bytes"


def explain(
    error: httpx.TransportError,
    url: httpx.URL,
    limits: Limits,
    proxy: httpx.Proxy | None,
    progress: Progress,
    deadline: Deadline,
) -> FetchError:
    """Return what an error of a connection means."""
    if deadline.left() < HARDLY:  # it has had its time; a second one would hardly be shorter
        where = "before an answer began" if progress.came is None else f"after {progress}"
        return FetchError(url, f"time was up {where}", f"{number(limits.whole)} in all")
    if progress.came is None:
        return _no_answer(error, url, limits, proxy)
    if isinstance(error, SurplusError):
        problem, allowed = (
            "more came than Content-Length announces",
            f"{progress.announced:,} bytes",
        )
    elif isinstance(error, httpx.TimeoutException):
        problem = f"nothing more came after {progress}"
        allowed = f"gaps of at most {number(limits.read)}"
    else:
        problem, allowed = f"broken off after {progress}", "a whole answer"
    return FetchError(url, problem, allowed, passing=True)


def _no_answer(
    error: httpx.TransportError, url: httpx.URL, limits: Limits, proxy: httpx.Proxy | None
) -> FetchError:
    cause, passing = _cause(error), True
    whither = f"the proxy {place(proxy.url)}" if proxy else place(url)
    why = _why(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        problem, passing = f"the certificate is not trusted ({cause.verify_message})", False
        allowed = "one that this system trusts"
    elif isinstance(cause, socket.gaierror):
        problem, allowed = f"no address is known for {whither} ({why})", "a host with an address"
    elif isinstance(error, httpx.ProxyError):
        problem, passing = f"{whither} does not lead there ({why})", False
        allowed = "a proxy that does, or none (NO_PROXY)"
    elif isinstance(error, httpx.ConnectTimeout):
        problem, allowed = f"no connection to {whither}", f"one within {number(limits.connect)}"
    elif isinstance(error, httpx.ConnectError):
        problem = f"no connection to {whither} ({why})"
        allowed = f"one within {number(limits.connect)}"
    elif isinstance(error, httpx.TimeoutException):
        problem, allowed = "no answer", f"its beginning within {number(limits.read)}"
    else:
        problem, allowed = f"no answer ({why})", "one of HTTP/1.1"
    return FetchError(url, problem, allowed, passing=passing)


def _why(error: BaseException) -> str:
    """Return what the system or a library says, printable and short."""
    cause = _cause(error)
    text = (isinstance(cause, OSError) and cause.strerror) or str(error)
    printable = "".join(filter(str.isprintable, text)).strip(" .")
    return printable[:LONGEST_REASON] or type(error).__name__


def _cause(error: BaseException) -> BaseException:
    """Return the error that began a chain of errors; httpcore's pool cuts off the cause."""
    while before := error.__cause__ or error.__context__:
        error = before
    return error
