"""Where a publisher may send on to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import httpx

from adoption.fetching.addresses import parse, place, shown
from adoption.fetching.faults import FetchError

REDIRECTS = (301, 302, 303, 307, 308)
MOST_NAMED = 5  # hosts that an error line lists


def next_url(
    seen: Sequence[httpx.URL], status: int, location: str, hosts: Collection[str], most: int
) -> httpx.URL:
    """Return where to ask next."""
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
