"""One polite request for one file: its redirects are followed, and what came is described."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

import httpx

from adoption.fetching.addresses import Request, clean, place
from adoption.fetching.ask import Means, ask
from adoption.fetching.deadline import Deadline
from adoption.fetching.redirects import REDIRECTS, next_url
from adoption.fetching.retry_after import moment_of


@dataclass(frozen=True)
class Download:
    """What a publisher gave.

    Attributes
    ----------
    asked : str
        The address that was asked for, without user, password and other secrets.
    url : str
        The address that gave it, after redirects; likewise.
    status : int or None
        200, or 304 if it is what the validators say; None for a file that a person gave.
    headers : mapping of str to str
        Those of the answer that are kept, by name in lower case.
    content : bytes
        The file, unpacked; empty if it is unchanged.
    seconds : float
        How long it took.
    fetched : datetime
        When it was asked for, in UTC.
    """

    asked: str
    url: str
    status: int | None
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    seconds: float
    fetched: datetime

    @property
    def unchanged(self) -> bool:
        """Whether the publisher says that the file is the one of last time."""
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def known(self) -> datetime:
        """The moment up to which it can say anything.

        When it was asked for, or when the publisher says that it answered if that is earlier:
        the clock of this machine may be ahead, and the answer may come from a cache.
        """
        answered = moment_of(self.headers.get("date", ""))
        return min(self.fetched, answered) if answered else self.fetched


def download(request: Request, means: Means, wait: Callable[[httpx.URL], object]) -> Download:
    """Ask for a file once, following the publisher's redirects."""
    wanted = request.url()
    own = (wanted.username, wanted.password) if wanted.userinfo else None
    seen = [wanted.copy_with(userinfo=b"")]
    wait(seen[0])
    began, fetched = time.monotonic(), datetime.now(UTC)
    deadline = Deadline(means.limits.whole)
    while True:
        url = seen[-1]
        auth = own if place(url) == place(wanted) else None  # a password is for one host alone
        answer = ask(url, means, deadline, validators=request.validators, auth=auth)
        if answer.status not in REDIRECTS:
            break
        most = means.limits.redirects
        seen.append(next_url(seen, answer.status, answer.location, request.hosts, most))
        wait(seen[-1])
    return Download(
        asked=clean(wanted),
        url=clean(url),
        status=answer.status,
        headers=answer.headers,
        content=answer.content,
        seconds=round(time.monotonic() - began, 3),
        fetched=fetched,
    )
