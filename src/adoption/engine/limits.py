"""What a notebook may use before it is ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """What a notebook may use; None is no limit.

    Attributes
    ----------
    seconds : float, optional
        How long it may run in all.
    memory : int, optional
        Bytes of address space beyond those of the template. Python says MemoryError there.
    output : int, optional
        Bytes of all that it prints and shows.
    """

    seconds: float | None = None
    memory: int | None = None
    output: int | None = None

    def plain(self) -> dict[str, Any]:
        """Return the limits as JSON has them."""
        return asdict(self)


NO_LIMITS = Limits()
OF_A_PAGE = Limits(seconds=600, memory=4096 * MEGABYTE, output=16 * MEGABYTE)
