"""The table: figures with their aims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes
    ----------
    what : str
        What was measured.
    value : str
        What came out, with its unit.
    aim : str
        What it should be; no text for a figure without an aim.
    met : bool, optional
        Whether it is.
    """

    what: str
    value: str
    aim: str = ""
    met: bool | None = None

    def line(self, width: int) -> str:
        """Return the figure in one line, what was measured in some width."""
        verdict = "" if self.met is None else "met" if self.met else "not met"
        return f"{self.what:{width}}  {self.value:>22}  {self.aim:>12}  {verdict}".rstrip()


def table(title: str, groups: Sequence[Sequence[Figure]]) -> str:
    """Return the whole table as text."""
    width = max(len(figure.what) for group in groups for figure in group)
    heading = Figure("", "measured", "aim").line(width)
    parts = [[title, ""], [heading]]
    parts += [[*(figure.line(width) for figure in group), ""] for group in groups]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"
