"""The indices of national cyber-capacity: their parts and editions, as the data have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adoption import tables
from adoption.countries.profiles import PILLAR_MAXIMUM, PILLARS
from adoption.reading import remembered

OVERALL = "overall"
PARTS: Mapping[str, Mapping[str, str]] = {
    "GCI": PILLARS,
    "EGDI": {
        "online_services": "Online services",
        "telecommunication": "Telecommunication",
        "human_capital": "Human capital",
    },
}
PART = {"GCI": "pillar", "EGDI": "part"}  # what each index calls its parts
OTHER = {"GCI": "EGDI", "EGDI": "GCI"}


@dataclass(frozen=True)
class Indicator:
    """A component of an index in an edition.

    Attributes
    ----------
    index : str
        GCI or EGDI.
    edition : int
        Year of the edition.
    component : str
        `overall` or one of the index's `PARTS`.
    """

    index: str
    edition: int
    component: str = OVERALL

    @property
    def name(self) -> str:
        """The index and edition, and the part where it is one: GCI 2024 legal pillar."""
        whole = f"{self.index} {self.edition}"
        return whole if self.component == OVERALL else f"{whole} {self.part}"

    @property
    def part(self) -> str:
        """The part in a sentence, no text for the whole: legal pillar, human capital part."""
        if self.component == OVERALL:
            return ""
        return f"{PARTS[self.index][self.component].lower()} {PART[self.index]}"

    @property
    def value(self) -> str:
        """What a state has: overall value, value of the legal pillar."""
        return f"value of the {self.part}" if self.part else "overall value"

    @property
    def maximum(self) -> int:
        """The highest value that the scale allows."""
        if self.index == "EGDI":
            return 1
        return 100 if self.component == OVERALL else PILLAR_MAXIMUM

    @property
    def decimals(self) -> int:
        """How many decimals of a value are shown: those that the publisher prints."""
        return 4 if self.index == "EGDI" else 2

    def rounded(self, value: float) -> str:
        """Return a value for a sentence, with one decimal less.

        Examples
        --------
        >>> Indicator("GCI", 2024).rounded(70.25), Indicator("EGDI", 2022).rounded(0.5)
        ('70.2', '0.500')
        """
        return f"{value:.{self.decimals - 1}f}"


def components_of(index: str) -> list[str]:
    """Return the components of an index in alphabetical order, `overall` among them.

    Examples
    --------
    >>> components_of("EGDI")
    ['human_capital', 'online_services', 'overall', 'telecommunication']
    """
    return list(_components(index))


def editions_of(index: str) -> list[int]:
    """Return the editions of an index that have its parts, the oldest first.

    Examples
    --------
    >>> editions_of("GCI")
    [2020, 2024]
    """
    return list(_editions(index))


@remembered
def _components(index: str) -> tuple[str, ...]:
    capacity = tables.read("capacity")
    own = capacity.loc[capacity["index"] == index, "component"]
    return tuple(sorted(set(own) - {"rank"}))


@remembered
def _editions(index: str) -> tuple[int, ...]:
    capacity = tables.read("capacity")
    part = next(iter(PARTS[index]))  # any of them: an edition has all or none
    chosen = (capacity["index"] == index) & (capacity["component"] == part)
    return tuple(sorted(int(edition) for edition in capacity.loc[chosen, "edition"].unique()))
