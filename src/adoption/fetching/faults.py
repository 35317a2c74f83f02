"""What went wrong with a request, in one line."""

from __future__ import annotations

import httpx

from adoption.errors import AdoptionError
from adoption.fetching.addresses import shown


class FetchError(AdoptionError):
    """A publisher's file did not come; the line says which, why and what is allowed.

    Attributes
    ----------
    url : URL
        What was asked for; may hold a password, so it is not to be shown as it is.
    problem, allowed : str
        The parts of the line.
    status : int or None
        What the publisher answered, if it did.
    passing : bool
        Whether it may be gone in a moment, so that asking again makes sense.
    retry_after : float or None
        Seconds that the publisher asks to wait.
    """

    def __init__(
        self,
        url: httpx.URL,
        problem: str,
        allowed: str,
        *,
        status: int | None = None,
        passing: bool = False,
        retry_after: float | None = None,
        asked: int = 1,
    ) -> None:
        often = f" (asked {asked} times)" if asked > 1 else ""
        super().__init__(f"{shown(url)}: {problem}{often}; allowed: {allowed}")
        self.url, self.problem, self.allowed = url, problem, allowed
        self.status, self.passing, self.retry_after = status, passing, retry_after

    def after(self, asked: int) -> FetchError:
        """Return the same error, saying how often the address was asked."""
        return FetchError(
            self.url,
            self.problem,
            self.allowed,
            status=self.status,
            passing=self.passing,
            retry_after=self.retry_after,
            asked=asked,
        )


def number(seconds: float) -> str:
    """Return a number of seconds in words.

    Examples
    --------
    >>> number(3600.0), number(0.25), number(1)
    ('3,600 s', '0.25 s', '1 s')
    """
    return f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.3g} s"
