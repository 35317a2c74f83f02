"""Asking again what failed for a moment."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import stamina

from adoption.fetching.faults import FetchError
from adoption.fetching.limits import Limits

if TYPE_CHECKING:
    from adoption.fetching.download import Download

# It tells of each retry, and without a handler that would go to people's screens.
logging.getLogger("stamina").addHandler(logging.NullHandler())


def persist(
    attempt: Callable[[], Download], limits: Limits, say: Callable[[str], object]
) -> Download:
    """Ask, and ask again if what went wrong may have passed.

    That is: no connection, an answer that breaks off, 429 and any status of 500 or more; never
    what is wrong for good. A publisher that says when to come back is asked then.
    """
    number, last = 0, ""
    try:
        for again in stamina.retry_context(
            on=_wait,
            attempts=limits.attempts,
            timeout=limits.patience,
            wait_initial=limits.first_wait,
            wait_max=limits.longest_wait,
            wait_jitter=limits.first_wait,
        ):
            number = again.num
            if number > 1:
                say(f"{last}; asking again ({number} of {limits.attempts})")
            with again:
                try:
                    return attempt()
                except FetchError as error:
                    last = str(error)
                    raise
    except FetchError as error:
        raise error.after(number) from None
    raise AssertionError("stamina ends with an answer or an error")


def _wait(error: Exception) -> bool | float:
    """Return whether to ask again, or after how many seconds."""
    if not isinstance(error, FetchError) or not error.passing:
        return False
    return True if error.retry_after is None else error.retry_after
