"""What is asked of whom, and how an address is shown without what is secret in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from adoption.errors import AdoptionError

PORTS = {"https": 443, "http": 80}  # of the schemes that are asked
LONGEST_SHOWN = 160  # letters of an address in an error line
HIDDEN = "***"
# Also of what is no address, so of all before the last @.
USER = re.compile(r"^([A-Za-z+.-]*:?//)?.*@", re.DOTALL)
# Values in the query of an address whose names are like these are never shown or kept.
SECRET = re.compile(
    r"((?:^|&)[^=&]*(?:key|token|secret|passw|signature|auth|credential)[^=&]*=)[^&]+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Request:
    """One file to ask for.

    Attributes
    ----------
    base : str
        Scheme and host of the publisher, or of a mirror, with a leading path if it has one.
        Nothing is asked without encryption unless this begins with http://.
    path : str
        From there, beginning with a slash; with the query if there is one.
    hosts : frozenset of str
        Other hosts of the same publisher to which it may redirect; as `host` or `host:port`.
    validators : mapping of str to str
        Headers that make the answer short if nothing has changed (`If-None-Match`).

    Examples
    --------
    >>> str(Request("https://example.org/", "/a.csv?x=1").url())
    'https://example.org/a.csv?x=1'
    """

    base: str
    path: str
    hosts: frozenset[str] = frozenset()
    validators: Mapping[str, str] = field(default_factory=dict)

    def url(self) -> httpx.URL:
        """Return the whole address, with user and password if the base has them."""
        base = parse(self.base)
        if base is None or base.query or base.fragment:
            raise AdoptionError(
                f"base address {without_user(self.base)}: is not one of http or https; allowed: "
                "such as https://example.org (http:// only for a mirror or a test)"
            )
        url = parse(self.base.rstrip("/") + self.path)
        if not self.path.startswith("/") or url is None or place(url) != place(base):
            raise AdoptionError(
                f"path {self.path!r}: does not lead to a file of {place(base)}; allowed: such as "
                "/folder/file.csv"
            )
        return url


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
    """Return host and port of an address; without the port if it is the scheme's own.

    Examples
    --------
    >>> place(httpx.URL("https://me:secret@Example.org:443/a"))
    'example.org'
    """
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
    text = clean(url)
    third = LONGEST_SHOWN // 3 - 1  # and a place for each dot
    return text if len(text) <= LONGEST_SHOWN else f"{text[: 2 * third]}...{text[-third:]}"


def without_user(text: str) -> str:
    """Return what should be an address without what may be its user, password or query."""
    text, mark, query = USER.sub(r"\1", text).partition("?")
    return repr((text + mark + HIDDEN * bool(query))[:LONGEST_SHOWN])
