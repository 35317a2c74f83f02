"""One address is asked once, within limits; no cookie is kept or sent."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

import httpx

from adoption.errors import AdoptionError
from adoption.fetching.deadline import Deadline
from adoption.fetching.faults import FetchError, number
from adoption.fetching.limits import Limits
from adoption.fetching.network import TimedTransport
from adoption.fetching.proxies import proxy_for
from adoption.fetching.redirects import REDIRECTS
from adoption.fetching.retry_after import seconds_asked
from adoption.fetching.trouble import Progress, explain
from adoption.fetching.unpacking import ACCEPTED, UnpackingError, unpack

# What is kept of an answer's head: never a cookie, nor what belongs to the connection only.
KEPT = (
    "content-encoding", "content-language", "content-length", "content-type", "date", "etag",
    "last-modified", "server",
)  # fmt: skip
LONGEST_HEADER = 300  # letters


@dataclass(frozen=True)
class Means:
    """How to ask.

    Attributes
    ----------
    limits : Limits
        What is allowed.
    agent : str
        Who asks: the header User-Agent.
    trust : SSLContext
        Whose certificates are trusted.
    """

    limits: Limits
    agent: str
    trust: ssl.SSLContext


@dataclass(frozen=True)
class Answer:
    """What one address answered: a file, that it is unchanged, or a redirect.

    Attributes
    ----------
    status : int
        200, 304 or that of a redirect.
    headers : mapping of str to str
        Those that are kept, by name in lower case.
    content : bytes
        The file, unpacked.
    location : str
        Where a redirect leads.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)
    location: str = ""


def trusted() -> ssl.SSLContext:
    """Return whose certificates are trusted; SSL_CERT_FILE and SSL_CERT_DIR are heeded."""
    try:
        return httpx.create_ssl_context()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise AdoptionError(
            f"trusted certificates: cannot be read ({why}); allowed: SSL_CERT_FILE or "
            "SSL_CERT_DIR with certificates, or neither"
        ) from None


def ask(
    url: httpx.URL,
    means: Means,
    deadline: Deadline,
    *,
    validators: Mapping[str, str],
    auth: tuple[str, str] | None = None,
) -> Answer:
    """Ask one address once. The environment's proxies are used."""
    limits, proxy, progress = means.limits, proxy_for(url), Progress()
    request = _request(url, means, validators, auth)
    try:
        # Not a client of httpx: it would keep cookies, log addresses and look into redirects.
        with TimedTransport(deadline, means.trust, proxy) as transport:
            response = transport.handle_request(request)
            progress.begin(response.headers.get("content-length", ""))
            status, kept = response.status_code, _kept(response.headers)
            if status in REDIRECTS:
                return Answer(status, kept, location=response.headers.get("location", ""))
            if status == HTTPStatus.NOT_MODIFIED and validators:
                return Answer(status, kept)
            if status != HTTPStatus.OK:
                raise _refusal(url, response, limits, conditional=bool(validators))
            return Answer(status, kept, _content(url, response, limits, progress))
    except httpx.TransportError as error:
        raise explain(error, url, limits, proxy, progress, deadline) from None


def _request(
    url: httpx.URL, means: Means, validators: Mapping[str, str], auth: tuple[str, str] | None
) -> httpx.Request:
    headers = {
        "User-Agent": means.agent,
        "Accept": "*/*",
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
        **validators,
    }
    times = httpx.Timeout(means.limits.read, connect=means.limits.connect)
    request = httpx.Request("GET", url, headers=headers, extensions={"timeout": times.as_dict()})
    return next(httpx.BasicAuth(*auth).auth_flow(request)) if auth else request


def _content(url: httpx.URL, response: httpx.Response, limits: Limits, progress: Progress) -> bytes:
    """Return the body, unpacked, holding no more than what is allowed and one piece."""
    announced, packed = progress.announced, response.headers.get("content-encoding", "")
    if announced is not None and announced > limits.wire:
        raise FetchError(url, f"announces {announced:,} bytes", f"{limits.wire:,} bytes")

    def counted() -> Iterator[bytes]:
        for chunk in response.iter_raw():
            if progress.add(chunk) > limits.wire:
                raise FetchError(url, "is too large", f"{limits.wire:,} bytes")
            yield chunk

    held = io.BytesIO()
    try:
        for piece in unpack(counted(), packed, limits.content):
            held.write(piece)
    except UnpackingError as error:
        raise FetchError(url, error.problem, error.allowed, passing=error.passing) from None
    if not held.tell():
        raise FetchError(url, f"answered {response.status_code} with nothing in it", "a file")
    return held.getvalue()


def _refusal(
    url: httpx.URL, response: httpx.Response, limits: Limits, *, conditional: bool
) -> FetchError:
    """Return the error for an answer that gives no file."""
    status = response.status_code
    passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    wait = (
        seconds_asked(
            response.headers.get("retry-after", ""),
            response.headers.get("date", ""),
            datetime.now(UTC),
        )
        if passing
        else None
    )
    said, allowed = f"answered {status}{_phrase(status)}", "200 or 304" if conditional else "200"
    if wait is not None and wait > limits.longest_wait:
        said += f" and asks to wait {number(wait)}"
        allowed, passing = f"{number(limits.longest_wait)} at most", False
    return FetchError(url, said, allowed, status=status, passing=passing, retry_after=wait)


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:  # the publisher's own phrase may be anything
        return ""


def _kept(headers: httpx.Headers) -> dict[str, str]:
    return {
        name: "".join(filter(str.isprintable, headers[name]))[:LONGEST_HEADER]
        for name in KEPT
        if name in headers
    }
