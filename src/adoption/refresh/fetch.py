"""Downloads from publishers over httpx: limits of size and time, retries, and no secret kept."""

from __future__ import annotations

import logging
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import TypeVar
from urllib.request import getproxies

import httpx
import stamina

from adoption import __version__
from adoption.errors import AdoptionError

Name = TypeVar("Name")

PORTS = {"https": 443, "http": 80}
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_SHOWN = 160  # letters of an address in an error line
HIDDEN = "***"
# Values in the query of an address whose names are like these are never shown or kept.
SECRET = re.compile(
    r"((?:^|&)[^=&]*(?:key|token|secret|passw|signature|auth|credential)[^=&]*=)[^&]+",
    re.IGNORECASE,
)
USER_AGENT = f"adoption/{__version__}"  # the name under which publishers are asked

# Stamina reports each retry, and without a handler that would go to people's screens.
logging.getLogger("stamina").addHandler(logging.NullHandler())
logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines have whole addresses


@dataclass(frozen=True)
class Limits:
    """What a download may take: seconds, bytes, redirects and attempts."""

    connect: float = 10.0
    read: float = 30.0  # without a byte
    whole: float = 120.0  # from the request to the last byte, redirects included
    size: int = 20_000_000
    redirects: int = 5
    attempts: int = 4
    first_wait: float = 1.0  # before the second attempt; twice that before the third
    longest_wait: float = 60.0  # who asks for more is not asked again
    patience: float = 300.0  # since the first attempt
    pause: float = 1.0  # between two requests to one host


@dataclass(frozen=True)
class Request:
    """One file: base address, and path from there.

    Examples
    --------
    >>> str(Request("https://example.org/", "/a.csv?x=1").url())
    'https://example.org/a.csv?x=1'
    """

    base: str
    path: str

    def url(self) -> httpx.URL:
        """Return the whole address, with user and password if the base has them."""
        base = parse(self.base)
        if base is None or base.query or base.fragment:
            raise AdoptionError(
                "base address: is not one of http or https; allowed: such as https://example.org "
                "(http:// only for a mirror or a test)"
            )
        url = parse(self.base.rstrip("/") + self.path)
        if not self.path.startswith("/") or url is None or place(url) != place(base):
            raise AdoptionError(
                f"path {self.path!r}: does not lead to a file of {place(base)}; allowed: such as "
                "/folder/file.csv"
            )
        return url


@dataclass(frozen=True)
class Download:
    """A file as it came: the address asked, clean; the content; when it was asked for.

    It says nothing of what is later than `known`: an answer may come from a cache.
    """

    asked: str
    content: bytes = field(repr=False)
    fetched: datetime
    known: datetime


class FetchError(AdoptionError):
    """A file did not come: the line says which, why and what is allowed."""

    def __init__(
        self, url: httpx.URL, problem: str, allowed: str, *, status: int | None = None,
        passing: bool = False, wait: float | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"{shown(url)}: {problem}; allowed: {allowed}")
        self.parts = (url, problem, allowed)
        self.status, self.passing, self.wait = status, passing, wait

    def after(self, attempts: int) -> FetchError:
        """Return the same error, saying how often the address was asked."""
        url, problem, allowed = self.parts
        often = f" (asked {attempts} times)" if attempts > 1 else ""
        return FetchError(url, problem + often, allowed, status=self.status, wait=self.wait)


def fetch(
    requests: Mapping[Name, Request],
    agent: str,
    limits: Limits,
    say: Callable[[str], object] = lambda _: None,
) -> dict[Name, Download | FetchError]:
    """Ask for files one after the other; what is wrong with one concerns no other.

    A host that asks for longer silence than is waited is not asked again.
    """
    hosts = {name: place(request.url()) for name, request in requests.items()}
    found: dict[Name, Download | FetchError] = {}
    asked, silent = set[str](), dict[str, FetchError]()
    with _client(agent, limits) as client:
        for name, request in requests.items():
            host = hosts[name]
            try:
                if host in silent:
                    wait, allowed = silent[host].wait or 0, silent[host].parts[2]
                    problem = f"not asked: its host asks to wait {_seconds(wait)}"
                    raise FetchError(request.url(), problem, allowed)
                time.sleep(limits.pause if host in asked else 0)
                asked.add(host)
                found[name] = _persist(request, client, limits, say)
            except FetchError as error:
                if (error.wait or 0) > limits.longest_wait:
                    silent[host] = error
                found[name] = error
    return found


def _client(agent: str, limits: Limits) -> httpx.Client:
    try:
        return httpx.Client(
            headers={"User-Agent": agent, "Accept-Encoding": "identity", "Connection": "close"},
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise AdoptionError(
            f"proxy or trusted certificates of the environment: cannot be used "
            f"({type(error).__name__}); allowed: HTTPS_PROXY as http://proxy.example.org:3128, "
            "SSL_CERT_FILE with certificates, or neither"
        ) from None


def _persist(
    request: Request, client: httpx.Client, limits: Limits, say: Callable[[str], object]
) -> Download:
    """Ask again what failed for a moment: a connection, 429 and 5xx, when the publisher says."""

    def again(error: Exception) -> bool | float:
        if not isinstance(error, FetchError) or not error.passing:
            return False
        return True if error.wait is None else error.wait

    attempts, last = 0, ""
    try:
        for attempt in stamina.retry_context(
            on=again, attempts=limits.attempts, timeout=limits.patience,
            wait_initial=limits.first_wait, wait_max=limits.longest_wait,
            wait_jitter=limits.first_wait,
        ):  # fmt: skip
            attempts = attempt.num
            if last:
                say(f"{last}; asking again ({attempts} of {limits.attempts})")
            with attempt:
                try:
                    return _download(request, client, limits)
                except FetchError as error:
                    last = str(error)
                    raise
    except FetchError as error:
        raise error.after(attempts) from None
    raise AssertionError("stamina ends with an answer or an error")


def _download(request: Request, client: httpx.Client, limits: Limits) -> Download:
    """Ask once, following redirects within the publisher's host."""
    wanted = request.url()
    own = (wanted.username, wanted.password) if wanted.userinfo else None
    seen = [wanted.copy_with(userinfo=b"")]
    began, fetched = time.monotonic(), datetime.now(UTC)
    while True:
        url = seen[-1]
        body = _Body(url, limits, began + limits.whole)
        try:
            with client.stream("GET", url, auth=own) as response:
                body.begin(response)
                if response.status_code not in REDIRECTS:
                    content = _content(response, body)
                    break
                location = response.headers.get("location", "")
        except httpx.TransportError as error:
            raise _explain(error, body) from None
        seen.append(_next(seen, response.status_code, location, limits.redirects))
    answered = _moment(response.headers.get("date", "")) or fetched
    return Download(clean(wanted), content, fetched, min(fetched, answered))


class _Body:
    """The body of an answer while it comes, and the moment at which time is up."""

    def __init__(self, url: httpx.URL, limits: Limits, ends: float) -> None:
        self.url, self.limits, self.ends = url, limits, ends
        self.came: int | None = None  # bytes; none before the answer began
        self.announced = ""

    def begin(self, response: httpx.Response) -> None:
        """Note that the answer has begun."""
        self.came, announced = 0, response.headers.get("content-length", "")
        self.announced = f" of {int(announced):,}" if announced.isdecimal() else ""

    def __str__(self) -> str:
        return f"{self.came or 0:,}{self.announced} bytes"

    def chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """Give what comes, within the limits of size and time."""
        for chunk in response.iter_raw():
            self.came = (self.came or 0) + len(chunk)
            if self.came > self.limits.size:
                raise FetchError(self.url, "is too large", f"{self.limits.size:,} bytes")
            if time.monotonic() > self.ends:
                allowed = f"{_seconds(self.limits.whole)} in all"
                raise FetchError(self.url, f"time was up after {self}", allowed)
            yield chunk


def _content(response: httpx.Response, body: _Body) -> bytes:
    """Return the body of a file."""
    status, url = response.status_code, body.url
    if status != HTTPStatus.OK:
        raise _refusal(response, body, "200")
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed != "identity":
        raise FetchError(url, f"is packed as {packed[:40]!r}", "not packed, as it was asked for")
    content = b"".join(body.chunks(response))
    if not content:
        raise FetchError(url, "answered 200 with nothing in it", "a file")
    return content


def _refusal(response: httpx.Response, body: _Body, allowed: str) -> FetchError:
    """Return the error for an answer that gives no file."""
    status, longest = response.status_code, body.limits.longest_wait
    passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else ""
    wait = _retry_after(response.headers, datetime.now(UTC)) if passing else None
    problem = f"answered {status} {phrase}".rstrip()
    if wait is not None and wait > longest:
        problem += f" and asks to wait {_seconds(wait)}"
        allowed, passing = f"{_seconds(longest)} at most", False
    return FetchError(body.url, problem, allowed, status=status, passing=passing, wait=wait)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a header Retry-After asks to wait."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = _moment(value)
    since = _moment(headers.get("date", "")) or now
    return max(0.0, (until - since).total_seconds()) if until else None


def _moment(text: str) -> datetime | None:
    """Return the moment that a header names, in UTC; None if it names none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _next(seen: Sequence[httpx.URL], status: int, location: str, most: int) -> httpx.URL:
    """Return where a redirect leads, if that is the publisher's own, encrypted and new."""
    first, found = seen[0], parse(location, seen[-1]) if location else None
    if found is None:
        problem = f"answered {status} without an address to go on to"
        raise FetchError(first, problem, "one in the header Location", status=status)
    target, own = found.copy_with(userinfo=b"", fragment=None), place(first)
    for wrong, problem, allowed in (
        (place(target) != own, "another host", own),
        (first.scheme == "https" != target.scheme, "without encryption", "https"),
        (target in seen, "in a circle", "each address once"),
        (len(seen) > most, "one more than is followed", f"{most} redirects"),
    ):
        if wrong:
            raise FetchError(first, f"redirects to {shown(target)}, {problem}", allowed)
    return target


def _explain(error: httpx.TransportError, body: _Body) -> FetchError:
    """Return what an error of a connection means."""
    cause: BaseException = error
    while before := cause.__cause__ or cause.__context__:
        cause = before
    text = (isinstance(cause, OSError) and cause.strerror) or str(error) or type(error).__name__
    why = "".join(filter(str.isprintable, text)).strip(" .")[:80]
    url, limits = body.url, body.limits
    proxy = next((f" (or no proxy {key}_proxy)" for key in getproxies() if key != "no"), "")
    if isinstance(cause, ssl.SSLCertVerificationError):
        problem = f"the certificate is not trusted ({cause.verify_message})"
        return FetchError(url, problem, "one that this system trusts")
    if isinstance(error, httpx.TimeoutException) and time.monotonic() > body.ends:
        return FetchError(url, f"time was up after {body}", f"{_seconds(limits.whole)} in all")
    if body.came is not None:
        problem, allowed = f"broken off after {body}", "a whole answer"
        if isinstance(error, httpx.TimeoutException):
            problem = f"nothing more came after {body}"
            allowed = f"gaps of at most {_seconds(limits.read)}"
    elif isinstance(cause, socket.gaierror):
        problem, allowed = f"no address is known for its host ({why})", f"another{proxy}"
    elif isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
        problem = f"no connection to it ({why})"
        allowed = f"one within {_seconds(limits.connect)}{proxy}"
    elif isinstance(error, httpx.TimeoutException):
        problem, allowed = "no answer", f"its beginning within {_seconds(limits.read)}"
    else:
        problem, allowed = f"no answer ({why})", "one of HTTP/1.1"
    return FetchError(url, problem, allowed, passing=not isinstance(error, httpx.ProxyError))


def read_saved(path: Path, limits: Limits) -> Download:
    """Read a file that a person has saved as if it had been fetched."""
    try:
        content, fetched = path.read_bytes(), datetime.now(UTC)
    except OSError as error:
        raise AdoptionError(f"{path}: cannot be read: {error.strerror}") from None
    if not 0 < len(content) <= limits.size:
        allowed = f"a file of 1 to {limits.size:,} bytes"
        raise AdoptionError(f"{path}: has {len(content):,} bytes; allowed: {allowed}")
    name = f"file {path.name}"
    return Download(name, content, fetched, fetched)


def parse(text: str, beside: httpx.URL | None = None) -> httpx.URL | None:
    """Return an address of http or https with a host; None if the text is no such thing."""
    try:
        url = beside.join(text) if beside else httpx.URL(text)
        port = url.port
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    if url.scheme not in PORTS or not url.host or not (port is None or 0 < port < 65536):
        return None
    return url.copy_with(port=None) if port == PORTS[url.scheme] else url


def place(url: httpx.URL) -> str:
    """Return host and port of an address; without the port if it is the scheme's own."""
    return url.netloc.decode("ascii")


def clean(url: httpx.URL) -> str:
    """Return an address as it may be kept: without user, password and what else is secret.

    Examples
    --------
    >>> clean(httpx.URL("https://me:secret@example.org/a?page=2&api_key=secret"))
    'https://example.org/a?page=2&api_key=***'
    """
    text, mark, query = str(url.copy_with(userinfo=b"", fragment=None)).partition("?")
    return text + mark + SECRET.sub(rf"\1{HIDDEN}", query)


def shown(url: httpx.URL) -> str:
    """Return an address as a part of an error line: clean, and of bounded length."""
    text, third = clean(url), LONGEST_SHOWN // 3 - 1
    return text if len(text) <= LONGEST_SHOWN else f"{text[: 2 * third]}...{text[-third:]}"


def _seconds(seconds: float) -> str:
    return f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.3g} s"
