"""The indices of national cyber-capacity: their parts and editions, as the data have them."""

from __future__ import annotations

from adoption import tables

# A part of each index that tells an edition with its parts from one with totals only.
PART_OF = {"GCI": "legal", "EGDI": "online_services"}


def components_of(index: str) -> list[str]:
    """Return the components of an index in alphabetical order, `overall` among them.

    Examples
    --------
    >>> components_of("EGDI")
    ['human_capital', 'online_services', 'overall', 'telecommunication']
    """
    capacity = tables.read("capacity")
    own = capacity.loc[capacity["index"] == index, "component"]
    return sorted(set(own) - {"rank"})


def editions_of(index: str) -> list[int]:
    """Return the editions of an index that have its parts, the oldest first.

    Examples
    --------
    >>> editions_of("GCI")
    [2020, 2024]
    """
    capacity = tables.read("capacity")
    chosen = (capacity["index"] == index) & (capacity["component"] == PART_OF[index])
    return sorted(int(edition) for edition in capacity.loc[chosen, "edition"].unique())
