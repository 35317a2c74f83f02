"""How long, how much and how often a publisher is asked."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from adoption.errors import AdoptionError

MOST_AT_ONCE = 4


@dataclass(frozen=True)
class Limits:
    """What a fetch may take; more of anything ends it.

    Attributes
    ----------
    connect : float
        Seconds until there is a connection, the search for the host's address included.
    read : float
        Seconds without a byte: before the answer begins, and between any two parts of it.
    whole : float
        Seconds for one request from its start to its last byte, redirects included, however
        steadily the bytes drip.
    wire : int
        Bytes of an answer's body as they come.
    content : int
        Bytes of its body when unpacked.
    redirects : int
        How many redirects are followed.
    attempts : int
        How often an address is asked at most.
    first_wait : float
        Seconds before the second attempt, about; twice that before the third, and so on.
    longest_wait : float
        Seconds before any attempt at most. A publisher that asks for more is not asked again.
    patience : float
        Seconds since the first attempt after which there is no further one.
    at_once : int
        How many requests run at once; 4 at most.
    pause : float
        Seconds between the beginnings of two requests to one host.

    Examples
    --------
    >>> Limits(attempts=2).attempts
    2
    >>> Limits(at_once=9)
    Traceback (most recent call last):
    adoption.errors.AdoptionError: limit at_once: 9; allowed: from 1 to 4
    """

    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    wire: int = 20_000_000
    content: int = 20_000_000
    redirects: int = 5
    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0
    patience: float = 300.0
    at_once: int = MOST_AT_ONCE
    pause: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "at_once" and not 1 <= value <= MOST_AT_ONCE:
                raise AdoptionError(f"limit at_once: {value}; allowed: from 1 to {MOST_AT_ONCE}")
            may_be_none = field.name in ("redirects", "first_wait", "longest_wait", "pause")
            if not math.isfinite(value) or value < 0 or (value == 0 and not may_be_none):
                least = "0 or more" if may_be_none else "more than 0"
                raise AdoptionError(f"limit {field.name}: {value}; allowed: {least}")
