"""Downloads from publishers over httpx, with limits, retries and without storing secrets."""

from __future__ import annotations

import logging
import random
import re
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import count
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar
from urllib.request import getproxies

import httpx

from adoption import __version__
from adoption.core.errors import AdoptionError
from adoption.core.files import Say

Name = TypeVar("Name")

PORTS = {"https": 443, "http": 80}
REDIRECTS = (301, 302, 303, 307, 308)
MAX_LETTERS_OF_ADDRESS = 160  # maximum length of an address in an error line
# Query parameters whose names look like secrets are never shown or stored.
SECRET = re.compile(
    r"((?:^|&)[^=&]*(?:key|token|secret|passw|signature|auth|credential)[^=&]*=)[^&]+",
    re.IGNORECASE,
)
USER_AGENT = f"adoption/{__version__}"  # identifies this project to publishers

logging.getLogger("httpx").setLevel(logging.WARNING)  # httpx logs complete addresses


@dataclass(frozen=True)
class Limits:
    """Limits of a download: seconds, bytes, redirects and attempts."""

    connect: float = 10.0
    read: float = 30.0  # maximum time without a byte
    whole: float = 120.0  # maximum time from the request to the last byte, including redirects
    refresh: float = 3600.0  # maximum time for all files
    size: int = 20_000_000
    redirects: int = 5
    attempts: int = 4
    first_wait: float = 1.0  # wait before the second attempt; each further wait is doubled
    longest_wait: float = 60.0  # a longer Retry-After ends the attempts
    patience: float = 300.0  # maximum time since the first attempt
    pause: float = 1.0  # wait between two requests to one host


@dataclass(frozen=True)
class Request:
    """One file: a base address and the path from there.

    Examples
    --------
    >>> str(Request("https://example.org/", "/a.csv?x=1").url())
    'https://example.org/a.csv?x=1'
    """

    base: str
    path: str

    def url(self) -> httpx.URL:
        """Return the complete address, with the user and password of the base."""
        base = parse(self.base)
        if base is None or base.query or base.fragment:
            raise AdoptionError(
                "base address: is not one of http or https; allowed: such as https://example.org "
                "(http:// only for a mirror or a test)"
            )
        url = parse(self.base.rstrip("/") + self.path)
        if not self.path.startswith("/") or url is None or host_of(url) != host_of(base):
            raise AdoptionError(
                f"path {self.path!r}: does not lead to a file of {host_of(base)}; allowed: such as "
                "/folder/file.csv"
            )
        return url


@dataclass(frozen=True)
class Download:
    """A downloaded file with the address requested, without secrets.

    `fetched` is the time of the request by this machine's clock, and `answered` the publisher's own
    time, if it gave one.
    """

    asked: str
    content: bytes = field(repr=False)
    fetched: datetime
    answered: datetime | None

    @property
    def known(self) -> datetime:
        """The earlier time: an answer of a cache proves nothing about later acts."""
        return min(self.fetched, self.answered or self.fetched)


class FetchError(AdoptionError):
    """The error for a file that could not be downloaded, with the reason.

    If the problem is `passing`, the request may be repeated, after `wait` seconds if the publisher
    names a number.
    """

    def __init__(
        self,
        url: httpx.URL,
        problem: str,
        allowed: str,
        *,
        status: int | None = None,
        passing: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(f"{shown(url)}: {problem}; allowed: {allowed}")
        self.url, self.problem, self.allowed = url, problem, allowed
        self.status, self.passing, self.wait = status, passing, wait


def fetch(
    requests: Mapping[Name, Request], agent: str, limits: Limits, say: Say = lambda _: None
) -> dict[Name, Download | FetchError]:
    """Return each file, or the error for a file that could not be downloaded.

    The requests run one after the other, and errors are independent. If a host demands a longer
    pause than the limit, its other files are not requested.
    """
    hosts = {name: host_of(request.url()) for name, request in requests.items()}
    answers: dict[Name, Download | FetchError] = {}
    asked = set[str]()
    silent = dict[str, FetchError]()
    ends = time.monotonic() + limits.refresh
    with _client(agent, limits) as client:
        for name, request in requests.items():
            host = hosts[name]
            if error := silent.get(host):
                problem = f"not asked: its host asks to wait {_seconds(error.wait or 0)}"
                answers[name] = FetchError(request.url(), problem, error.allowed)
                continue
            if time.monotonic() > ends:
                allowed = f"{_seconds(limits.refresh)} for all files"
                answers[name] = FetchError(request.url(), "not asked: time was up", allowed)
                continue
            time.sleep(limits.pause if host in asked else 0)
            asked.add(host)
            try:
                answers[name] = _with_retries(request, client, limits, say)
            except FetchError as error:
                answers[name] = error
                if (error.wait or 0) > limits.longest_wait:
                    silent[host] = error
    return answers


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


def _with_retries(request: Request, client: httpx.Client, limits: Limits, say: Say) -> Download:
    """Return a download, repeating requests that failed temporarily (connection, 429, 5xx)."""
    ends = time.monotonic() + limits.patience
    for attempt in count(1):
        try:
            return _in_time(request, client, limits)
        except FetchError as error:
            doubled = min(limits.first_wait * 2 ** (attempt - 1), limits.longest_wait)
            wait = doubled + random.uniform(0, doubled) if error.wait is None else error.wait
            is_last = attempt >= limits.attempts or time.monotonic() + wait > ends
            if is_last or not error.passing:
                often = f" (asked {attempt} times)" if attempt > 1 else ""
                problem, status = error.problem + often, error.status
                raise FetchError(
                    error.url, problem, error.allowed, status=status, wait=error.wait
                ) from None
            say(f"{error}; asking again ({attempt + 1} of {limits.attempts})")
            time.sleep(wait)
    raise AssertionError


def _in_time(request: Request, client: httpx.Client, limits: Limits) -> Download:
    """Return a download within the total time limit; raise an error after it.

    Name resolution, the handshake and headers have no limit of their own. A request beyond the
    limit ends with the client, which closes its connections.
    """
    answers: SimpleQueue[Download | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_download(request, client, limits))
        except Exception as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    with suppress(Empty):
        answer = answers.get(timeout=limits.whole)
        if isinstance(answer, Exception):
            raise answer
        return answer
    allowed = f"{_seconds(limits.whole)} in all"
    raise FetchError(request.url(), "time was up before a whole answer", allowed)


def _download(request: Request, client: httpx.Client, limits: Limits) -> Download:
    """Return a download from one request, following redirects within the publisher's host."""
    wanted, response = request.url(), None
    user = (wanted.username, wanted.password) if wanted.userinfo else None
    url = wanted.copy_with(userinfo=b"")
    fetched = datetime.now(UTC)
    for _ in range(limits.redirects + 1):
        response = None
        try:
            with client.stream("GET", url, auth=user) as response:
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    content = _content(response, limits)
                    answered = _moment(response.headers.get("date", ""))
                    return Download(clean(wanted), content, fetched, answered)
        except httpx.TransportError as error:
            raise _explain(error, url, response, limits) from None
        url = _next(url, response.headers["location"])
    problem = f"redirects to {shown(url)}, one more than is followed"
    raise FetchError(wanted, problem, f"{limits.redirects} redirects")


def _content(response: httpx.Response, limits: Limits) -> bytes:
    """Return the body of an answer, up to the size limit."""
    url, content = response.url, bytearray()
    if response.status_code != HTTPStatus.OK:
        raise _refusal(response, limits)
    for chunk in _unpacked(response, limits.size + 1):
        content += chunk
        if len(content) > limits.size:
            raise FetchError(url, "is too large", f"{limits.size:,} bytes")
    if not content:
        raise FetchError(url, "answered 200 with nothing in it", "a file")
    return bytes(content)


def _unpacked(response: httpx.Response, most: int) -> Iterator[bytes]:
    """Yield the body in chunks of limited size.

    Some servers compress the body although the request forbids it.
    """
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed == "identity":
        yield from response.iter_raw()
        return
    if packed != "gzip":
        raise FetchError(response.url, f"is packed as {packed[:40]!r}", "not packed, or as gzip")
    gzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # mode that expects a gzip header
    with suppress(zlib.error):
        for chunk in response.iter_raw():
            yield gzip.decompress(chunk, most)
    if not gzip.eof:
        problem = f"is no whole gzip after {_came(response)}"
        raise FetchError(response.url, problem, "a whole answer", passing=True)


def _came(response: httpx.Response) -> str:
    """Return the number of bytes received and announced, in words."""
    announced = response.headers.get("content-length", "")
    total = f" of {int(announced):,}" if announced.isdecimal() else ""
    return f"{response.num_bytes_downloaded:,}{total} bytes"


def _refusal(response: httpx.Response, limits: Limits) -> FetchError:
    """Return the error for an answer without a file."""
    status, allowed = response.status_code, "200"
    passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else ""
    wait = _retry_after(response.headers) if passing else None
    problem = f"answered {status} {phrase}".rstrip()
    if wait is not None and wait > limits.longest_wait:
        problem += f" and asks to wait {_seconds(wait)}"
        allowed, passing = f"{_seconds(limits.longest_wait)} at most", False
    return FetchError(response.url, problem, allowed, status=status, passing=passing, wait=wait)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds in a Retry-After header; None without one."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = _moment(value)
    since = _moment(headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - since).total_seconds()) if until else None


def _moment(text: str) -> datetime | None:
    """Return the time in a header, in UTC; None if there is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _next(url: httpx.URL, location: str) -> httpx.URL:
    """Return the target of a redirect; raise an error unless host and encryption are the same."""
    parsed = parse(location, url)
    target = parsed and parsed.copy_with(userinfo=b"", fragment=None)
    if target is None or host_of(target) != host_of(url):
        where = shown(target) if target else "no address"
        raise FetchError(url, f"redirects to {where}, another host", host_of(url))
    if url.scheme == "https" != target.scheme:
        raise FetchError(url, f"redirects to {shown(target)}, without encryption", "https")
    return target


def _explain(
    error: httpx.TransportError, url: httpx.URL, response: httpx.Response | None, limits: Limits
) -> FetchError:
    """Return the error that explains a failed connection."""
    cause: BaseException = error
    while before := cause.__cause__ or cause.__context__:
        cause = before
    text = (isinstance(cause, OSError) and cause.strerror) or str(error) or type(error).__name__
    why = "".join(filter(str.isprintable, text)).strip(" .")[:80]
    settings = (key for key in getproxies() if key != "no")
    proxy = next((f" (or no proxy {key}_proxy)" for key in settings), "")
    is_late = isinstance(error, httpx.TimeoutException)
    if isinstance(cause, ssl.SSLCertVerificationError):
        problem = f"the certificate is not trusted ({cause.verify_message})"
        return FetchError(url, problem, "one that this system trusts")
    late = f"gaps of at most {_seconds(limits.read)}"
    if response is not None:
        problem = f"{'nothing more came' if is_late else 'broken off'} after {_came(response)}"
        allowed = late if is_late else "a whole answer"
    elif isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
        problem = f"no connection to it ({why})"
        allowed = f"one within {_seconds(limits.connect)}{proxy}"
    else:
        problem = "no answer" if is_late else f"no answer ({why})"
        allowed = late if is_late else "one of HTTP/1.1"
    return FetchError(url, problem, allowed, passing=not isinstance(error, httpx.ProxyError))


def parse(text: str, base: httpx.URL | None = None) -> httpx.URL | None:
    """Return an address with http or https and a host; None if the text is no such address."""
    try:
        url = base.join(text) if base else httpx.URL(text)
        port = url.port
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    if url.scheme not in PORTS or not url.host or not (port is None or 0 < port < 65536):
        return None
    return url.copy_with(port=None) if port == PORTS[url.scheme] else url


def host_of(url: httpx.URL) -> str:
    """Return the host and port of an address, without the scheme's default port."""
    return url.netloc.decode("ascii")


def clean(url: httpx.URL) -> str:
    """Return an address in storable form, without user, password and other secrets.

    Examples
    --------
    >>> clean(httpx.URL("https://me:secret@example.org/a?page=2&api_key=secret"))
    'https://example.org/a?page=2&api_key=***'
    """
    text, mark, query = str(url.copy_with(userinfo=b"", fragment=None)).partition("?")
    return text + mark + SECRET.sub(r"\1***", query)


def shown(url: httpx.URL) -> str:
    """Return an address without secrets, shortened for an error line."""
    text = clean(url)
    return text if len(text) <= MAX_LETTERS_OF_ADDRESS else f"{text[:MAX_LETTERS_OF_ADDRESS]}..."


def _seconds(seconds: float) -> str:
    return f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.3g} s"
