"""Where a publisher may send on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.fetching.addresses import parse, place, shown
from adoption.fetching.faults import FetchError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import httpx

REDIRECTS = (301, 302, 303, 307, 308)
MOST_NAMED = 5  # hosts that an error line lists


def next_url(
    seen: Sequence[httpx.URL], status: int, location: str, hosts: Collection[str], most: int
) -> httpx.URL:
    """Return where to ask next.

    Parameters
    ----------
    seen : sequence of URL
        What has been asked so far: the address that was wanted first, the one that answered
        with the redirect last.
    status : int
        The answer's.
    location : str
        Where it leads, as the publisher says; empty if it does not.
    hosts : collection of str
        Other hosts of the publisher.
    most : int
        How many redirects are followed.

    Returns
    -------
    URL
        Without user and password, whatever the publisher says.

    Raises
    ------
    FetchError
        If it leads in a circle or on too long, to a host that is not the publisher's, out of
        encryption, or nowhere.
    """
    first = seen[0]
    found = parse(location, seen[-1]) if location else None
    if found is None:
        problem = f"answered {status} without an address to go on to"
        raise FetchError(first, problem, "one in the header Location", status=status)
    target = found.copy_with(userinfo=b"", fragment=None)
    allowed_places = {place(first), *hosts}
    allowed = ""
    if place(target) not in allowed_places:
        problem = "another host"
        allowed = ", ".join(sorted(allowed_places)[:MOST_NAMED])
    elif first.scheme == "https" and target.scheme != "https":
        problem, allowed = "without encryption", "https"
    elif target in [url.copy_with(userinfo=b"") for url in seen]:
        problem, allowed = "in a circle", "each address once"
    elif len(seen) > most:
        problem, allowed = "one more than is followed", f"{most} redirects"
    if allowed:
        said = f"redirects to {shown(target)}, {problem}"
        raise FetchError(first, said, allowed, status=status)
    return target
